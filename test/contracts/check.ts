import type { Endpoint } from 'line-oa'
import { type BrokenRule, contracts } from 'line-oa/contracts'

const validator = contracts()

/** What is wrong with an input. */
export function inputProblems(operation: Endpoint, input: unknown): readonly BrokenRule[] {
  return validator.check(operation, 'input', input)
}

/** What is wrong with an answer. */
export function outputProblems(operation: Endpoint, output: unknown): readonly BrokenRule[] {
  return validator.check(operation, 'output', output)
}

/** The places of problems, in order. */
export function paths(problems: readonly BrokenRule[]): readonly string[] {
  return problems.map((problem) => problem.path)
}

/** As many copies of a value. */
export function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value)
}

/** A text of so many UTF-16 units. */
export function text(length: number): string {
  return 'x'.repeat(length)
}

/** An https URL of so many UTF-16 units. */
export function url(length: number): string {
  return 'https://example.com/'.padEnd(length, 'x')
}
