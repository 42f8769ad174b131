import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from '../core/call/read-body.js'
import { type Answer, malformed, tooLarge, tooSlow, unsigned, wrongMethod } from './answers.js'
import { isRaw } from './body.js'
import type { Receiver, SignedDelivery } from './receiver.js'
import { isSignature } from './signature.js'

/** As much of a receiver as an adapter needs, whatever its client is. */
export type HandlingReceiver = Pick<Receiver<unknown>, 'handle' | 'maxBodySize' | 'bodyTime'>

/** A request as frameworks leave it: a body parser has put its result, and maybe the bytes, beside the stream that it read. */
type ParsedRequest = IncomingMessage & { readonly rawBody?: unknown; readonly body?: unknown }

/** Answers a request of `node:http`. It never rejects. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

function read(
  request: IncomingMessage,
  receiver: HandlingReceiver,
): Promise<Uint8Array | 'too large' | 'too slow' | 'cut off'> {
  const { maxBodySize, bodyTime } = receiver
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = []
    let size = 0
    if (Number(request.headers['content-length']) > maxBodySize) return resolve('too large')
    // The sender went away while a middleware worked: no event will tell any more.
    if (request.destroyed) return resolve('cut off')
    let open = true
    let timer: unknown
    const done = (result: Uint8Array | 'too large' | 'too slow' | 'cut off') => {
      if (!open) return
      open = false
      if (timer !== undefined) bodyTime.clock.clearTimeout(timer)
      resolve(result)
    }
    // Most bodies come with their header, and are here when the parser is through with what came. A timer costs more than reading them.
    process.nextTick(() => {
      if (open && !request.complete) timer = bodyTime.clock.setTimeout(() => done('too slow'), bodyTime.limit)
    })
    request
      .on('data', (chunk: Uint8Array | string) => {
        // Somebody before may have set an encoding.
        const bytes = typeof chunk === 'string' ? Buffer.from(chunk, request.readableEncoding ?? 'utf8') : chunk
        size += bytes.byteLength
        if (size <= maxBodySize) {
          chunks.push(bytes)
        } else {
          chunks.length = 0
          done('too large')
        }
      })
      .on('end', () => done(join(chunks, size)))
      .on('error', () => done('cut off'))
      .on('close', () => done('cut off'))
      .resume() // a middleware may have paused it
  })
}

/** How a Node handler works. */
export interface NodeHandlerOptions {
  /**
   * Whether the process works on after it has answered, so that `ack: 'early'` and the answer after 1.5 seconds are safe.
   * Default: yes, unless the environment is one of those that stop or slow the process down then: Cloud Functions and Cloud Run, Lambda,
   * Azure Functions, Vercel.
   */
  readonly worksOn?: boolean | undefined
}

// What these platforms document to be set for the program.
const stopping = ['K_SERVICE', 'FUNCTION_TARGET', 'AWS_LAMBDA_FUNCTION_NAME', 'FUNCTIONS_WORKER_RUNTIME', 'VERCEL']

function answer(
  receiver: HandlingReceiver,
  request: ParsedRequest,
  waitUntil: SignedDelivery['waitUntil'],
): Answer | Promise<Answer> {
  const header = request.headers['x-line-signature']
  const signature = typeof header === 'string' ? header : undefined
  if (request.method !== 'POST') return wrongMethod
  if (!isSignature(signature)) return unsigned
  if (request.readableDidRead)
    return receiver.handle({ body: [request.rawBody, request.body].find(isRaw), signature, waitUntil })
  return read(request, receiver).then((body) => {
    if (body === 'too large') return tooLarge
    if (body === 'too slow') return tooSlow
    return body === 'cut off' ? malformed(body) : receiver.handle({ body, signature, waitUntil })
  })
}

/**
 * Makes a request handler for `node:http`, and for Express and Connect wherever it is mounted.
 *
 * It reads the body itself, so put it before body parsers. Behind one it works where the parser leaves the bytes in `req.rawBody`,
 * as Cloud Functions does, or where `req.body` is still raw, as `express.raw()` leaves it; else it answers 500 and tells `onError` why.
 *
 * @example
 * createServer(toNodeHandler(receiver)).listen(3000)
 * app.post('/webhook', toNodeHandler(receiver))
 */
export function toNodeHandler(receiver: HandlingReceiver, options: NodeHandlerOptions = {}): NodeHandler {
  const { worksOn = !stopping.some((name) => process.env[name]) } = options
  const waitUntil = worksOn ? () => {} : undefined
  return async (request, response) => {
    const { status, message } = await answer(receiver, request, waitUntil)
    // A middleware with a time limit may have answered meanwhile.
    if (response.headersSent) return
    const headers = {
      'content-type': 'text/plain;charset=UTF-8',
      // Without it node:http answers in chunks, which takes longer to write than all the rest.
      'content-length': message.length,
      ...(status === 405 && { allow: 'POST' }),
      // What else comes of a body that was too slow is nobody's request.
      ...(status === 408 && { connection: 'close' }),
    }
    // Whatever is left of a body that was refused is thrown away by node:http, within the server's own requestTimeout.
    response.writeHead(status, headers).end(message, 'latin1')
  }
}
