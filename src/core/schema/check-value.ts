import * as z from 'zod/mini'
import { type BrokenRule, listProblems, pathText, sayProblem } from './problems.js'
import { enough, listUnsendable, type Unsendable, without } from './unserializable.js'

type Build = () => z.core.$ZodType

function listAgainstSchema(build: Build, value: unknown): readonly BrokenRule[] {
  const { error } = z.safeParse(build(), value)
  return error ? listProblems(error.issues, value) : []
}

const isIn = (place: string, path: string) => path.startsWith(place) && /^[.[]/.test(path.slice(place.length))

/** Tells whether what a schema has to say of a place is known better. */
function knowsBetter({ path, closed }: Unsendable): (place: string) => boolean {
  const [own, around] = [pathText(path), pathText(path.slice(0, -1))]
  // What is inside is none of its business; a closed place it has not seen, and what is around that looks as if it were missing.
  return (place) => isIn(own, place) || (closed && (place === own || place === around))
}

// A schema goes into everything, so it is shown nothing that has no end. What both know of is told in the words of the schema, which knows the field.
function listWithUnsendable(build: Build, value: unknown, unsendable: readonly Unsendable[]): readonly BrokenRule[] {
  const said = unsendable.map(({ path, allowed, found }) => sayProblem(path, { rule: 'kind', allowed, found }))
  if (said.length >= enough) return said
  const shown = unsendable.filter(({ closed }) => closed).reduce((rest, { path }) => without(rest, path), value)
  const better = unsendable.map(knowsBetter)
  const known = listAgainstSchema(build, shown).filter(({ path }) => !better.some((knows) => knows(path)))
  const places = new Set(known.map(({ path }) => path))
  return [...known, ...said.filter(({ path }) => !places.has(path))]
}

/**
 * Lists everything that is wrong with a value, whatever the value is.
 *
 * @param becomesJson whether the value is to become JSON, so that it must hold nothing that JSON cannot carry.
 */
export function listBroken(build: Build, value: unknown, becomesJson: boolean): readonly BrokenRule[] {
  try {
    const unsendable = becomesJson ? listUnsendable(value) : []
    return unsendable.length > 0 ? listWithUnsendable(build, value, unsendable) : listAgainstSchema(build, value)
  } catch (error) {
    // Schemas that hold themselves go as deep as the value does, and the stack may be nearly full before.
    if (!(error instanceof RangeError)) throw error
    return [sayProblem([], { rule: 'other', allowed: 'a value of reasonable depth', found: 'nested too deeply' })]
  }
}
