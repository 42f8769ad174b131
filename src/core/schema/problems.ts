import type * as z from 'zod/mini'
import type { Problem } from '../errors.js'
import type { Endpoint } from '../operation.js'
import { plural } from '../plural.js'

/** A problem together with the rule that the value violates, for programs that show their own messages. */
export interface BrokenRule extends Problem {
  /**
   * The rule that the value violates. `missing`: a required value is absent. `kind`: the value has the wrong type. `value`: not one of the listed values.
   * `length`: a string that is too long or too short. `size`: too many or too few array items. `range`: a number out of range. `form`: a string of the wrong format.
   * `bytes`: too much JSON. `unknown`: a field that LINE does not know, where it rejects unknown fields. `other`: any other rule, such as one about several fields.
   */
  readonly rule: 'missing' | 'kind' | 'value' | 'length' | 'size' | 'range' | 'form' | 'bytes' | 'unknown' | 'other'
  /** The smallest allowed length, size or number, if the rule has one. */
  readonly minimum?: number | undefined
  /** The largest allowed length, size or number, if the rule has one. */
  readonly maximum?: number | undefined
  /** `hint` if LINE accepts the value although it is probably a mistake. Missing for a value that LINE refuses. */
  readonly severity?: 'hint' | undefined
}

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]
type Broken = Pick<BrokenRule, 'rule' | 'allowed' | 'minimum' | 'maximum'> & { readonly found?: string }

const kinds: { readonly [expected: string]: string } = {
  string: 'a string',
  number: 'a number',
  int: 'an integer',
  boolean: 'a boolean',
  array: 'an array',
  object: 'an object',
  null: 'null',
  undefined: 'omitted',
  never: 'omitted',
}

const units = 'UTF-16 code unit'
const graphemes = 'grapheme cluster'

/** Formats a path such as `messages[0].text`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`
    const name = String(key)
    return /^[\w$-]+$/.test(name) ? `${text}${text && '.'}${name}` : `${text}[${JSON.stringify(name)}]`
  }, '')
}

/** Returns the names and indexes of a path that {@link pathText} formatted. */
export function stepsOf(path: string): readonly (string | number)[] {
  return [...path.matchAll(/\.?([\w$-]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/g)].map(([, name, index, quoted]) =>
    index !== undefined ? Number(index) : (name ?? String(JSON.parse(quoted ?? '""'))),
  )
}

function valueAt(value: unknown, path: Path): unknown {
  let at = value
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined
    at = Reflect.get(at, key)
  }
  return at
}

// Describes a value without quoting strings, because they may be secret or private.
function describe(value: unknown): string {
  if (value === undefined) return 'missing'
  if (typeof value === 'string') return value ? `a string of ${plural(value.length, units)}` : 'an empty string'
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value)
  if (Array.isArray(value)) return `an array of ${plural(value.length, 'item')}`
  if (value instanceof Date) return 'a Date'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

function oneOf(values: readonly unknown[]): string {
  const shown = values.slice(0, 12).map((value) => (typeof value === 'string' ? `'${value}'` : String(value)))
  if (values.length === 1) return String(shown[0])
  return `one of ${shown.join(', ')}${values.length > shown.length ? ` and ${values.length - shown.length} more` : ''}`
}

function sizeText({ minimum, maximum }: Pick<Broken, 'minimum' | 'maximum'>, edge: string): string {
  if (!minimum || !maximum) return `${edge} items`
  return minimum === maximum ? `exactly ${plural(minimum, 'item')}` : `${minimum} to ${maximum} items`
}

function outOfBounds(issue: Extract<Issue, { code: 'too_big' | 'too_small' }>): Broken {
  // Our own checks add fields to zod's issues: the other bound of an array, and the unit and length of a string that is measured in grapheme clusters.
  const { minimum, maximum, unit, length }: { minimum?: unknown; maximum?: unknown; unit?: unknown; length?: unknown } =
    issue
  const bounds = {
    ...(typeof minimum === 'number' && { minimum }),
    ...(typeof maximum === 'number' && maximum < Number.POSITIVE_INFINITY && { maximum }),
  }
  const closed = issue.inclusive !== false
  const edge =
    issue.code === 'too_big'
      ? `${closed ? 'at most' : 'less than'} ${maximum}`
      : `${closed ? 'at least' : 'more than'} ${minimum}`
  if (issue.origin === 'array') {
    return {
      rule: 'size',
      allowed: `an array of ${sizeText(bounds, edge)}`,
      ...bounds,
    }
  }
  if (issue.origin !== 'string') return { rule: 'range', allowed: edge, ...bounds }
  if (unit === 'grapheme')
    return {
      rule: 'length',
      allowed: `a string of ${edge} ${graphemes}s`,
      found: `a string of ${length} ${graphemes}s`,
      ...bounds,
    }
  return { rule: 'length', allowed: minimum === 1 ? 'a non-empty string' : `a string of ${edge} ${units}s`, ...bounds }
}

function broken(issue: Issue, value: unknown): Broken {
  const rule = value === undefined ? 'missing' : undefined
  switch (issue.code) {
    case 'invalid_type':
      return { rule: rule ?? 'kind', allowed: kinds[issue.expected] ?? `a ${issue.expected}` }
    case 'invalid_value':
      return { rule: rule ?? 'value', allowed: oneOf(issue.values) }
    case 'invalid_union':
      return { rule: rule ?? 'value', allowed: oneOf(('options' in issue && issue.options) || []) }
    case 'too_big':
    case 'too_small':
      return outOfBounds(issue)
    case 'invalid_format':
      return { rule: 'form', allowed: issue.message }
    default: {
      // Our own rules put the allowed value into the message, and may describe the found value more precisely.
      const found: unknown = 'found' in issue ? issue.found : undefined
      const named: unknown = 'rule' in issue ? issue.rule : undefined
      const own = named === 'bytes' || named === 'unknown' || named === 'length' ? named : 'other'
      const most: unknown = 'maximum' in issue ? issue.maximum : undefined
      return {
        rule: own,
        allowed: issue.message,
        ...(typeof found === 'string' && { found }),
        ...(typeof most === 'number' && { maximum: most }),
      }
    }
  }
}

function problem(path: Path, what: Broken, root: unknown): BrokenRule {
  const { found = describe(valueAt(root, path)), ...rest } = what
  const where = pathText(path)
  return { path: where, ...rest, found, message: `${where || 'the value'} must be ${rest.allowed}, but is ${found}` }
}

type Option = readonly Issue[]

// A property with exactly one possible value, such as `type`, identifies an option of a union.
const tagOf = (issue: Issue): PropertyKey | undefined =>
  issue.code === 'invalid_value' && issue.values.length === 1 && issue.path.length === 1 ? issue.path[0] : undefined

// Finds the property that distinguishes all options, when its value matches none of them.
function unknownTag(
  options: readonly Option[],
): { readonly key: PropertyKey; readonly values: readonly unknown[] } | undefined {
  for (const key of options[0]?.map(tagOf) ?? []) {
    if (key === undefined) continue
    const issues = options.flatMap((option) => option.find((issue) => tagOf(issue) === key) ?? [])
    const values = new Set(issues.flatMap((issue) => ('values' in issue ? issue.values : [])))
    if (issues.length === options.length && values.size > 1) return { key, values: [...values] }
  }
  return undefined
}

const fewest = (options: readonly Option[], count: (option: Option) => number): readonly Option[] => {
  const least = Math.min(...options.map(count))
  return options.filter((option) => count(option) === least)
}

// No option of the union matches. Only the issues of the most likely option are reported.
function* inUnion(options: readonly Option[], path: Path, root: unknown): Generator<BrokenRule> {
  const isMissing = (issue: Issue) => issue.path.length === 1 && valueAt(root, [...path, ...issue.path]) === undefined
  const tag = unknownTag(options)
  if (tag) {
    const at = [...path, tag.key]
    yield problem(at, { rule: valueAt(root, at) === undefined ? 'missing' : 'value', allowed: oneOf(tag.values) }, root)
    return
  }
  const tagged = options.filter((option) => option.every((issue) => tagOf(issue) === undefined || isMissing(issue)))
  const fullest = fewest(tagged.length > 0 ? tagged : options, (option) => option.filter(isMissing).length)
  const nearest = fewest(fullest, (option) => option.length)
  if (nearest.length > 1 && nearest.every((option) => option.every(isMissing))) {
    const sets = nearest.map((option) => option.map((issue) => `\`${pathText(issue.path)}\``).join(' and '))
    yield problem(
      path,
      { rule: 'missing', allowed: `an object with ${sets.join(', or with ')}`, found: 'an object with none of them' },
      root,
    )
    return
  }
  yield* inAll(nearest.at(-1) ?? [], path, root)
}

function* inAll(issues: readonly Issue[], base: Path, root: unknown): Generator<BrokenRule> {
  for (const issue of issues) {
    const path = [...base, ...issue.path]
    if (issue.code === 'invalid_union' && issue.errors.length > 0) yield* inUnion(issue.errors, path, root)
    else yield problem(path, broken(issue, valueAt(root, path)), root)
  }
}

/** Describes the issues that a schema found, each with its path, without quoting a string. */
export function listProblems(issues: readonly Issue[], value: unknown): readonly BrokenRule[] {
  const others = new Set<string>()
  // A value of the wrong type is reported once, not for its length or format as well.
  return [...inAll(issues, [], value)].filter(({ path, rule }) => {
    if (others.has(path)) return false
    if (rule === 'kind' || rule === 'missing') others.add(path)
    return true
  })
}

/** Describes a problem that no schema reports. */
export function describeProblem(path: Path, what: Pick<BrokenRule, 'rule' | 'allowed' | 'found'>): BrokenRule {
  return problem(path, what, undefined)
}

/** Validates the inputs and outputs of operations. `contracts()` of `line-oa/contracts` creates a validator. */
export interface Validator {
  /** Returns every problem; an empty array for an operation that it does not know. */
  check(operation: Endpoint, part: 'input' | 'output', value: unknown): readonly Problem[]
}
