import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { type Breach, filled, list, maxUnits, Nothing, rule } from '../../core/schema/schema-parts.js'
import { GetNumberOfMessagesInput, NumberOfMessages } from '../delivery/schemas.js'
import { Messages, noMentions } from '../message/schemas.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

const hash = () =>
  z.string().check(
    z.regex(/^[0-9a-f]{64}$/, {
      error: 'the SHA-256 of a phone number in lowercase hex, as returned by phoneHash()',
    }),
  )

const tag = () => z.optional(z.string().check(z.minLength(16), maxUnits(100)))

// Compared as strings, because this version may not know all message types.
const mediaTypes: readonly string[] = ['image', 'video', 'audio']

const noMedia = () =>
  rule<Pick<T.PushMessagesByPhoneInput, 'messages'>>(({ messages }) =>
    messages.flatMap(({ type }, at) =>
      mediaTypes.includes(type)
        ? [{ path: ['messages', at, 'type'], allowed: 'a type other than image, video and audio', found: `'${type}'` }]
        : [],
    ),
  )

export const PushMessagesByPhoneInput: Schema<T.PushMessagesByPhoneInput> = /* @__PURE__ */ schema(() =>
  z
    .object({ to: hash(), messages: Messages(), notificationDisabled: z.optional(z.boolean()), deliveryTag: tag() })
    .check(noMedia(), noMentions()),
)

const item = (limit: number) => z.object({ itemKey: filled(), content: z.string().check(maxUnits(limit)) })

export const TemplateItem: Schema<T.TemplateItem> = /* @__PURE__ */ schema(() => item(300))

export const EmphasizedItem: Schema<T.TemplateItem> = /* @__PURE__ */ schema(() => item(15))

export const TemplateButton: Schema<T.TemplateButton> = /* @__PURE__ */ schema(() =>
  z.object({ buttonKey: filled(), url: z.string().check(z.minLength(1), maxUnits(1000)) }),
)

function* duplicateKeys({ emphasizedItem, items = [], buttons = [] }: T.TemplatedMessageBody): Generator<Breach> {
  const keys = new Set(emphasizedItem && [emphasizedItem.itemKey])
  for (const [at, { itemKey }] of items.entries()) {
    if (keys.has(itemKey)) yield { path: ['items', at, 'itemKey'], allowed: 'a key that no other item uses' }
    keys.add(itemKey)
  }
  const [first, second] = buttons
  if (first && first.buttonKey === second?.buttonKey)
    yield { path: ['buttons', 1, 'buttonKey'], allowed: 'a key that no other button uses' }
}

export const TemplatedMessageBody: Schema<T.TemplatedMessageBody> = /* @__PURE__ */ schema(() =>
  z
    .object({
      emphasizedItem: z.optional(EmphasizedItem()),
      items: z.optional(list(TemplateItem(), 0, 15)),
      buttons: z.optional(list(TemplateButton(), 0, 2)),
    })
    .check(rule((body) => [...duplicateKeys(body)])),
)

export const PushTemplatedMessageByPhoneInput: Schema<T.PushTemplatedMessageByPhoneInput> = /* @__PURE__ */ schema(() =>
  z.object({ to: hash(), templateKey: filled(), body: z.optional(TemplatedMessageBody()), deliveryTag: tag() }),
)

export const contracts: Contracts<typeof operations> = {
  pushMessagesByPhone: { input: PushMessagesByPhoneInput, output: Nothing },
  getPNPMessageStatistics: { input: GetNumberOfMessagesInput, output: NumberOfMessages },
  pushTemplatedMessageByPhone: { input: PushTemplatedMessageByPhoneInput, output: Nothing },
  getTemplatedPNPMessageStatistics: { input: GetNumberOfMessagesInput, output: NumberOfMessages },
}
