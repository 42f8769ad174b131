import { LineInputError } from '../core/errors.js'
import { property } from '../core/property.js'
import type { Receiver } from './receiver.js'
import { malformed, unsigned, type WebhookResponse, wrongMethod } from './responses.js'

/** The part of a receiver that this adapter uses, for any client. */
export type LambdaReceiver = Pick<Receiver<unknown>, 'handle'>

/** The part of a Lambda event that this adapter reads: from a REST API, an HTTP API (both formats), a function URL or a load balancer. */
export interface LambdaEvent {
  /** The request headers, with one value each. */
  readonly headers?: { readonly [name: string]: string | undefined } | null | undefined
  /** The request headers with all their values, from a REST API or a load balancer. */
  readonly multiValueHeaders?: { readonly [name: string]: readonly string[] | undefined } | null | undefined
  /** The request body, as text or base64. */
  readonly body?: string | null | undefined
  /** Whether `body` is base64. */
  readonly isBase64Encoded?: boolean | undefined
  /** The HTTP method, from a REST API, an HTTP API with format 1.0, or a load balancer. */
  readonly httpMethod?: string | undefined
  /** The context with the HTTP method, from a function URL or an HTTP API with format 2.0. */
  readonly requestContext?: object | undefined
}

/** A response that all of these event sources accept. */
export interface LambdaResult {
  /** HTTP status code. */
  readonly statusCode: number
  /** Response headers. */
  readonly headers: { [name: string]: string }
  /** Response body, in plain text. */
  readonly body: string
}

/** Handles an event of AWS Lambda. It never rejects. */
export type LambdaHandler = (event: LambdaEvent) => Promise<LambdaResult>

const signatureHeader = 'x-line-signature'

// Header names keep the case that the client of the API used. A repeated header is not a signature.
function signatureOf({ headers, multiValueHeaders }: LambdaEvent): string | undefined {
  const several = Object.entries(multiValueHeaders ?? {}).flatMap(([key, values]) =>
    key.toLowerCase() === signatureHeader ? (values ?? []) : [],
  )
  const single = Object.entries(headers ?? {}).flatMap(([key, value]) =>
    key.toLowerCase() === signatureHeader && value !== undefined ? [value] : [],
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

async function respond(receiver: LambdaReceiver, event: LambdaEvent): Promise<WebhookResponse> {
  const method = property(property(event.requestContext, 'http'), 'method') ?? event.httpMethod
  if (method !== undefined && method !== 'POST') return wrongMethod
  const signature = signatureOf(event)
  if (!signature) return unsigned
  const text = event.body ?? ''
  const body = event.isBase64Encoded ? decode(text) : text
  return body === undefined ? malformed('not base64') : receiver.handle({ body, signature })
}

/**
 * Creates a handler for AWS Lambda behind a REST API, an HTTP API (both formats), a function URL or a load balancer.
 *
 * Lambda freezes the process after the response, so the response always waits for the handlers, for every `ack` but `queued`.
 * Put work that takes longer than 2 seconds into a queue.
 *
 * @throws {LineInputError} if `receiver` is not a receiver; from the handler, if its event is not an HTTP request.
 * @example
 * export const handler = toLambdaHandler(receiver)
 */
export function toLambdaHandler(receiver: LambdaReceiver): LambdaHandler {
  if (typeof property(receiver, 'handle') !== 'function')
    throw new LineInputError('toLambdaHandler: receiver must be a receiver, such as createReceiver() returns')
  return async (event) => {
    if (typeof event !== 'object' || event === null)
      throw new LineInputError(
        'toLambdaHandler: the event must be an HTTP request, as API Gateway passes it to a function',
      )
    const { status, message } = await respond(receiver, event)
    const headers = { 'content-type': 'text/plain;charset=UTF-8', ...(status === 405 && { allow: 'POST' }) }
    return { statusCode: status, headers, body: message }
  }
}
