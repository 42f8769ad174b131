import { property } from '../core/property.js'
import { type BrokenRule, stepsOf } from '../core/schema/problems.js'

// https://developers.line.biz/en/docs/messaging-api/flex-message-layout/#available-child-components
const inBaseline = ['icon', 'text', 'filler']
const inOthers = ['box', 'button', 'image', 'text', 'separator', 'filler']

// Types that LINE has discontinued, and what takes their place.
const replaced: { readonly [type: string]: string } = {
  spacer: 'It was discontinued; use padding and margin',
}

const quoted = (types: readonly string[]) => `one of ${types.map((type) => `'${type}'`).join(', ')}`

/**
 * Makes the problem of a Flex component of an unknown type more precise: it names the type, which is a keyword and no private text, and lists only the types
 * that the layout of the box allows.
 */
export function nameComponent(problem: BrokenRule, value: unknown): BrokenRule {
  if (problem.rule !== 'value' || !/\.contents\[\d+\]\.type$/.test(problem.path)) return problem
  const steps = stepsOf(problem.path)
  const at = (end: number) => steps.slice(0, end).reduce<unknown>((owner, step) => property(owner, String(step)), value)
  const layout = property(at(-3), 'layout')
  // The contents of a carousel have no layout.
  if (typeof layout !== 'string') return problem
  const allowed = quoted(layout === 'baseline' ? inBaseline : inOthers)
  const type = at(steps.length)
  const found = typeof type === 'string' && /^[a-zA-Z_]{1,20}$/.test(type) ? `'${type}'` : problem.found
  const advice = typeof type === 'string' && Object.hasOwn(replaced, type) ? `. ${replaced[type]}` : ''
  return { ...problem, allowed, found, message: `${problem.path} must be ${allowed}, but is ${found}${advice}` }
}
