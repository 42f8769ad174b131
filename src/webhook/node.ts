import type { IncomingMessage, ServerResponse } from 'node:http'
import { LineInputError } from '../core/errors.js'
import { property } from '../core/property.js'
import { limitsOf } from './body-limits.js'
import type { Receiver, SignedDelivery } from './receiver.js'
import type { WebhookResponse } from './responses.js'
import { isRaw, isSignature } from './signature.js'

/** The part of a receiver that this adapter uses, for any client. */
export type NodeReceiver = Pick<Receiver<unknown>, 'handle'>

/** A request with what a body parser may have added: its result in `body`, and maybe the raw bytes in `rawBody`. */
type ParsedRequest = IncomingMessage & { readonly rawBody?: unknown; readonly body?: unknown }

/** Handles a request of `node:http`. It never rejects. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

type Body = Uint8Array | 'too large' | 'too slow' | 'cut off'

function read(request: IncomingMessage, receiver: NodeReceiver): Promise<Body> {
  const { size: maxSize, time: maxTime, clock } = limitsOf(receiver)
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = []
    let size = 0
    if (Number(request.headers['content-length']) > maxSize) return resolve('too large')
    // The client disconnected while a middleware was working, so no event will follow.
    if (request.destroyed) return resolve('cut off')
    let isOpen = true
    let timer: unknown
    const finish = (result: Body) => {
      if (!isOpen) return
      isOpen = false
      if (timer !== undefined) clock.clearTimeout(timer)
      resolve(result)
    }
    // Most bodies arrive together with their headers and are complete by the next tick. A timer costs more than reading them.
    process.nextTick(() => {
      if (isOpen && !request.complete) timer = clock.setTimeout(() => finish('too slow'), maxTime)
    })
    request
      .on('data', (chunk: Uint8Array | string) => {
        // A middleware may have set an encoding.
        const bytes = typeof chunk === 'string' ? Buffer.from(chunk, request.readableEncoding ?? 'utf8') : chunk
        size += bytes.byteLength
        if (size <= maxSize) {
          chunks.push(bytes)
        } else {
          chunks.length = 0
          finish('too large')
        }
      })
      .on('end', () => finish(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)))
      .on('error', () => finish('cut off'))
      .on('close', () => finish('cut off'))
      .resume() // a middleware may have paused the request
  })
}

/** Options for `toNodeHandler`. */
export interface NodeHandlerOptions {
  /**
   * Whether work can safely continue after the response. If so, `ack: 'early'` and the acknowledgement after 1.5 seconds take effect.
   * Default: `true`, unless the environment is one that stops or throttles the process after the response: Cloud Functions, Cloud Run,
   * Lambda, Azure Functions or Vercel.
   */
  readonly continuesAfterResponse?: boolean | undefined
}

// The environment variables that these platforms document.
const stoppingPlatforms = [
  'K_SERVICE',
  'FUNCTION_TARGET',
  'AWS_LAMBDA_FUNCTION_NAME',
  'FUNCTIONS_WORKER_RUNTIME',
  'VERCEL',
]

// Loaded with the first request that is refused.
const refusals = () => import('./responses.js')

async function respond(
  receiver: NodeReceiver,
  request: ParsedRequest,
  waitUntil: SignedDelivery['waitUntil'],
): Promise<WebhookResponse> {
  const header = request.headers['x-line-signature']
  const signature = typeof header === 'string' ? header : undefined
  if (request.method !== 'POST') return (await refusals()).wrongMethod
  if (!isSignature(signature)) return (await refusals()).unsigned
  if (request.readableDidRead)
    return receiver.handle({ body: [request.rawBody, request.body].find(isRaw), signature, waitUntil })
  const body = await read(request, receiver)
  if (body === 'too large') return (await refusals()).tooLarge
  if (body === 'too slow') return (await refusals()).tooSlow
  return body === 'cut off' ? (await refusals()).malformed(body) : receiver.handle({ body, signature, waitUntil })
}

/**
 * Creates a request handler for `node:http`, and for Express and Connect under any path.
 *
 * It reads the body itself, so register it before body parsers. After a body parser, it works if the raw bytes are in `req.rawBody`, as in
 * Cloud Functions, or if `req.body` is raw, as with `express.raw()`. Otherwise it responds with 500 and calls `onError` with the reason.
 *
 * @throws {LineInputError} if an argument has the wrong type; from the handler, if it is not called by `node:http` or a framework on top of it.
 * @example
 * createServer(toNodeHandler(receiver)).listen(3000)
 * app.post('/webhook', toNodeHandler(receiver))
 */
export function toNodeHandler(receiver: NodeReceiver, options: NodeHandlerOptions = {}): NodeHandler {
  if (typeof options !== 'object' || options === null)
    throw new LineInputError('toNodeHandler: the options must be an object')
  if (typeof property(receiver, 'handle') !== 'function')
    throw new LineInputError('toNodeHandler: receiver must be a receiver, such as createReceiver() returns')
  const { continuesAfterResponse = !stoppingPlatforms.some((name) => process.env[name]) } = options
  if (typeof continuesAfterResponse !== 'boolean')
    throw new LineInputError('toNodeHandler: continuesAfterResponse must be true or false')
  const waitUntil = continuesAfterResponse ? () => {} : undefined
  return async (request, response) => {
    if (!property(request, 'headers') || typeof property(response, 'writeHead') !== 'function')
      throw new LineInputError(
        'toNodeHandler: the handler must be called with the request and the response of node:http',
      )
    const { status, message } = await respond(receiver, request, waitUntil)
    // A middleware with a timeout may have responded in the meantime.
    if (response.headersSent) return
    const headers = {
      'content-type': 'text/plain;charset=UTF-8',
      // Without it, node:http sends a chunked response, which takes longer to write than everything else here.
      'content-length': message.length,
      ...(status === 405 && { allow: 'POST' }),
      // The rest of a slow body must not be read as the next request.
      ...(status === 408 && { connection: 'close' }),
    }
    // node:http discards the rest of a refused body, within the server's own requestTimeout.
    response.writeHead(status, headers).end(message, 'latin1')
  }
}
