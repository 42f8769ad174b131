import type { Endpoint, Operation } from 'line-oa'
import type { CreateCallerOptions } from 'line-oa/core'
import { createCaller } from 'line-oa/core'
import { TestClock } from './clock.js'

/** The request that a call sends, with the body read to its end. The call itself gets an empty object as its response. */
export async function requestOf<Input extends object>(
  operation: Operation<Input, unknown>,
  input: NoInfer<Input>,
  options: Pick<CreateCallerOptions, 'baseUrl'> = {},
): Promise<Request> {
  let sent: Request | undefined
  const caller = createCaller({
    ...options,
    clock: new TestClock(),
    fetch: async (url, init = {}) => {
      // A streamed body ends with its call, so it is read here.
      const body = init.body instanceof ReadableStream ? await new Response(init.body).bytes() : (init.body ?? null)
      sent = new Request(String(url), { method: init.method ?? 'GET', headers: init.headers ?? {}, body })
      return Response.json({})
    },
  })
  // Given for this call alone, because operations of a user take no other token.
  await caller.call(operation, input, { accessToken: 'token' })
  if (!sent) throw new Error('The call sent no request')
  return sent
}

/** The request that a call of any record sends, for inputs whose types are not known. */
export function requestOfAny(operation: Endpoint, input: object): Promise<Request> {
  const record: object = operation
  return requestOf(record as Operation<object, unknown>, input) // the same record, with no claim about its input
}

/** Method and address of a request in one text, such as `GET https://api.line.me/v2/bot/info`. */
export function methodAndUrl({ method, url }: Request): string {
  return `${method} ${url}`
}
