import { LineInputError } from '../errors.js'
import { uuidPattern } from '../ids.js'
import { bodyKind, type Endpoint, type Host } from '../operation.js'
import { isStreamedFile, streamForm, type Upload } from './multipart.js'

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
  const text = String(value)
  if (!text || unsafe.test(text))
    throw new LineInputError(
      `${operation}: ${name} is not a valid path value: it ${text ? 'consists of dots, or contains a slash, backslash or control character' : 'is empty'}`,
      {
        operation,
      },
    )
  return encodeURIComponent(text)
}

function append(params: URLSearchParams, name: string, value: unknown): void {
  for (const item of Array.isArray(value) ? value : [value]) if (item !== undefined) params.append(name, String(item))
}

/**
 * Builds the request of a record and its input. It neither sends a request nor reads a file.
 *
 * @throws {LineInputError} when a path value is missing or invalid, or the body cannot be serialized to JSON.
 */
export function buildRequest(operation: Endpoint, input: object, baseUrl?: string): PlainRequest {
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
      append(params, key, rest[key])
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
    // The runtime also rejects an invalid header, but its error quotes the value.
    if (!/^[\x20-\x7e]+$/.test(String(value)))
      throw new LineInputError(`${name}: ${key} is not a valid header value: it must be non-empty, printable ASCII`, {
        operation: name,
      })
    headers[header] = String(value)
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
    for (const key in rest) append(params, key, rest[key])
    sent = `${params}`
  } else if (body === 'multipart' && Object.values(rest).some(isStreamedFile)) {
    upload = streamForm(Object.entries(rest), name)
    headers['content-type'] = upload.contentType
    sent = upload.body
  } else if (body === 'multipart') {
    const form = new FormData()
    for (const key in rest) {
      const value = rest[key]
      if (value instanceof Blob) form.append(key, value, value instanceof File ? value.name : key)
      else if (value !== undefined) form.append(key, String(value))
    }
    sent = form
  } else if (body !== 'none') {
    // The Input type of the record guarantees that this field is a valid body.
    sent = (input as Fields)[body.raw] as PlainRequest['body']
  }
  return { method, url: (baseUrl ?? hosts[operation.host ?? 'api']) + path + search, headers, body: sent, upload }
}

/** Makes a random retry key. Default of `random`: the runtime's `crypto.randomUUID`. */
export function makeRetryKey(random?: () => number): string {
  if (!random) return crypto.randomUUID()
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => Math.floor(random() * 16).toString(16))
}

/** Throws when a retry key is not a UUID, which LINE would refuse. */
export function checkRetryKey(key: string, operation: string): string {
  if (!uuidPattern.test(key))
    throw new LineInputError(`${operation}: retryKey must be a UUID, for example crypto.randomUUID()`, { operation })
  return key
}
