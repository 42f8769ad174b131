/** The fields of a part of Flex contents, whatever they hold. */
export interface FlexFields {
  readonly [name: string]: unknown
}

const isFields = (value: unknown): value is FlexFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

// Blocks of a bubble from top to bottom, then what else holds components.
const holders = ['header', 'hero', 'body', 'footer', 'altContent'] as const

/**
 * Shows every component inside of Flex contents to a visitor, in the order in which people see them and a box before what is in it.
 *
 * It takes whatever it is given: it passes over what is no object, and looks at no object inside of itself.
 *
 * @param visit answers `false` to end it.
 */
export function visitComponents(contents: unknown, visit: (component: FlexFields) => boolean | undefined): void {
  const around = new Set<FlexFields>()
  const look = (part: unknown): boolean => {
    if (!isFields(part) || around.has(part)) return true
    const { type, contents: inner } = part
    if (type !== 'bubble' && type !== 'carousel' && visit(part) === false) return false
    around.add(part)
    const goesOn =
      holders.every((name) => part[name] === undefined || look(part[name])) &&
      (!Array.isArray(inner) || inner.every((one) => look(one)))
    around.delete(part)
    return goesOn
  }
  look(contents)
}
