import { LineInputError } from '../errors.js'
import { uuidPattern } from '../ids.js'
import { bodyKind, type Endpoint, type Host } from '../operation.js'
import type { Upload } from './multipart.js'

/** A request as plain data, so that it can be sent again. It holds no token. */
export interface PlainRequest {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string | Blob | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | FormData | undefined
  /** The source of a streamed body. */
  readonly upload?: Upload | undefined
}

/** The origins of LINE's hosts. */
export const hosts: { readonly [host in Host]: string } = {
  api: 'https://api.line.me',
  data: 'https://api-data.line.me',
  manager: 'https://manager.line.biz',
  access: 'https://access.line.me',
}

/** Returns the method and path of an operation, as errors and hooks show it. It contains no input value. */
export function operationName(operation: Endpoint): string {
  return `${operation.method} ${operation.path}`
}

/** Reads a header value. The runtime also rejects an invalid one, but as a failed connection, and its error quotes the value. */
export function headerValue(operation: string, name: string, value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text === 'string' && text.length <= 8000 && /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text))
    return text
  throw new LineInputError(`${operation}: ${name} is not a valid header value: it must be non-empty, printable ASCII`, {
    operation,
  })
}

type Fields = { readonly [name: string]: unknown }

// A dot segment, percent-encoded or not, would resolve to another endpoint. No LINE ID contains a slash or a control character.
const unsafe = /^(?:\.|%2e){1,2}$|[/\\\p{Cc}]/iu

function segment(name: string, value: unknown, operation: string): string {
  if (typeof value !== 'string' && typeof value !== 'number')
    throw new LineInputError(
      `${operation}: ${name} ${value === undefined ? 'is missing; pass a string' : 'must be a string'}`,
      { operation },
    )
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new LineInputError(`${operation}: ${name} must be a string or an integer below 2^53`, {
      operation,
    })
  const text = wellFormed(operation, name, String(value))
  if (!text || unsafe.test(text))
    throw new LineInputError(
      `${operation}: ${name} is not a valid path value: it ${text ? 'consists of dots, or contains a slash, backslash or control character' : 'is empty'}`,
      {
        operation,
      },
    )
  return encodeURIComponent(text)
}

// Half of a surrogate pair cannot be encoded. A URL would contain a replacement character instead, and name something else.
function wellFormed(operation: string, name: string, text: string): string {
  if (/\p{Cs}/u.test(text))
    throw new LineInputError(`${operation}: ${name} contains half of a surrogate pair, which cannot be sent`, {
      operation,
    })
  return text
}

function append(params: URLSearchParams, name: string, value: unknown, operation: string): void {
  for (const item of Array.isArray(value) ? value : [value]) {
    if (item === undefined) continue
    if (typeof item === 'object' || typeof item === 'function' || typeof item === 'symbol')
      throw new LineInputError(`${operation}: ${name} must be a string, a number or a boolean`, { operation })
    params.append(name, wellFormed(operation, name, String(item)))
  }
}

/**
 * Builds the request of a record and its input. It neither sends a request nor reads a file.
 *
 * @throws {LineInputError} when a path value is missing or invalid, or the body cannot be serialized to JSON.
 */
export async function buildRequest(operation: Endpoint, input: object, baseUrl?: string): Promise<PlainRequest> {
  const { method, query } = operation
  const body = bodyKind(operation)
  const name = operationName(operation)
  const rest: Record<string, unknown> = { ...input }
  const path = operation.path.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = segment(key, rest[key], name)
    delete rest[key]
    return value
  })
  let search = ''
  if (query) {
    const params = new URLSearchParams()
    for (const key in query) {
      append(params, key, rest[key], name)
      delete rest[key]
    }
    search = `${params}` && `?${params}`
  }
  const headers: Record<string, string> = {}
  for (const key in operation.headers) {
    const header = operation.headers[key]
    const value = rest[key]
    delete rest[key]
    if (!header || value === undefined) continue
    headers[header] = headerValue(name, key, value)
  }
  let sent: PlainRequest['body']
  let upload: Upload | undefined
  if (body === 'json') {
    headers['content-type'] = 'application/json'
    try {
      sent = JSON.stringify(rest)
    } catch {
      throw new LineInputError(
        `${name}: the input cannot be serialized to JSON; it contains a cycle, a BigInt or a toJSON that throws`,
        {
          operation: name,
        },
      )
    }
  } else if (body === 'form') {
    headers['content-type'] = 'application/x-www-form-urlencoded'
    const params = new URLSearchParams()
    for (const key in rest) append(params, key, rest[key], name)
    sent = `${params}`
  } else if (body === 'multipart') {
    const { encodeForm, isStreamedFile, streamForm } = await import('./multipart.js')
    if (Object.values(rest).some(isStreamedFile)) {
      upload = streamForm(Object.entries(rest), name)
      headers['content-type'] = upload.contentType
      sent = upload.body
    } else sent = encodeForm(Object.entries(rest), name)
  } else if (body !== 'none') {
    // The Input type of the record guarantees that this field is a valid body.
    sent = (input as Fields)[body.raw] as PlainRequest['body']
  }
  return { method, url: (baseUrl ?? hosts[operation.host ?? 'api']) + path + search, headers, body: sent, upload }
}

/** Throws when a retry key is not a UUID, which LINE would refuse. */
export function checkRetryKey(key: unknown, operation: string): string {
  if (typeof key !== 'string' || !uuidPattern.test(key))
    throw new LineInputError(`${operation}: retryKey must be a UUID, for example crypto.randomUUID()`, { operation })
  return key
}
