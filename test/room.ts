import type { Endpoint, Operation } from 'line-oa'
import * as z from 'zod/mini'
import { createMatcher } from '../src/core/call/match.js'
import { buildRequest } from '../src/core/call/request.js'
import { listProblems } from '../src/core/schema/problems.js'

/** What is wrong with a value, each with its place, such as `page: must be ...`. */
export function problems(schema: () => z.core.$ZodType, value: unknown): readonly string[] {
  const { error } = z.safeParse(schema(), value)
  return error ? listProblems(error.issues, value).map(({ message }) => message) : []
}

/** The request of a call, as LINE would get it. */
export function requestOf<Input extends object>(operation: Operation<Input, unknown>, input: NoInfer<Input>): Request {
  const { method, url, headers, body } = buildRequest(operation, input)
  const init: RequestInit & { duplex: 'half' } = { method, headers, body: body ?? null, duplex: 'half' }
  return new Request(url, init)
}

/** The input of a call as it is read from its request, where all operations given are known. */
export async function arrives<Input extends object>(
  operations: { readonly [name: string]: Endpoint },
  operation: Operation<Input, unknown>,
  input: NoInfer<Input>,
): Promise<unknown> {
  const candidates = await createMatcher(Object.values(operations), { limit: 2_000_000 })(requestOf(operation, input))
  if (candidates.length !== 1 || candidates[0]?.operation !== operation)
    throw new Error('it was taken for another operation')
  return candidates[0].input
}

/** As many copies of a value. */
export function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value)
}
