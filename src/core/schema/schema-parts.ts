import * as z from 'zod/mini'
import { type Schema, schema } from './schema.js'

/** An empty input or output. An output may contain fields that LINE adds later. */
export const Nothing: Schema<Record<string, never>> = /* @__PURE__ */ schema(() => z.object({}))

/** A schema for a non-empty string. */
// @__NO_SIDE_EFFECTS__
export function filled(): z.ZodMiniString {
  return z.string().check(z.minLength(1))
}

/**
 * A schema for an array in an input, with the smallest and largest number of items.
 *
 * `z.readonly` has the same type, but it freezes the caller's value if that is not an array.
 */
// @__NO_SIDE_EFFECTS__
export function list<Entry extends z.core.$ZodType>(
  entry: Entry,
  minimum = 0,
  maximum: number = Number.POSITIVE_INFINITY,
): z.ZodMiniType<readonly z.core.output<Entry>[]> {
  const entries: unknown = z.array(entry).check(size(minimum, maximum))
  return entries as z.ZodMiniType<readonly z.core.output<Entry>[]> // an array that is only read may be readonly
}

// Unlike zod's pair of checks, this puts both bounds into one issue, because LINE's error message names both.
function size(minimum: number, maximum: number): z.core.$ZodCheck<readonly unknown[]> {
  const bounds = { ...(minimum > 0 && { minimum }), ...(maximum < Number.POSITIVE_INFINITY && { maximum }) }
  const check = z.check<readonly unknown[]>(({ value, issues }) => {
    if (value.length >= minimum && value.length <= maximum) return
    const code = value.length > maximum ? 'too_big' : 'too_small'
    issues.push({ code, origin: 'array', minimum, maximum, inclusive: true, input: value, continue: true })
  })
  check._zod.onattach.push((array) => Object.assign(array._zod.bag, bounds))
  return check
}

/**
 * Limits a string to a number of UTF-16 code units, the unit that LINE uses unless its documentation names another one.
 *
 * Zod's check counts code points, so it would allow twice as many emoji.
 */
// @__NO_SIDE_EFFECTS__
export function maxUnits(maximum: number): z.core.$ZodCheck<string> {
  const check = z.check<string>(({ value, issues }) => {
    if (value.length > maximum)
      issues.push({ code: 'too_big', origin: 'string', maximum, inclusive: true, input: value, continue: true })
  })
  check._zod.onattach.push((text) => Object.assign(text._zod.bag, { maximum }))
  return check
}

/** A schema for the strings that LINE lists now and any that it may add later. */
// @__NO_SIDE_EFFECTS__
export function openSet<const Known extends string>(...known: readonly Known[]): z.ZodMiniType<Known | (string & {})> {
  // The enum does not change the result. It keeps the known values readable in the schema.
  const values: unknown = z.union([z.enum(known), z.string()])
  return values as z.ZodMiniType<Known | (string & {})> // the same set of values, in a form that lets editors suggest the known ones
}

/** A problem that a {@link rule} found: its path, what is allowed there, and a description of the found value if its type is not precise enough. */
export interface Breach {
  readonly path: readonly (string | number)[]
  readonly allowed: string
  readonly found?: string
  /** Default: `other`. */
  readonly rule?: 'bytes' | 'length'
  /** The largest allowed length. */
  readonly maximum?: number
}

/** A check of a rule that the schema of a single field cannot express, such as values that depend on each other. */
// @__NO_SIDE_EFFECTS__
export function rule<T>(list: (value: T) => readonly Breach[]): z.core.$ZodCheck<T> {
  return z.check<T>(({ value, issues }) => {
    for (const breach of list(value)) issues.push(issueOf(breach, value))
  })
}

function issueOf({ path, allowed, found, rule, maximum }: Breach, input: unknown): z.core.$ZodRawIssue {
  return { code: 'custom', path: [...path], message: allowed, found, rule, maximum, input, continue: true }
}

/** An object whose fields may have any type. */
export type Loose<T> = { readonly [K in keyof T]?: unknown }

/**
 * A {@link rule} that runs even if some fields of the object are invalid, so that one result lists every problem.
 * It must accept any type in any field.
 */
// @__NO_SIDE_EFFECTS__
export function looseRule<T extends object>(list: (value: Loose<T>) => readonly Breach[]): z.core.$ZodCheck<T> {
  const isObject = ({ value }: { readonly value: unknown }) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
  return z.check<T>(
    ({ value, issues }) => {
      for (const breach of list(value)) issues.push(issueOf(breach, value))
    },
    { when: isObject },
  )
}
