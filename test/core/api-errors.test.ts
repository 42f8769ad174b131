import { inspect } from 'node:util'
import {
  LineApiError,
  LineAuthenticationError,
  LineError,
  LineInputError,
  LineNetworkError,
  LineTimeoutError,
} from 'line-oa'
import type { CreateCallerOptions } from 'line-oa/core'
import { createCaller } from 'line-oa/core'
import { describe, expect, test } from 'vitest'
import { json, push } from './scripted-responses.js'

/** The error of a push. */
async function failedPush(options: CreateCallerOptions): Promise<unknown> {
  const { call } = createCaller({ channelAccessToken: 'token', ...options })
  return call(push, { to: 'U1' }, { retryKey }).then(
    () => expect.unreachable('the push succeeded'),
    (error: unknown) => error,
  )
}
const refusedWith = (status: number, body: object) => failedPush({ fetch: async () => json(body, status) })

const retryKey = '123e4567-e89b-42d3-a456-426614174000'
const details = [{ property: 'messages[0].text', message: 'May not be empty' }]

describe('an API error', () => {
  test('keeps all its facts in JSON', async () => {
    const error = await refusedWith(400, { message: 'The request body has 1 error(s)', details })
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'LineApiError',
      message: expect.any(String),
      code: 'LINE_API',
      operation: 'POST /v2/bot/message/push',
      outcome: 'rejected',
      retryKey,
      status: 400,
      lineMessage: 'The request body has 1 error(s)',
      details,
      requestId: 'r-400',
    })
  })

  test.each([
    [400, 'The request body has 1 error(s)', 'LINE_API', 'LineApiError'],
    [400, 'Invalid reply token', 'LINE_REPLY_TOKEN', 'LineReplyTokenError'],
    [401, 'Authentication failed due to the following reason: x', 'LINE_AUTHENTICATION', 'LineAuthenticationError'],
    [403, 'Access to this API is not available for your account', 'LINE_PERMISSION', 'LinePermissionError'],
    [404, 'Not found', 'LINE_NOT_FOUND', 'LineNotFoundError'],
    [410, 'Gone', 'LINE_API', 'LineApiError'],
    [429, 'The API rate limit has been exceeded. Try again later.', 'LINE_RATE_LIMIT', 'LineRateLimitError'],
    [429, 'You have reached your monthly limit.', 'LINE_QUOTA', 'LineQuotaError'],
    [429, 'a text that LINE has never used', 'LINE_RATE_LIMIT', 'LineRateLimitError'],
    [500, 'You have reached your monthly limit.', 'LINE_API', 'LineApiError'],
  ])('for %i %s has its code and class', async (status, message, code, name) => {
    const error = await failedPush({ fetch: async () => json({ message }, status), totalTimeout: 100 })
    expect(error).toBeInstanceOf(LineApiError)
    expect(error).toBeInstanceOf(LineError)
    expect(error).toMatchObject({ status, code, name })
  })

  // 409 means that an earlier attempt succeeded, but only under a retry key.
  test('for 409 of a call without a retry key has the code LINE_API', async () => {
    const { call } = createCaller({ channelAccessToken: 'token', fetch: async () => json({}, 409) })
    await expect(call({ ...push, repeat: 'never' }, { to: 'U1' })).rejects.toMatchObject({ code: 'LINE_API' })
  })

  test.each([
    [400, 'The maximum number of access tokens has already been issued', 'LINE_API'],
    [400, "Invalid 'client_credentials'.", 'LINE_AUTHENTICATION'],
    [404, 'Cannot find channel key that satisfies the conditions', 'LINE_NOT_FOUND'],
    [400, 'iss and clientId of key do not match', 'LINE_API'],
    [400, 'Invalid start param', 'LINE_API'],
    [400, 'Failed to send messages', 'LINE_API'],
    [400, 'invalid exp', 'LINE_API'],
    [403, 'Access to this API is not available for your account', 'LINE_PERMISSION'],
  ])('for %i %s has a hint', async (status, message, code) => {
    expect(await refusedWith(status, { message })).toMatchObject({ code, hint: expect.stringMatching(/./) })
  })

  test('with an unknown error text has no hint', async () => {
    expect(await refusedWith(400, { message: 'The request body has 1 error(s)' })).toMatchObject({ hint: undefined })
  })
})

describe('secrets in LINE’s responses', () => {
  const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.c2lnbmF0dXJl-_x'
  const long = `${'aB3+/'.repeat(34)}==`
  const basic = `Basic ${btoa('1234567890:0123456789abcdef0123456789abcdef')}`
  const redacted = async (message: string): Promise<string> => {
    const error = await refusedWith(400, { message })
    return error instanceof LineApiError ? error.lineMessage : expect.unreachable()
  }

  test.each([
    `bad token ${jwt} here`,
    `Bearer ${jwt}`,
    `Bearer abc.def`,
    `access_token=${long}&x=1`,
    `{"client_secret":"8c570fa6dd201bb328f1c1eac23a96d8"}`,
    `token ${long}`,
    `client_assertion=${jwt}`,
    `Authorization: ${basic}, refused`,
  ])('are redacted: %s', async (text) => {
    const clean = await redacted(text)
    expect(clean).toContain('[redacted]')
    for (const secret of [jwt, 'c2lnbmF0dXJl', long, 'abc.def', '8c570fa6dd201bb328f1c1eac23a96d8', basic.slice(6)])
      expect(clean).not.toContain(secret)
  })

  test('are redacted completely, and other text is not', async () => {
    expect(await redacted(`Authorization: ${basic}, refused`)).toBe('Authorization: [redacted], refused')
  })

  test.each([
    "The property, 'to', in the request body is invalid (line: 1, column: 9) U8e742f61d673b39c7fff3cecb7536ef0 123e4567-e89b-12d3-a456-426614174000",
    'See Basic settings in the console',
  ])('are told from IDs and sentences: %s', async (text) => {
    expect(await redacted(text)).toBe(text)
  })

  test('appear nowhere in the error', async () => {
    const error = await refusedWith(400, { message: `bad ${jwt}`, details: [{ message: `Bearer ${jwt}` }] })
    expect(error).toBeInstanceOf(LineApiError)
    const stack = error instanceof Error ? error.stack : ''
    expect(`${inspect(error, { depth: 9 })}${JSON.stringify(error)}${stack}`).not.toContain('c2lnbmF0dXJl')
  })
})

const tokenError = new LineAuthenticationError('LINE_AUTHENTICATION', {
  operation: 'POST /oauth2/v3/token',
  status: 401,
  lineMessage: 'invalid_client',
  details,
  outcome: 'unknown',
})

test.each([
  tokenError,
  new LineTimeoutError('timed out', { operation: 'POST /oauth2/v3/token', outcome: 'unknown' }),
  new LineNetworkError('lost', { reason: 'ECONNRESET', outcome: 'unknown' }),
  new LineInputError('wrong', { problems: [{ path: 'a', found: 'b', allowed: 'c', message: 'd' }] }),
])('a $code of a token source carries the outcome and the retry key of the send that it stopped', async (error) => {
  let requests = 0
  const fetch = async () => {
    requests += 1
    return Response.json({})
  }
  const stopped = await failedPush({ fetch, channelAccessToken: { get: () => Promise.reject(error) } })
  expect(requests).toBe(0)
  expect(stopped).toBeInstanceOf(error.constructor)
  if (!(stopped instanceof LineError)) return expect.unreachable()
  expect({ ...stopped }).toEqual({ ...error, outcome: 'rejected', retryKey })
  expect(stopped.message).toBe(error.message)
})
