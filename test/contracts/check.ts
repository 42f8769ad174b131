import type { Endpoint } from 'line-oa'
import { type BrokenRule, contracts } from 'line-oa/contracts'

const validator = contracts()

/** Everything that is wrong with the input of an operation. */
export function inputProblems(operation: Endpoint, input: unknown): readonly BrokenRule[] {
  return validator.check(operation, 'input', input)
}

/** Everything that is wrong with the output of an operation. */
export function outputProblems(operation: Endpoint, output: unknown): readonly BrokenRule[] {
  return validator.check(operation, 'output', output)
}

/** The places of problems, in order. */
export function paths(problems: readonly BrokenRule[]): readonly string[] {
  return problems.map((problem) => problem.path)
}

/** The places of everything that is wrong with the input of an operation, in order. */
export function inputPaths(operation: Endpoint, input: unknown): readonly string[] {
  return paths(inputProblems(operation, input))
}

/** The places of everything that is wrong with the output of an operation, in order. */
export function outputPaths(operation: Endpoint, output: unknown): readonly string[] {
  return paths(outputProblems(operation, output))
}

/** A list of a value, repeated. */
export function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value)
}

/** A text of this many UTF-16 units. */
export function text(length: number): string {
  return 'x'.repeat(length)
}

/** An https URL of this many UTF-16 units. */
export function url(length: number): string {
  return 'https://example.com/'.padEnd(length, 'x')
}
