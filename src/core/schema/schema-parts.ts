import * as z from 'zod/mini'
import { type Schema, schema } from './schema.js'

/** The empty input or answer. As an answer it may hold fields that LINE adds later. */
export const Nothing: Schema<Record<string, never>> = /* @__PURE__ */ schema(() => z.object({}))

/** Text that is not empty. */
// @__NO_SIDE_EFFECTS__
export function filled(): z.ZodMiniString {
  return z.string().check(z.minLength(1))
}

/**
 * A list of an input, of so many entries.
 *
 * `z.readonly` would have the type too, but it freezes what the caller passed when that is no list.
 */
// @__NO_SIDE_EFFECTS__
export function list<Entry extends z.core.$ZodType>(
  entry: Entry,
  minimum = 0,
  maximum: number = Number.POSITIVE_INFINITY,
): z.ZodMiniType<readonly z.core.output<Entry>[]> {
  const entries: unknown = z.array(entry).check(size(minimum, maximum))
  return entries as z.ZodMiniType<readonly z.core.output<Entry>[]> // a list that is only read is a list
}

// Unlike zod's own pair of checks it puts both bounds into one issue, because LINE's answer names both.
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
 * Holds a text to so many UTF-16 units, in which LINE counts wherever its pages name no other unit.
 *
 * Zod's own check counts code points, and lets twice as many emoji pass.
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

/** Takes the strings that LINE lists, and any that it may list later. */
// @__NO_SIDE_EFFECTS__
export function openSet<const Known extends string>(...known: readonly Known[]): z.ZodMiniType<Known | (string & {})> {
  // The enum changes no answer; it keeps the known values readable in the schema.
  const values: unknown = z.union([z.enum(known), z.string()])
  return values as z.ZodMiniType<Known | (string & {})> // the same set of values, written so that editors offer the known ones
}

/** What a {@link rule} has against a value: where, what is allowed there, and what is found there when that is more than its kind. */
export interface Breach {
  readonly path: readonly (string | number)[]
  readonly allowed: string
  readonly found?: string
  /** Default: `other`. */
  readonly rule?: 'bytes'
}

/** Checks what no single field can say: values against each other, or against what they mean. */
// @__NO_SIDE_EFFECTS__
export function rule<T>(list: (value: T) => readonly Breach[]): z.core.$ZodCheck<T> {
  return z.check<T>(({ value, issues }) => {
    for (const breach of list(value)) issues.push(issueOf(breach, value))
  })
}

function issueOf({ path, allowed, found, rule }: Breach, input: unknown): z.core.$ZodRawIssue {
  return { code: 'custom', path: [...path], message: allowed, found, rule, input, continue: true }
}

/** The fields of a value that may be wrong in each of them. */
export type Loose<T> = { readonly [K in keyof T]?: unknown }

/**
 * A {@link rule} that looks at an object even when some of its fields are wrong, so that all that is wrong comes in one answer.
 * It has to expect anything in any field.
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
