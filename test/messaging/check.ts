import type { BrokenRule } from 'line-oa/contracts'
import * as z from 'zod/mini'
import { listProblems } from '../../src/core/schema/problems.js'

/** What a schema has against a value. */
export function problemsOf(build: () => z.core.$ZodType, value: unknown): readonly BrokenRule[] {
  const { error } = z.safeParse(build(), value)
  return error ? listProblems(error.issues, value) : []
}

/** The places of what a schema has against a value, in order. */
export function placesOf(build: () => z.core.$ZodType, value: unknown): readonly string[] {
  return problemsOf(build, value).map(({ path }) => path)
}

/** A family of four: one character, eleven UTF-16 units. */
export const family = '👨‍👩‍👧‍👦'
