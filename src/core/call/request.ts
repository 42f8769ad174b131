import { LineInputError } from '../errors.js'
import { uuidPattern } from '../ids.js'
import { bodyKind, type Endpoint, type Host } from '../operation.js'
import { isStreamedFile, streamForm, type Upload } from './multipart.js'

/** A request as plain data, so that it can be sent again. It holds no token yet. */
export interface PlainRequest {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string | Blob | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | FormData | undefined
  /** Where the body comes from, when it is sent while it is read. */
  readonly upload?: Upload | undefined
}

/** Where LINE's hosts are. */
export const hosts: { readonly [host in Host]: string } = {
  api: 'https://api.line.me',
  data: 'https://api-data.line.me',
  manager: 'https://manager.line.biz',
  access: 'https://access.line.me',
}

/** Method and path of an operation, the name it has in errors and hooks. It holds no value of an input. */
export function operationName(operation: Endpoint): string {
  return `${operation.method} ${operation.path}`
}

type Fields = { readonly [name: string]: unknown }

// A dot segment would lead to another endpoint, percent-encoded or not; a slash or a control character is in no ID of LINE's.
const unsafe = /^(?:\.|%2e){1,2}$|[/\\\p{Cc}]/iu

function segment(name: string, value: unknown, operation: string): string {
  if (typeof value !== 'string' && typeof value !== 'number')
    throw new LineInputError(`${operation}: ${name} is missing; give it as text`, { operation })
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new LineInputError(`${operation}: ${name} is a number that cannot be an ID: no whole one, or beyond 2^53`, {
      operation,
    })
  const text = String(value)
  if (!text || unsafe.test(text))
    throw new LineInputError(
      `${operation}: ${name} cannot stand in a path; it is empty, dots only, or holds a slash or control character`,
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
 * Turns a record and its input into a request. It sends nothing and reads nothing.
 *
 * @throws {LineInputError} when a path value is missing or could lead elsewhere, or the body cannot become JSON.
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
    // The runtime would refuse it too, but in an error that quotes the value.
    if (!/^[\x20-\x7e]+$/.test(String(value)))
      throw new LineInputError(`${name}: ${key} cannot stand in a header; it is empty or not ASCII`, {
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
        `${name}: the input cannot become JSON; it holds a cycle, a BigInt or a toJSON that throws`,
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
    // A record names the one input that is the body, so its type is in the record's own Input.
    sent = (input as Fields)[body.raw] as PlainRequest['body']
  }
  return { method, url: (baseUrl ?? hosts[operation.host ?? 'api']) + path + search, headers, body: sent, upload }
}

/** Makes a retry key: a random UUID, from the runtime's own randomness unless another source is given. */
export function makeRetryKey(random?: () => number): string {
  if (!random) return crypto.randomUUID()
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => Math.floor(random() * 16).toString(16))
}

/** Refuses a retry key that LINE would refuse. */
export function checkRetryKey(key: string, operation: string): string {
  if (!uuidPattern.test(key))
    throw new LineInputError(`${operation}: the retry key is no UUID, such as crypto.randomUUID() makes`, { operation })
  return key
}
