// Every message of line-oa/core, whole: those of calls in general. No other test asserts one.

import type { CallOptions, CreateCallerOptions, Operation, StreamedFile, WarningEvent } from 'line-oa'
import { contracts } from 'line-oa/contracts'
import { createCaller } from 'line-oa/core'
import { getAllLIFFApps, getBotInfo, getUserProfile, pushMessage } from 'line-oa/operations'
import { afterEach, expect, test, vi } from 'vitest'
import { TestClock } from '../clock.js'
import { type ErrorRow, errorOf } from './error-of.js'

afterEach(() => vi.unstubAllGlobals())

const get: Operation<{ id: unknown }, object> = { method: 'GET', path: '/v2/{id}', repeat: 'safe', docs: '' }
const put: Operation<{ [name: string]: unknown }, object> = { method: 'PUT', path: '/v2', repeat: 'never', docs: '' }
const tagged: typeof put = { ...put, headers: { tag: 'x-line-delivery-tag' } }
const upload: Operation<{ file: StreamedFile }, object> = { ...put, method: 'POST', path: '/upload', body: 'multipart' }
const file: Operation<object, { stream: ReadableStream<Uint8Array> }> = {
  method: 'GET',
  host: 'data',
  path: '/file',
  response: 'binary',
  repeat: 'safe',
  docs: '',
}
const push = { to: 'U1', messages: [{ type: 'text' as const, text: 'hello' }] }

/** Calls an operation. Without other options there is a token, and every response is an empty object. */
const call =
  <Input extends object>(
    operation: Operation<Input, unknown>,
    input: Input,
    options: CreateCallerOptions = {},
    callOptions: CallOptions = {},
  ) =>
  () => {
    const clock = new TestClock()
    const fetch = async () => Response.json({})
    const caller = createCaller({ channelAccessToken: 'token', clock, random: () => 0.5, fetch, ...options })
    return clock.settle(caller.call(operation, input as never, callOptions)) // the input of this operation
  }

/** Pushes, where LINE answers with a status and a body. */
const refused = (status: number, body: object | string, headers: { readonly [name: string]: string } = {}) =>
  call(pushMessage, push, {
    fetch: async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers }),
    totalTimeout: 100,
  })

/** Gets the bot's own info, where the connection fails. */
const failing = (error: unknown) => call(getBotInfo, {}, { fetch: () => Promise.reject(error) })
const hanging: typeof fetch = () => new Promise(() => {})
const reset = () =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('10.0.0.1'), { code: 'ECONNREFUSED' }) })

/** Calls with a signal that aborts once the request is sent. */
const abortedCall = () => {
  const stop = new AbortController()
  const fetch: typeof globalThis.fetch = () => {
    queueMicrotask(() => stop.abort())
    return new Promise(() => {})
  }
  return call(getBotInfo, {}, { fetch }, { signal: stop.signal })()
}

const streamed = (): StreamedFile => ({ stream: new Blob(['U1']).stream(), type: 'text/plain', name: 'ids.txt' })

/** Uploads a file twice. */
const uploadTwice = async () => {
  const input = { file: streamed() }
  const fetch: typeof globalThis.fetch = async (_, init) => {
    await new Response(init?.body ?? null).text()
    return Response.json({})
  }
  await call(upload, input, { fetch })()
  return call(upload, input, { fetch })()
}

/** Uploads a file in a runtime that cannot stream a body. */
const uploadInOldRuntime = () => {
  class OldRequest {
    headers = new Headers({ 'content-type': 'text/plain' })
  }
  vi.stubGlobal('Request', OldRequest)
  return call(upload, { file: streamed() })()
}

/** Reads a file whose body is given, on a clock that the test settles. */
const readFile = (body: ReadableStream<Uint8Array>, signal?: AbortSignal) => async () => {
  const clock = new TestClock()
  const caller = createCaller({ channelAccessToken: 'token', clock, fetch: async () => new Response(body) })
  const { stream } = await caller.call(file, {}, { signal })
  return clock.settle(new Response(stream).bytes())
}

/** Reads a file and aborts. */
const abortFile = async () => {
  const stop = new AbortController()
  const { fetch } = { fetch: async () => new Response(new ReadableStream({})) }
  const caller = createCaller({ channelAccessToken: 'token', clock: new TestClock(), fetch })
  const { stream } = await caller.call(file, {}, { signal: stop.signal })
  const reading = new Response(stream).bytes()
  stop.abort()
  return reading
}

test.each<readonly [what: string, call: () => unknown, ...ErrorRow]>([
  [
    'channelAccessToken: empty',
    () => createCaller({ channelAccessToken: '' }),
    'LINE_INPUT',
    undefined,
    'channelAccessToken: this is no channel access token: it is empty',
  ],
  [
    'channelAccessToken: spaces',
    () => createCaller({ channelAccessToken: '  ' }),
    'LINE_INPUT',
    undefined,
    'channelAccessToken: this is no channel access token: it is empty',
  ],
  [
    'channelAccessToken: a Bearer prefix',
    () => createCaller({ channelAccessToken: 'Bearer abc' }),
    'LINE_INPUT',
    undefined,
    'channelAccessToken: this is no channel access token: it goes without "Bearer", which is put in front',
  ],
  [
    'channelAccessToken: a line break inside',
    () => createCaller({ channelAccessToken: 'abc\ndef' }),
    'LINE_INPUT',
    undefined,
    'channelAccessToken: this is no channel access token: it holds what no token has, such as spaces',
  ],
  [
    'channelAccessToken: a full-width letter',
    () => createCaller({ channelAccessToken: 'ab\u{ff43}' }),
    'LINE_INPUT',
    undefined,
    'channelAccessToken: this is no channel access token: it holds what no token has, such as spaces',
  ],
  [
    'accessToken: empty',
    call(getBotInfo, {}, {}, { accessToken: ' ' }),
    'LINE_INPUT',
    undefined,
    'GET /v2/bot/info: this is no channel access token: it is empty',
  ],
  [
    'a token source: an empty token',
    call(getBotInfo, {}, { channelAccessToken: { get: async () => '' } }),
    'LINE_INPUT',
    undefined,
    'GET /v2/bot/info: this is no channel access token: it is empty',
  ],
  [
    'a token source: an error',
    call(getBotInfo, {}, { channelAccessToken: { get: () => Promise.reject(new Error('secret')) } }),
    'LINE_INPUT',
    undefined,
    'GET /v2/bot/info: the token source or the limiter failed before anything was sent',
  ],
  [
    'a limiter: an error',
    call(getBotInfo, {}, { limiter: { acquire: () => Promise.reject(new Error('secret')) } }),
    'LINE_INPUT',
    undefined,
    'GET /v2/bot/info: the token source or the limiter failed before anything was sent',
  ],
  [
    'baseUrl: no scheme',
    () => createCaller({ baseUrl: 'localhost:3000' }),
    'LINE_INPUT',
    undefined,
    'baseUrl: it is a URL such as http://127.0.0.1:3000, without a query',
  ],
  [
    'baseUrl: a query',
    () => createCaller({ baseUrl: 'http://127.0.0.1/?x=1' }),
    'LINE_INPUT',
    undefined,
    'baseUrl: it is a URL such as http://127.0.0.1:3000, without a query',
  ],
  [
    'botIdHeader: a space',
    () => createCaller({ botIdHeader: 'two words' }),
    'LINE_INPUT',
    undefined,
    'botIdHeader: a header is called by letters, digits and hyphens',
  ],
  [
    'no token',
    call(getBotInfo, {}, { channelAccessToken: undefined }),
    'LINE_INPUT',
    undefined,
    'GET /v2/bot/info: there is no channel access token',
  ],
  [
    'no user access token',
    call(getUserProfile, {}),
    'LINE_INPUT',
    undefined,
    "GET /v2/profile: it takes a user's token: pass accessToken in the options",
  ],
  [
    'a kind of token that the operation does not take',
    call(getAllLIFFApps, {}, { channelAccessToken: { kind: 'v2.1', get: async () => 'token' } }),
    'LINE_INPUT',
    undefined,
    'GET /liff/v1/apps: it takes no v2.1 channel access token, only stateless, short-lived',
  ],
  [
    'a path value: missing',
    call(get, { id: undefined }),
    'LINE_INPUT',
    undefined,
    'GET /v2/{id}: id is missing; give it as text',
  ],
  [
    'a path value: an object',
    call(get, { id: {} }),
    'LINE_INPUT',
    undefined,
    'GET /v2/{id}: id is missing; give it as text',
  ],
  [
    'a path value: not a whole number',
    call(get, { id: 1.5 }),
    'LINE_INPUT',
    undefined,
    'GET /v2/{id}: id is a number that cannot be an ID: no whole one, or beyond 2^53',
  ],
  [
    'a path value: a number beyond 2^53',
    call(get, { id: 2 ** 53 }),
    'LINE_INPUT',
    undefined,
    'GET /v2/{id}: id is a number that cannot be an ID: no whole one, or beyond 2^53',
  ],
  [
    'a path value: empty',
    call(get, { id: '' }),
    'LINE_INPUT',
    undefined,
    'GET /v2/{id}: id cannot stand in a path; it is empty, dots only, or holds a slash or control character',
  ],
  [
    'a path value: dots',
    call(get, { id: '..' }),
    'LINE_INPUT',
    undefined,
    'GET /v2/{id}: id cannot stand in a path; it is empty, dots only, or holds a slash or control character',
  ],
  [
    'a path value: a slash',
    call(get, { id: 'a/b' }),
    'LINE_INPUT',
    undefined,
    'GET /v2/{id}: id cannot stand in a path; it is empty, dots only, or holds a slash or control character',
  ],
  [
    'a header value: a line break',
    call(tagged, { tag: 'a\nb: c' }),
    'LINE_INPUT',
    undefined,
    'PUT /v2: tag cannot stand in a header; it is empty or not ASCII',
  ],
  [
    'a header value: empty',
    call(tagged, { tag: '' }),
    'LINE_INPUT',
    undefined,
    'PUT /v2: tag cannot stand in a header; it is empty or not ASCII',
  ],
  [
    'a body: a BigInt',
    call(put, { big: 1n }),
    'LINE_INPUT',
    undefined,
    'PUT /v2: the input cannot become JSON; it holds a cycle, a BigInt or a toJSON that throws',
  ],
  [
    'a retry key where LINE takes none',
    call(put, {}, {}, { retryKey: '123e4567-e89b-42d3-a456-426614174000' }),
    'LINE_INPUT',
    undefined,
    'PUT /v2: LINE takes no retry key here',
  ],
  [
    'a retry key that is not a UUID',
    call(pushMessage, push, {}, { retryKey: 'again' }),
    'LINE_INPUT',
    undefined,
    'POST /v2/bot/message/push: the retry key is no UUID, such as crypto.randomUUID() makes',
  ],
  [
    'an input that a contract refuses',
    call(pushMessage, { to: '', messages: [] }, { validate: contracts() }),
    'LINE_INPUT',
    'to, messages',
    'POST /v2/bot/message/push: to must be text that is not empty, but is empty text; messages must be a list of 1 to 5, but is a list of 0',
  ],
  [
    'a streamed file that was read before',
    uploadTwice,
    'LINE_INPUT',
    undefined,
    'POST /upload: file was read before; a file that is sent while it is read serves one call',
  ],
  [
    'a streamed file in a runtime that cannot stream',
    uploadInOldRuntime,
    'LINE_INPUT',
    undefined,
    'POST /upload: this runtime cannot send a file while it is read; give the whole file as a Blob',
  ],
  [
    'a file that stops arriving',
    readFile(new ReadableStream({})),
    'LINE_TIMEOUT',
    undefined,
    'GET /file: the file did not arrive in time',
  ],
  [
    'a file whose connection is lost',
    readFile(new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) })),
    'LINE_NETWORK',
    undefined,
    'GET /file: the connection was lost while the file was read',
  ],
  ['a file that is aborted', abortFile, 'LINE_ABORTED', undefined, 'GET /file: aborted while the file was read'],
  [
    'a connection that fails once',
    call(put, {}, { fetch: () => Promise.reject(reset()) }),
    'LINE_NETWORK',
    undefined,
    'PUT /v2: the connection to api.line.me failed (ECONNREFUSED)',
  ],
  [
    'a connection that fails four times',
    failing(reset()),
    'LINE_NETWORK',
    undefined,
    'GET /v2/bot/info: the connection to api.line.me failed (ECONNREFUSED), 4 times',
  ],
  [
    'a connection that fails without a code',
    failing(new RangeError('my bug, and a secret')),
    'LINE_NETWORK',
    undefined,
    'GET /v2/bot/info: the connection to api.line.me failed (RangeError), 4 times',
  ],
  [
    'a timeout of one attempt',
    call(put, {}, { fetch: hanging, timeout: 3000 }),
    'LINE_TIMEOUT',
    undefined,
    'PUT /v2: no answer in time (3000 ms each, 30000 ms in all)',
  ],
  [
    'a timeout after four attempts',
    call(getBotInfo, {}, { fetch: hanging, timeout: 3000 }),
    'LINE_TIMEOUT',
    undefined,
    'GET /v2/bot/info: no answer in time (3000 ms each, 30000 ms in all), 4 times',
  ],
  ['an aborted call', abortedCall, 'LINE_ABORTED', undefined, "GET /v2/bot/info: aborted by the caller's signal"],
  [
    'a refusal with details',
    refused(
      400,
      {
        message: 'The request body has 1 error(s)',
        details: [{ property: 'messages[0].text', message: 'May not be empty' }],
      },
      { 'x-line-request-id': '8e36' },
    ),
    'LINE_API',
    undefined,
    'POST /v2/bot/message/push -> 400 The request body has 1 error(s): messages[0].text May not be empty (request 8e36)',
  ],
  [
    'a refusal with several details',
    refused(400, {
      message: 'The request body has 2 error(s)',
      details: [{ property: 'to', message: 'May not be empty' }, { message: 'Size must be between 1 and 5' }],
    }),
    'LINE_API',
    undefined,
    'POST /v2/bot/message/push -> 400 The request body has 2 error(s): to May not be empty; Size must be between 1 and 5',
  ],
  [
    'a refusal without a message',
    refused(400, '<html>'),
    'LINE_API',
    undefined,
    'POST /v2/bot/message/push -> 400 without a message of LINE',
  ],
  [
    'an OAuth error',
    refused(400, { error: 'invalid_request', error_description: 'some parameters missed or invalid' }),
    'LINE_API',
    undefined,
    'POST /v2/bot/message/push -> 400 some parameters missed or invalid',
  ],
  [
    'a redirect',
    refused(302, ''),
    'LINE_API',
    undefined,
    'POST /v2/bot/message/push -> 302 redirects are not followed',
  ],
  [
    '401',
    refused(401, {
      message:
        'Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization header is valid.',
    }),
    'LINE_AUTHENTICATION',
    undefined,
    'POST /v2/bot/message/push -> 401 Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization header is valid.',
  ],
  [
    '403',
    refused(403, { message: 'Access to this API is not available for your account' }),
    'LINE_PERMISSION',
    undefined,
    'POST /v2/bot/message/push -> 403 Access to this API is not available for your account. It is for verified and premium accounts, or other plans',
  ],
  [
    '404',
    refused(404, { message: 'Not found' }),
    'LINE_NOT_FOUND',
    undefined,
    'POST /v2/bot/message/push -> 404 Not found',
  ],
  [
    '404: an unknown kid',
    refused(404, { message: 'Cannot find channel key that satisfies the conditions' }),
    'LINE_NOT_FOUND',
    undefined,
    'POST /v2/bot/message/push -> 404 Cannot find channel key that satisfies the conditions. The kid is not registered on this channel',
  ],
  [
    '429: a rate limit',
    refused(429, { message: 'The API rate limit has been exceeded. Try again later.' }),
    'LINE_RATE_LIMIT',
    undefined,
    'POST /v2/bot/message/push -> 429 The API rate limit has been exceeded. Try again later.',
  ],
  [
    '429: the monthly quota',
    refused(429, { message: 'You have reached your monthly limit.' }),
    'LINE_QUOTA',
    undefined,
    'POST /v2/bot/message/push -> 429 You have reached your monthly limit.. Raise the plan or the additional messages, or wait for the next month',
  ],
  [
    '500',
    refused(500, { message: 'Internal server error' }),
    'LINE_API',
    undefined,
    'POST /v2/bot/message/push -> 500 Internal server error',
  ],
  [
    '502 with HTML',
    refused(502, '<html>'),
    'LINE_API',
    undefined,
    'POST /v2/bot/message/push -> 502 without a message of LINE',
  ],
  [
    '400: a reply token',
    refused(400, { message: 'Invalid reply token' }),
    'LINE_REPLY_TOKEN',
    undefined,
    'POST /v2/bot/message/push -> 400 Invalid reply token. A reply token works once, within a minute of its event; push instead',
  ],
  [
    '400: a start of a list',
    refused(400, { message: 'Invalid start param' }),
    'LINE_API',
    undefined,
    'POST /v2/bot/message/push -> 400 Invalid start param. A cursor works for 24 hours, and in its own list only; begin again without it',
  ],
  [
    '400: too many tokens',
    refused(400, { message: 'The maximum number of access tokens has already been issued' }),
    'LINE_API',
    undefined,
    'POST /v2/bot/message/push -> 400 The maximum number of access tokens has already been issued. A channel holds 30 v2.1 tokens; revoke one, or share one through a store',
  ],
  [
    '400: a wrong channel secret',
    refused(400, { error: 'invalid_request', error_description: "Invalid 'client_credentials'." }),
    'LINE_AUTHENTICATION',
    undefined,
    "POST /v2/bot/message/push -> 400 Invalid 'client_credentials'.. Channel ID and channel secret do not belong together",
  ],
  [
    '400: a key of another channel',
    refused(400, { message: 'iss and clientId of key do not match' }),
    'LINE_API',
    undefined,
    'POST /v2/bot/message/push -> 400 iss and clientId of key do not match. The key is registered on another channel',
  ],
  [
    '400: an expired assertion',
    refused(400, { message: 'Invalid exp' }),
    'LINE_API',
    undefined,
    'POST /v2/bot/message/push -> 400 Invalid exp. The assertion is expired, or this clock is wrong',
  ],
  [
    '400: an unknown user',
    refused(400, { message: 'Failed to send messages' }),
    'LINE_API',
    undefined,
    'POST /v2/bot/message/push -> 400 Failed to send messages. Unknown to this channel; user IDs differ by provider',
  ],
  [
    'a secret in LINE’s message',
    refused(400, { message: 'client_secret=8c570fa6dd201bb328f1c1eac23a96d8 is wrong' }),
    'LINE_AUTHENTICATION',
    undefined,
    'POST /v2/bot/message/push -> 400 client_secret=[redacted] is wrong. Channel ID and channel secret do not belong together',
  ],
  [
    'a response without JSON',
    call(getBotInfo, {}, { fetch: async () => new Response('<html>eyJsecret</html>') }),
    'LINE_API',
    undefined,
    'GET /v2/bot/info -> 200 LINE accepted the call, but its answer is not the JSON that it documents',
  ],
])('%s', async (_, call, ...expected) => {
  expect(await errorOf(call)).toEqual(expected)
})

const checked = (body: string, warning: (event: WarningEvent) => void): CreateCallerOptions => ({
  validate: contracts(),
  fetch: async () => new Response(body),
  hooks: { warning },
})

test.each<
  readonly [what: string, warn: (hook: (event: WarningEvent) => void) => () => Promise<unknown>, message: string]
>([
  [
    'a response that is not JSON',
    (hook) => call(pushMessage, push, checked('<html>', hook)),
    'LINE accepted the call, but its answer is not the JSON that it documents',
  ],
  [
    'a response that a contract refuses',
    (hook) => call(getBotInfo, {}, checked('{"userId":1}', hook)),
    'the answer differs from what LINE documents: userId must be text, but is 1',
  ],
])('a warning about %s', async (_, warn, message) => {
  const warnings: WarningEvent[] = []
  await warn((event) => warnings.push(event))()
  expect(warnings.map((event) => [event.code, event.message])).toEqual([['unexpected-body', message]])
})

test('the stream of a file whose call has ended', async () => {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  const fetch: typeof globalThis.fetch = async (_, init) => {
    if (init?.body instanceof ReadableStream) reader = init.body.getReader()
    return new Response('{"message":"no"}', { status: 401 })
  }
  const { stream, type, name } = streamed()
  await expect(call(upload, { file: { stream, type, name } }, { fetch })()).rejects.toMatchObject({ status: 401 })
  await expect(reader?.read()).rejects.toThrow(new Error('the call is over'))
})
