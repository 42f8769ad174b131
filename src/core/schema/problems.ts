import type * as z from 'zod/mini'
import type { Problem } from '../errors.js'
import type { Endpoint } from '../operation.js'

/** A problem with the rule that was broken, for a program to word it anew: the emulator answers in LINE's words. */
export interface BrokenRule extends Problem {
  /**
   * `missing`: a needed value is not there. `kind`: a number where text is wanted, say. `value`: not one of the listed values.
   * `length`: too much or too little text. `size`: too many or too few entries. `range`: a number out of bounds. `form`: text of another form.
   * `bytes`: too much JSON. `unknown`: a field that LINE refuses because it does not know it. `other`: values that do not go together.
   */
  readonly rule: 'missing' | 'kind' | 'value' | 'length' | 'size' | 'range' | 'form' | 'bytes' | 'unknown' | 'other'
  /** The lower bound of `length`, `size` and `range`, where it is known. */
  readonly minimum?: number | undefined
  /** The upper bound of `length`, `size` and `range`, where it is known. */
  readonly maximum?: number | undefined
}

type Issue = z.core.$ZodIssue
type Path = readonly PropertyKey[]
type Broken = Pick<BrokenRule, 'rule' | 'allowed' | 'minimum' | 'maximum'> & { readonly found?: string }

const kinds: { readonly [expected: string]: string } = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
  undefined: 'left out',
  never: 'left out',
}

const units = 'UTF-16 units'
const graphemes = 'characters (grapheme clusters)'

/** Writes a place as a person would: `messages[0].text`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`
    const name = String(key)
    return /^[\w$-]+$/.test(name) ? `${text}${text && '.'}${name}` : `${text}[${JSON.stringify(name)}]`
  }, '')
}

function valueAt(value: unknown, path: Path): unknown {
  let at = value
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined
    at = Reflect.get(at, key)
  }
  return at
}

// What a value is, never what it says: a text may be a secret, or private.
function describe(value: unknown): string {
  if (value === undefined) return 'missing'
  if (typeof value === 'string')
    return value ? `text of ${value.length} ${value.length === 1 ? 'UTF-16 unit' : units}` : 'empty text'
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value)
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (value instanceof Date) return 'a Date'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

function oneOf(values: readonly unknown[]): string {
  const shown = values.slice(0, 12).map((value) => (typeof value === 'string' ? `'${value}'` : String(value)))
  if (values.length === 1) return String(shown[0])
  return `one of ${shown.join(', ')}${values.length > shown.length ? ` and ${values.length - shown.length} more` : ''}`
}

function outOfBounds(issue: Extract<Issue, { code: 'too_big' | 'too_small' }>): Broken {
  // Our own checks add to what zod's say: the other bound of a list, and unit and length of a text in grapheme clusters.
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
      allowed: `a list of ${bounds.minimum && bounds.maximum ? `${minimum} to ${maximum}` : edge}`,
      ...bounds,
    }
  }
  if (issue.origin !== 'string') return { rule: 'range', allowed: edge, ...bounds }
  if (unit === 'grapheme')
    return {
      rule: 'length',
      allowed: `text of ${edge} ${graphemes}`,
      found: `text of ${length} ${graphemes}`,
      ...bounds,
    }
  return { rule: 'length', allowed: minimum === 1 ? 'text that is not empty' : `text of ${edge} ${units}`, ...bounds }
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
      // A rule of ours puts what is allowed into the message, and may know more of what was found than its kind.
      const found: unknown = 'found' in issue ? issue.found : undefined
      const named: unknown = 'rule' in issue ? issue.rule : undefined
      const own = named === 'bytes' || named === 'unknown' ? named : 'other'
      return { rule: own, allowed: issue.message, ...(typeof found === 'string' && { found }) }
    }
  }
}

function problem(path: Path, what: Broken, root: unknown): BrokenRule {
  const { found = describe(valueAt(root, path)), ...rest } = what
  const where = pathText(path)
  return { path: where, ...rest, found, message: `${where || 'the value'} must be ${rest.allowed}, but is ${found}` }
}

type Option = readonly Issue[]

// An option of a union can be told by a member that has one possible value, such as `type`.
const tagOf = (issue: Issue): PropertyKey | undefined =>
  issue.code === 'invalid_value' && issue.values.length === 1 && issue.path.length === 1 ? issue.path[0] : undefined

// The member that tells all options apart, when its value is none of theirs.
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

// Nothing fits, so each option has its issues. Those of the option that was meant are worth telling.
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
      { rule: 'missing', allowed: `an object with ${sets.join(', or with ')}`, found: 'an object without them' },
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

/** Puts what a schema found into words: every problem with its place, and no value of the caller's. */
export function listProblems(issues: readonly Issue[], value: unknown): readonly BrokenRule[] {
  const others = new Set<string>()
  // What is of another kind has no length or form that could be wrong as well.
  return [...inAll(issues, [], value)].filter(({ path, rule }) => {
    if (others.has(path)) return false
    if (rule === 'kind' || rule === 'missing') others.add(path)
    return true
  })
}

/** Puts a broken rule into words that no schema knows. */
export function sayProblem(path: Path, what: Pick<BrokenRule, 'rule' | 'allowed' | 'found'>): BrokenRule {
  return problem(path, what, undefined)
}

/** Checks inputs and outputs of operations; `contracts()` of `line-oa/contracts` makes one. It finds an operation by its record, not by a name. */
export interface Validator {
  /** Lists everything that is wrong; nothing for a record that it does not know. */
  check(operation: Endpoint, part: 'input' | 'output', value: unknown): readonly Problem[]
}
