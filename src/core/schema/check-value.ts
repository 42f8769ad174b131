import * as z from 'zod/mini'
import { type BrokenRule, describeProblem, listProblems, pathText } from './problems.js'
import { enough, listUnserializable, type Unserializable, without } from './unserializable.js'

type Build = () => z.core.$ZodType

function listAgainstSchema(build: Build, value: unknown): readonly BrokenRule[] {
  const { error } = z.safeParse(build(), value)
  return error ? listProblems(error.issues, value) : []
}

const isIn = (place: string, path: string) => path.startsWith(place) && /^[.[]/.test(path.slice(place.length))

/** Returns a function that tells whether an unserializable value already covers the schema's problem at a path. */
function isCoveredBy({ path, closed }: Unserializable): (place: string) => boolean {
  const [own, around] = [pathText(path), pathText(path.slice(0, -1))]
  // Problems inside the value are covered. A closed value was removed before the schema ran, so it looks missing.
  return (place) => isIn(own, place) || (closed && (place === own || place === around))
}

// Schemas visit every value, so cyclic values are removed first. If both report the same path, the schema's problem is kept, because it describes the field.
function listWithUnserializable(
  build: Build,
  value: unknown,
  unserializable: readonly Unserializable[],
): readonly BrokenRule[] {
  const said = unserializable.map(({ path, allowed, found }) => describeProblem(path, { rule: 'kind', allowed, found }))
  if (said.length >= enough) return said
  const shown = unserializable.filter(({ closed }) => closed).reduce((rest, { path }) => without(rest, path), value)
  const better = unserializable.map(isCoveredBy)
  const known = listAgainstSchema(build, shown).filter(({ path }) => !better.some((knows) => knows(path)))
  const places = new Set(known.map(({ path }) => path))
  return [...known, ...said.filter(({ path }) => !places.has(path))]
}

/**
 * Returns every problem of a value. It never throws.
 *
 * @param becomesJson whether the value will be serialized to JSON, so that it may contain only values that JSON supports.
 */
export function checkValue(build: Build, value: unknown, becomesJson: boolean): readonly BrokenRule[] {
  try {
    const unserializable = becomesJson ? listUnserializable(value) : []
    return unserializable.length > 0
      ? listWithUnserializable(build, value, unserializable)
      : listAgainstSchema(build, value)
  } catch (error) {
    // Recursive schemas go as deep as the value, and the stack may be nearly full already.
    if (!(error instanceof RangeError)) throw error
    return [
      describeProblem([], {
        rule: 'other',
        allowed: 'a value with fewer levels of nesting',
        found: 'nested too deeply',
      }),
    ]
  }
}
