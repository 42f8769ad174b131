import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Answer, malformed, tooLarge, unsigned, wrongMethod } from './answers.js'
import { isRaw, join } from './body.js'
import type { Receiver } from './receiver.js'
import { isSignature } from './signature.js'

/** As much of a receiver as an adapter needs, whatever its client is. */
export type HandlingReceiver = Pick<Receiver<unknown>, 'handle' | 'maxBodySize'>

/** A request as frameworks leave it: a body parser has put its result, and maybe the bytes, beside the stream that it read. */
type ParsedRequest = IncomingMessage & { readonly rawBody?: unknown; readonly body?: unknown }

/** Answers a request of `node:http`. It never rejects. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

function read(request: IncomingMessage, limit: number): Promise<Uint8Array | 'too large' | 'cut off'> {
  return new Promise((done) => {
    const chunks: Uint8Array[] = []
    let size = 0
    if (Number(request.headers['content-length']) > limit) return done('too large')
    // The sender went away while a middleware worked: no event will tell any more.
    if (request.destroyed) return done('cut off')
    request
      .on('data', (chunk: Uint8Array | string) => {
        // Somebody before may have set an encoding.
        const bytes = typeof chunk === 'string' ? Buffer.from(chunk, request.readableEncoding ?? 'utf8') : chunk
        size += bytes.byteLength
        if (size <= limit) {
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

async function answer(receiver: HandlingReceiver, request: ParsedRequest): Promise<Answer> {
  const header = request.headers['x-line-signature']
  const signature = typeof header === 'string' ? header : undefined
  if (request.method !== 'POST') return wrongMethod
  if (!isSignature(signature)) return unsigned
  if (request.readableDidRead) return receiver.handle({ body: [request.rawBody, request.body].find(isRaw), signature })
  const body = await read(request, receiver.maxBodySize)
  if (body === 'too large') return tooLarge
  return body === 'cut off' ? malformed(body) : receiver.handle({ body, signature })
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
export function toNodeHandler(receiver: HandlingReceiver): NodeHandler {
  return async (request, response) => {
    const { status, message } = await answer(receiver, request)
    // A middleware with a time limit may have answered meanwhile.
    if (response.headersSent) return
    const headers = { 'content-type': 'text/plain;charset=UTF-8', ...(status === 405 && { allow: 'POST' }) }
    // Whatever is left of a body that was refused is thrown away by node:http, within the server's own requestTimeout.
    response.writeHead(status, headers).end(message)
  }
}
