import * as z from 'zod/mini'
import { listUnsendable, type Unsendable, without } from './json-data.js'
import { type BrokenRule, listProblems, pathText, sayProblem } from './problems.js'

type Build = () => z.core.$ZodType

function listAgainstSchema(build: Build, value: unknown): readonly BrokenRule[] {
  const { error } = z.safeParse(build(), value)
  return error ? listProblems(error.issues, value) : []
}

const isAtOrIn = (place: string, path: string) => path === place || (path.startsWith(place) && /^[.[]/.test(path.slice(place.length)))

// What is around a place that is closed looks as if that were missing.
const isTouched = (closed: Unsendable['path'], path: string) => isAtOrIn(pathText(closed), path) || path === pathText(closed.slice(0, -1))

// A schema goes into everything, so it is shown nothing that has no end. What both know of is told in the words of the schema, which knows the field.
function listWithUnsendable(build: Build, value: unknown, unsendable: readonly Unsendable[]): readonly BrokenRule[] {
  const said = unsendable.map(({ path, closed, ...words }) => ({ path, closed, problem: sayProblem(path, { rule: 'kind', ...words }) }))
  const closed = said.filter((one) => one.closed)
  const shown = closed.reduce((rest, { path }) => without(rest, path), value)
  const known = listAgainstSchema(build, shown).filter((problem) => !closed.some(({ path }) => isTouched(path, problem.path)))
  const places = new Set(known.map(({ path }) => path))
  return [...known, ...said.flatMap(({ problem }) => (places.has(problem.path) ? [] : problem))]
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
