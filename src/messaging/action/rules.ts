import type * as z from 'zod/mini'
import { looseRule } from '../../core/schema/schema-parts.js'
import type { DatetimePickerAction, PostbackAction } from '../message/quick-reply.js'

/** Holds a text for the input field to the one option that opens it. */
// @__NO_SIDE_EFFECTS__
export function fillInFits(): z.core.$ZodCheck<Pick<PostbackAction, 'fillInText' | 'inputOption'>> {
  return looseRule(({ fillInText, inputOption }) =>
    fillInText !== undefined && inputOption !== 'openKeyboard'
      ? [{ path: ['fillInText'], allowed: "left out, or come with inputOption 'openKeyboard'" }]
      : [],
  )
}

/** Holds a postback to one of the two texts that it may show. */
// @__NO_SIDE_EFFECTS__
export function showsOneText(): z.core.$ZodCheck<{
  readonly displayText?: string | undefined
  readonly text?: string | undefined
}> {
  return looseRule(({ displayText, text }) =>
    displayText !== undefined && text !== undefined ? [{ path: ['text'], allowed: 'left out beside displayText' }] : [],
  )
}

const date = /^(19\d\d|20\d\d|2100)-(\d\d)-(\d\d)$/
const time = /^(?:[01]\d|2[0-3]):[0-5]\d$/

function isDate(text: string | undefined): boolean {
  const [, year, month, day] = date.exec(text ?? '')?.map(Number) ?? []
  if (year === undefined || month === undefined || day === undefined) return false
  // A day that its month does not have comes back as one of another month.
  const found = new Date(Date.UTC(year, month - 1, day))
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === day
}

interface Form {
  readonly fits: (text: string) => boolean
  readonly allowed: string
}

const forms: ReadonlyMap<unknown, Form> = /* @__PURE__ */ new Map<DatetimePickerAction['mode'], Form>([
  ['date', { fits: isDate, allowed: 'a date such as 2026-06-18, from 1900-01-01 to 2100-12-31' }],
  ['time', { fits: (text) => time.test(text), allowed: 'a time such as 06:15' }],
  [
    'datetime',
    {
      fits: (text) => {
        const [day, hour, ...more] = text.split(/t/i)
        return isDate(day) && time.test(hour ?? '') && more.length === 0
      },
      allowed: 'a date and time such as 2026-06-18T06:15, from 1900-01-01T00:00 to 2100-12-31T23:59',
    },
  ],
])

/** Holds what can be picked to the form of its mode, and its ends to their order. */
// @__NO_SIDE_EFFECTS__
export function momentsFit(): z.core.$ZodCheck<Pick<DatetimePickerAction, 'mode' | 'initial' | 'max' | 'min'>> {
  return looseRule((action) => {
    const form = forms.get(action.mode)
    if (!form) return []
    const wrong = (['initial', 'max', 'min'] as const).filter((name) => {
      const text = action[name]
      return typeof text === 'string' && !form.fits(text)
    })
    if (wrong.length > 0) return wrong.map((name) => ({ path: [name], allowed: form.allowed }))
    const { min, max } = action
    // Moments of one form are in order as text, but for the case of their T.
    const isTurned = typeof min === 'string' && typeof max === 'string' && max.toUpperCase() <= min.toUpperCase()
    return isTurned ? [{ path: ['max'], allowed: 'later than min' }] : []
  })
}
