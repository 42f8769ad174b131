import { type Answer, malformed, unsigned, wrongMethod } from './answers.js'
import { member } from './member.js'
import type { Receiver } from './receiver.js'

/** As much of a receiver as this adapter needs, whatever its client is. */
export type LambdaReceiver = Pick<Receiver<unknown>, 'handle'>

/** As much of an event as the adapter reads: of a REST API, of an HTTP API in either format, of a function URL, or of a load balancer. */
export interface LambdaEvent {
  readonly headers?: { readonly [name: string]: string | undefined } | null | undefined
  readonly multiValueHeaders?: { readonly [name: string]: readonly string[] | undefined } | null | undefined
  readonly body?: string | null | undefined
  readonly isBase64Encoded?: boolean | undefined
  /** Of a REST API and of format 1.0. */
  readonly httpMethod?: string | undefined
  /** Has the method of a function URL and of format 2.0. */
  readonly requestContext?: object | undefined
}

/** What all of them take as an answer. */
export interface LambdaResult {
  readonly statusCode: number
  readonly headers: { [name: string]: string }
  readonly body: string
}

/** Answers an event of AWS Lambda. It never rejects. */
export type LambdaHandler = (event: LambdaEvent) => Promise<LambdaResult>

const name = 'x-line-signature'

// Names come in whatever case the caller of an API used. A header that came twice is no signature.
function signatureOf({ headers, multiValueHeaders }: LambdaEvent): string | undefined {
  const several = Object.entries(multiValueHeaders ?? {}).flatMap(([key, values]) =>
    key.toLowerCase() === name ? (values ?? []) : [],
  )
  const single = Object.entries(headers ?? {}).flatMap(([key, value]) =>
    key.toLowerCase() === name && value !== undefined ? [value] : [],
  )
  const all = several.length ? several : single
  return all.length === 1 ? all[0] : undefined
}

function decode(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

async function answer(receiver: LambdaReceiver, event: LambdaEvent): Promise<Answer> {
  const method = member(member(event.requestContext, 'http'), 'method') ?? event.httpMethod
  if (method !== undefined && method !== 'POST') return wrongMethod
  const signature = signatureOf(event)
  if (!signature) return unsigned
  const text = event.body ?? ''
  const body = event.isBase64Encoded ? decode(text) : text
  return body === undefined ? malformed('not base64') : receiver.handle({ body, signature })
}

/**
 * Makes a handler for AWS Lambda behind a REST API, an HTTP API (both formats), a function URL or a load balancer.
 *
 * Lambda stops the process when it is answered, so the answer always waits for the handlers, whatever `ack` says, unless it is `queued`.
 * What takes longer than 2 seconds belongs into a queue.
 *
 * @example
 * export const handler = toLambdaHandler(receiver)
 */
export function toLambdaHandler(receiver: LambdaReceiver): LambdaHandler {
  return async (event) => {
    const { status, message } = await answer(receiver, event)
    const headers = { 'content-type': 'text/plain;charset=UTF-8', ...(status === 405 && { allow: 'POST' }) }
    return { statusCode: status, headers, body: message }
  }
}
