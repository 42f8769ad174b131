// Every message of line-oa/core, whole: those of calls in general. No other test asserts one.

import type { CallOptions, Operation, StreamedFile, WarningEvent } from 'line-oa'
import { contracts } from 'line-oa/contracts'
import type { CreateCallerOptions } from 'line-oa/core'
import { createCaller, LineApiError, parseRate, rateLimiter } from 'line-oa/core'
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
    'channelAccessToken is missing or empty',
  ],
  [
    'channelAccessToken: spaces',
    () => createCaller({ channelAccessToken: '  ' }),
    'LINE_INPUT',
    undefined,
    'channelAccessToken is missing or empty',
  ],
  [
    'channelAccessToken: a Bearer prefix',
    () => createCaller({ channelAccessToken: 'Bearer abc' }),
    'LINE_INPUT',
    undefined,
    'Remove the "Bearer " prefix from channelAccessToken; the SDK adds it',
  ],
  [
    'channelAccessToken: a space inside',
    () => createCaller({ channelAccessToken: 'abc def' }),
    'LINE_INPUT',
    undefined,
    'channelAccessToken contains characters that are not allowed in a token, such as spaces or quotes; pass only the value',
  ],
  [
    'channelAccessToken: a full-width letter',
    () => createCaller({ channelAccessToken: 'ab\u{ff43}' }),
    'LINE_INPUT',
    undefined,
    'channelAccessToken contains characters that are not allowed in a token, such as spaces or quotes; pass only the value',
  ],
  [
    'accessToken: empty',
    call(getBotInfo, {}, {}, { accessToken: ' ' }),
    'LINE_INPUT',
    undefined,
    'GET /v2/bot/info: the access token is missing or empty',
  ],
  [
    'a token source: an empty token',
    call(getBotInfo, {}, { channelAccessToken: { get: async () => '' } }),
    'LINE_INPUT',
    undefined,
    'GET /v2/bot/info: the access token is missing or empty',
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
    'channelAccessToken: the text of a missing variable',
    () => createCaller({ channelAccessToken: 'undefined' }),
    'LINE_INPUT',
    undefined,
    'channelAccessToken is a placeholder; check that the variable it comes from is set',
  ],
  [
    'channelAccessToken: quotes',
    () => createCaller({ channelAccessToken: '"abc"' }),
    'LINE_INPUT',
    undefined,
    'channelAccessToken contains characters that are not allowed in a token, such as spaces or quotes; pass only the value',
  ],
  [
    'channelAccessToken: a private key in base64',
    () => createCaller({ channelAccessToken: btoa('-----BEGIN PRIVATE KEY-----') }),
    'LINE_INPUT',
    undefined,
    'channelAccessToken is a private key in base64; pass it to assertionKey()',
  ],
  [
    'channelAccessToken: a number',
    () => createCaller({ channelAccessToken: 1 as never }),
    'LINE_INPUT',
    undefined,
    'channelAccessToken must be a string',
  ],
  [
    'baseUrl: a user name and a password',
    () => createCaller({ baseUrl: 'http://user:pass@127.0.0.1:9' }),
    'LINE_INPUT',
    undefined,
    'baseUrl must be an http(s) origin such as https://api.example.com, without query, hash or credentials',
  ],
  [
    'baseUrl: http beyond this machine',
    () => createCaller({ baseUrl: 'http://proxy.example:8080' }),
    'LINE_INPUT',
    undefined,
    'baseUrl must be https, because http shows the tokens to everyone on the way; set allowInsecure to allow it',
  ],
  [
    'timeout: not a number',
    () => createCaller({ timeout: Number.NaN }),
    'LINE_INPUT',
    undefined,
    'createCaller: timeout must be a number of milliseconds above 0',
  ],
  [
    'clock: without timers',
    () => createCaller({ clock: { now: () => 0 } as never }),
    'LINE_INPUT',
    undefined,
    'createCaller: clock must be an object with now(), setTimeout(), clearTimeout()',
  ],
  [
    'options: null',
    () => createCaller(null as never),
    'LINE_INPUT',
    undefined,
    'createCaller: the options must be an object',
  ],
  [
    'parseRate: another unit',
    () => parseRate('5/day' as never),
    'LINE_INPUT',
    undefined,
    'rate must be a rate such as 2000/s, 60/min or 3/h',
  ],
  [
    'rateLimiter: a bucket without a key',
    () => rateLimiter().acquire({} as never),
    'LINE_INPUT',
    undefined,
    'acquire: bucket must be a rate limit bucket with a key',
  ],
  [
    'LineApiError: no facts',
    () => new LineApiError('LINE_API', {} as never),
    'LINE_INPUT',
    undefined,
    'LineApiError requires facts with operation, status, lineMessage and details',
  ],
  [
    'baseUrl: no scheme',
    () => createCaller({ baseUrl: 'localhost:3000' }),
    'LINE_INPUT',
    undefined,
    'baseUrl must be an http(s) origin such as https://api.example.com, without query, hash or credentials',
  ],
  [
    'baseUrl: a query',
    () => createCaller({ baseUrl: 'http://127.0.0.1/?x=1' }),
    'LINE_INPUT',
    undefined,
    'baseUrl must be an http(s) origin such as https://api.example.com, without query, hash or credentials',
  ],
  [
    'botIdHeader: a space',
    () => createCaller({ botIdHeader: 'two words' }),
    'LINE_INPUT',
    undefined,
    'botIdHeader must be a header name of letters, digits and hyphens',
  ],
  [
    'no token',
    call(getBotInfo, {}, { channelAccessToken: undefined }),
    'LINE_INPUT',
    undefined,
    'GET /v2/bot/info: requires a channel access token; pass channelAccessToken',
  ],
  [
    'no user access token',
    call(getUserProfile, {}),
    'LINE_INPUT',
    undefined,
    'GET /v2/profile: requires a user access token; pass { accessToken }',
  ],
  [
    'a kind of token that the operation does not take',
    call(getAllLIFFApps, {}, { channelAccessToken: { kind: 'v2.1', get: async () => 'token' } }),
    'LINE_INPUT',
    undefined,
    'GET /liff/v1/apps: does not accept channel access tokens of the kind v2.1; use stateless or short-lived',
  ],
  [
    'a path value: missing',
    call(get, { id: undefined }),
    'LINE_INPUT',
    undefined,
    'GET /v2/{id}: id is missing; pass a string',
  ],
  ['a path value: an object', call(get, { id: {} }), 'LINE_INPUT', undefined, 'GET /v2/{id}: id must be a string'],
  [
    'a path value: not a whole number',
    call(get, { id: 1.5 }),
    'LINE_INPUT',
    undefined,
    'GET /v2/{id}: id must be a string or an integer below 2^53',
  ],
  [
    'a path value: a number beyond 2^53',
    call(get, { id: 2 ** 53 }),
    'LINE_INPUT',
    undefined,
    'GET /v2/{id}: id must be a string or an integer below 2^53',
  ],
  [
    'a path value: empty',
    call(get, { id: '' }),
    'LINE_INPUT',
    undefined,
    'GET /v2/{id}: id is not a valid path value: it is empty',
  ],
  [
    'a path value: dots',
    call(get, { id: '..' }),
    'LINE_INPUT',
    undefined,
    'GET /v2/{id}: id is not a valid path value: it consists of dots, or contains a slash, backslash or control character',
  ],
  [
    'a path value: a slash',
    call(get, { id: 'a/b' }),
    'LINE_INPUT',
    undefined,
    'GET /v2/{id}: id is not a valid path value: it consists of dots, or contains a slash, backslash or control character',
  ],
  [
    'a header value: a line break',
    call(tagged, { tag: 'a\nb: c' }),
    'LINE_INPUT',
    undefined,
    'PUT /v2: tag is not a valid header value: it must be non-empty, printable ASCII',
  ],
  [
    'a header value: empty',
    call(tagged, { tag: '' }),
    'LINE_INPUT',
    undefined,
    'PUT /v2: tag is not a valid header value: it must be non-empty, printable ASCII',
  ],
  [
    'a body: a BigInt',
    call(put, { big: 1n }),
    'LINE_INPUT',
    undefined,
    'PUT /v2: the input cannot be serialized to JSON; it contains a cycle, a BigInt or a toJSON that throws',
  ],
  [
    'a retry key where LINE takes none',
    call(put, {}, {}, { retryKey: '123e4567-e89b-42d3-a456-426614174000' }),
    'LINE_INPUT',
    undefined,
    'PUT /v2: retryKey is not supported by this operation; remove it',
  ],
  [
    'a retry key that is not a UUID',
    call(pushMessage, push, {}, { retryKey: 'again' }),
    'LINE_INPUT',
    undefined,
    'POST /v2/bot/message/push: retryKey must be a UUID, for example crypto.randomUUID()',
  ],
  [
    'an input that a contract refuses',
    call(pushMessage, { to: '', messages: [] }, { validate: contracts() }),
    'LINE_INPUT',
    'to, messages',
    'POST /v2/bot/message/push: to must be a non-empty string, but is an empty string; messages must be an array of 1 to 5 items, but is an array of 0 items',
  ],
  [
    'a streamed file that was read before',
    uploadTwice,
    'LINE_INPUT',
    undefined,
    'POST /upload: file was already read; create a new file for each call',
  ],
  [
    'a streamed file in a runtime that cannot stream',
    uploadInOldRuntime,
    'LINE_INPUT',
    undefined,
    'POST /upload: this runtime cannot stream a request body; pass the file as a Blob',
  ],
  [
    'a file that stops arriving',
    readFile(new ReadableStream({})),
    'LINE_TIMEOUT',
    undefined,
    'GET /file: timed out while the file was read',
  ],
  [
    'a file whose connection is lost',
    readFile(new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) })),
    'LINE_NETWORK',
    undefined,
    'GET /file: the connection was lost while the file was read',
  ],
  [
    'a file that is aborted',
    abortFile,
    'LINE_ABORTED',
    undefined,
    "GET /file: aborted by the caller's signal while the file was read",
  ],
  [
    'a connection that fails once',
    call(put, {}, { fetch: () => Promise.reject(reset()) }),
    'LINE_NETWORK',
    undefined,
    'PUT /v2: could not connect to api.line.me (ECONNREFUSED)',
  ],
  [
    'a connection that fails four times',
    failing(reset()),
    'LINE_NETWORK',
    undefined,
    'GET /v2/bot/info: could not connect to api.line.me (ECONNREFUSED) after 4 attempts',
  ],
  [
    'a connection that fails without a code',
    failing(new RangeError('my bug, and a secret')),
    'LINE_NETWORK',
    undefined,
    'GET /v2/bot/info: the connection to api.line.me failed (RangeError) after 4 attempts',
  ],
  [
    'a timeout of one attempt',
    call(put, {}, { fetch: hanging, timeout: 3000 }),
    'LINE_TIMEOUT',
    undefined,
    'PUT /v2: timed out (3000 ms per attempt, 30000 ms in total)',
  ],
  [
    'a timeout after four attempts',
    call(getBotInfo, {}, { fetch: hanging, timeout: 3000 }),
    'LINE_TIMEOUT',
    undefined,
    'GET /v2/bot/info: timed out after 4 attempts (3000 ms per attempt, 30000 ms in total)',
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
    'POST /v2/bot/message/push -> 400 the response has no message from LINE',
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
    'POST /v2/bot/message/push -> 403 Access to this API is not available for your account. The feature requires a verified or premium account, or another plan',
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
    'POST /v2/bot/message/push -> 429 You have reached your monthly limit. Upgrade the plan, raise the limit for additional messages, or wait until next month',
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
    'POST /v2/bot/message/push -> 502 the response has no message from LINE',
  ],
  [
    '400: a reply token',
    refused(400, { message: 'Invalid reply token' }),
    'LINE_REPLY_TOKEN',
    undefined,
    'POST /v2/bot/message/push -> 400 Invalid reply token. A reply token can be used once, within a minute of its event; send a push message instead',
  ],
  [
    '400: a start of a list',
    refused(400, { message: 'Invalid start param' }),
    'LINE_API',
    undefined,
    'POST /v2/bot/message/push -> 400 Invalid start param. A cursor is valid for 24 hours and only for its own list; start again without it',
  ],
  [
    '400: too many tokens',
    refused(400, { message: 'The maximum number of access tokens has already been issued' }),
    'LINE_API',
    undefined,
    'POST /v2/bot/message/push -> 400 The maximum number of access tokens has already been issued. A channel can have 30 channel access tokens v2.1; revoke one, or share one through a store',
  ],
  [
    '400: a wrong channel secret',
    refused(400, { error: 'invalid_request', error_description: "Invalid 'client_credentials'." }),
    'LINE_AUTHENTICATION',
    undefined,
    "POST /v2/bot/message/push -> 400 Invalid 'client_credentials'. The channel ID and the channel secret do not match",
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
    "POST /v2/bot/message/push -> 400 Invalid exp. The assertion has expired, or this machine's clock is wrong",
  ],
  [
    '400: an unknown user',
    refused(400, { message: 'Failed to send messages' }),
    'LINE_API',
    undefined,
    'POST /v2/bot/message/push -> 400 Failed to send messages. The recipient is not known to this channel; user IDs differ between providers',
  ],
  [
    'a secret in LINE’s message',
    refused(400, { message: 'client_secret=8c570fa6dd201bb328f1c1eac23a96d8 is wrong' }),
    'LINE_AUTHENTICATION',
    undefined,
    'POST /v2/bot/message/push -> 400 client_secret=[redacted] is wrong. The channel ID and the channel secret do not match',
  ],
  [
    'a response without JSON',
    call(getBotInfo, {}, { fetch: async () => new Response('<html>eyJsecret</html>') }),
    'LINE_API',
    undefined,
    'GET /v2/bot/info -> 200 LINE accepted the call, but its response is not the documented JSON',
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
    'LINE accepted the call, but its response is not the documented JSON',
  ],
  [
    'a response that a contract refuses',
    (hook) => call(getBotInfo, {}, checked('{"userId":1}', hook)),
    "The response differs from LINE's documentation: userId must be a string, but is 1",
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
  expect(await errorOf(async () => reader?.read())).toEqual([
    'LINE_INPUT',
    undefined,
    'POST /upload: the upload was stopped because the call has ended',
  ])
})
