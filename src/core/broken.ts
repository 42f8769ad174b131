import * as z from 'zod/mini'
import { listUnsendable, type Unsendable, without } from './json-data.js'
import { type BrokenRule, listProblems, pathText, sayProblem } from './problems.js'

type Build = () => z.core.$ZodType

function listAgainstSchema(build: Build, value: unknown): readonly BrokenRule[] {
  const { error } = z.safeParse(build(), value)
  return error ? listProblems(error.issues, value) : []
}

const isIn = (place: string, path: string) => path.startsWith(place) && /^[.[]/.test(path.slice(place.length))

// Nothing is said of what is inside, nor of what is closed itself; and what is around a closed place looks as if that were missing.
function isKnownBetter({ path, closed }: Unsendable, place: string): boolean {
  return isIn(pathText(path), place) || (closed && [path, path.slice(0, -1)].map(pathText).includes(place))
}

// A schema goes into everything, so it is shown nothing that has no end. What both know of is told in the words of the schema, which knows the field.
function listWithUnsendable(build: Build, value: unknown, unsendable: readonly Unsendable[]): readonly BrokenRule[] {
  const shown = unsendable.filter(({ closed }) => closed).reduce((rest, { path }) => without(rest, path), value)
  const known = listAgainstSchema(build, shown).filter(({ path }) => !unsendable.some((one) => isKnownBetter(one, path)))
  const places = new Set(known.map(({ path }) => path))
  const said = unsendable.map(({ path, allowed, found }) => sayProblem(path, { rule: 'kind', allowed, found }))
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
