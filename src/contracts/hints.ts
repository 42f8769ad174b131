import { property } from '../core/property.js'
import type { BrokenRule } from '../core/schema/problems.js'

/** The width that LINE recommends for an imagemap, and that its documentation requires. LINE accepts others. */
const imagemapWidth = 1040

const mostMessages = 5

const hint = (path: string, rule: BrokenRule['rule'], allowed: string, found: string): BrokenRule => ({
  path,
  rule,
  allowed,
  found,
  message: `${path} should be ${allowed}, but is ${found}`,
  severity: 'hint',
})

/** Lists what LINE accepts in messages although it is probably a mistake. */
export function listHints(messages: unknown, overlooked: readonly BrokenRule[]): readonly BrokenRule[] {
  // Of more messages than LINE accepts, only the first ones are of interest.
  const list: readonly unknown[] = Array.isArray(messages) ? messages.slice(0, mostMessages) : []
  return [
    ...overlooked.map(({ path, rule, allowed, found }) => hint(path, rule, allowed, found)),
    ...list.flatMap((message, index) => {
      const width = property(property(message, 'baseSize'), 'width')
      const text = property(message, 'text')
      return [
        ...(property(message, 'type') === 'imagemap' && typeof width === 'number' && width !== imagemapWidth
          ? [hint(`messages[${index}].baseSize.width`, 'value', String(imagemapWidth), String(width))]
          : []),
        ...(typeof text === 'string' && /\p{Cs}/u.test(text)
          ? [
              hint(
                `messages[${index}].text`,
                'form',
                'text without half a surrogate pair',
                'text that LINE shows with a replacement character',
              ),
            ]
          : []),
      ]
    }),
  ]
}
