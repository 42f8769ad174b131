import { property } from '../property.js'
import { type BrokenRule, stepsOf } from './problems.js'

/** A JSON body as LINE takes it. */
export interface Tolerated {
  /** The value that LINE continues with. */
  readonly value: unknown
  /** The problems that LINE refuses. */
  readonly problems: readonly BrokenRule[]
  /** The problems that LINE overlooks: a number for text with digits, or text for a number. */
  readonly overlooked: readonly BrokenRule[]
}

type Step = string | number

/** Copies a value with a change at a path. Only the containers along the path are copied. `undefined` removes the member. */
function changed(value: unknown, [step, ...rest]: readonly Step[], replacement: unknown): unknown {
  if (step === undefined || typeof value !== 'object' || value === null) return replacement
  const inner = changed(property(value, String(step)), rest, replacement)
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === step ? inner : item))
  const { [step]: _, ...others } = value as { readonly [name: string]: unknown } // any object may be read by name
  return inner === undefined && rest.length === 0 ? others : { ...others, [step]: inner }
}

function isInFlex(value: unknown, steps: readonly Step[]): boolean {
  const [first, index, field] = steps
  const message = property(property(value, String(first)), String(index))
  return first === 'messages' && field === 'contents' && property(message, 'type') === 'flex'
}

const numeric = /^-?\d{1,15}(?:\.\d{1,15})?$/

/** What LINE takes in place of a value of the wrong type. Returns `undefined` if it refuses the value. */
function taken(found: unknown, name: Step, { allowed }: BrokenRule): unknown {
  // Of the fields with text, only IDs consist of digits.
  if (allowed === 'a string' && /Id$/.test(String(name)) && typeof found === 'number' && Number.isFinite(found))
    return String(found)
  if (/^an? (?:number|integer)$/.test(allowed) && typeof found === 'string' && numeric.test(found)) return Number(found)
  return undefined
}

// A schema may report only the first of several problems in one place, so that the next round finds another one.
const mostRounds = 10

/**
 * Checks a JSON body as LINE does, which overlooks what SDKs in other languages send: `null` for a field that is not set, and numbers for text with digits or
 * the other way round. LINE refuses both in the contents of Flex Messages, and `null` for the users of an audience. A valid body is checked once and not copied.
 *
 * @param check lists the problems of a value.
 */
export function tolerate(body: unknown, check: (value: unknown) => readonly BrokenRule[]): Tolerated {
  let value = body
  let problems = check(value)
  const overlooked: BrokenRule[] = []
  for (let round = 0; round < mostRounds && problems.length > 0; round++) {
    const before = value
    for (const problem of problems) {
      const steps = stepsOf(problem.path)
      const last = steps.at(-1)
      if (last === undefined || isInFlex(value, steps)) continue
      const found = steps.reduce<unknown>((at, step) => property(at, String(step)), value)
      if (found === null && typeof last === 'string' && last !== 'audiences') value = changed(value, steps, undefined)
      const replacement = problem.rule === 'kind' ? taken(found, last, problem) : undefined
      if (replacement === undefined) continue
      value = changed(value, steps, replacement)
      overlooked.push(problem)
    }
    if (value === before) break
    problems = check(value)
  }
  return { value, problems, overlooked }
}
