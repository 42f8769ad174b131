import { inspect } from 'node:util'
import { LineApiError, LineError, LineInputError, LineNetworkError, LineTimeoutError } from 'line-oa'
import { describe, expect, test } from 'vitest'
import { apiError, classify, withFacts } from '../../src/core/call/api-error.js'
import { redact } from '../../src/core/errors.js'

const facts = {
  operation: 'POST /v2/bot/message/push',
  status: 400,
  lineMessage: 'The request body has 1 error(s)',
  details: [{ property: 'messages[0].text', message: 'May not be empty' }],
  requestId: '8e36',
}

describe('what an error tells', () => {
  test('method, path, status, LINE’s words, the place, the request', () => {
    expect(apiError('LINE_API', facts).message).toBe(
      'POST /v2/bot/message/push -> 400 The request body has 1 error(s): messages[0].text May not be empty (request 8e36)',
    )
  })

  test('JSON keeps all of it', () => {
    const error = apiError('LINE_API', { ...facts, retryKey: 'key', outcome: 'rejected' })
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: 'LineApiError',
      message: error.message,
      code: 'LINE_API',
      operation: facts.operation,
      outcome: 'rejected',
      retryKey: 'key',
      status: 400,
      lineMessage: facts.lineMessage,
      details: facts.details,
      requestId: '8e36',
    })
  })

  test('is of the class of its code', () => {
    const names = (
      [
        'LINE_RATE_LIMIT',
        'LINE_QUOTA',
        'LINE_AUTHENTICATION',
        'LINE_PERMISSION',
        'LINE_NOT_FOUND',
        'LINE_REPLY_TOKEN',
        'LINE_API',
      ] as const
    ).map((code) => {
      const error = apiError(code, facts)
      expect(error).toBeInstanceOf(LineApiError)
      expect(error).toBeInstanceOf(LineError)
      return error.name
    })
    expect(names).toEqual([
      'LineRateLimitError',
      'LineQuotaError',
      'LineAuthenticationError',
      'LinePermissionError',
      'LineNotFoundError',
      'LineReplyTokenError',
      'LineApiError',
    ])
  })
})

describe('the code of an answer', () => {
  test.each([
    [400, 'The request body has 1 error(s)', 'LINE_API'],
    [400, 'Invalid reply token', 'LINE_REPLY_TOKEN'],
    [401, 'Authentication failed due to the following reason: x', 'LINE_AUTHENTICATION'],
    [403, 'Access to this API is not available for your account', 'LINE_PERMISSION'],
    [404, 'Not found', 'LINE_NOT_FOUND'],
    [409, 'The retry key is already accepted', 'LINE_API'],
    [429, 'The API rate limit has been exceeded. Try again later.', 'LINE_RATE_LIMIT'],
    [429, 'You have reached your monthly limit.', 'LINE_QUOTA'],
    [429, 'words that LINE has never used', 'LINE_RATE_LIMIT'],
    [500, 'You have reached your monthly limit.', 'LINE_API'],
  ])('%i %s', (status, message, code) => expect(classify(status, message).code).toBe(code))

  test.each([
    [400, 'The maximum number of access tokens has already been issued', /30/],
    [400, "Invalid 'client_credentials'.", /belong together/],
    [404, 'Cannot find channel key that satisfies the conditions', /kid/],
    [400, 'iss and clientId of key do not match', /another channel/],
  ])('%i %s comes with what to do', (status, message, hint) => expect(classify(status, message).hint).toMatch(hint))
})

describe('secrets', () => {
  const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.c2lnbmF0dXJl-_x'
  const long = `${'aB3+/'.repeat(34)}==`

  test.each([
    `bad token ${jwt} here`,
    `Bearer ${jwt}`,
    `Bearer abc.def`,
    `access_token=${long}&x=1`,
    `{"client_secret":"8c570fa6dd201bb328f1c1eac23a96d8"}`,
    `token ${long}`,
    `client_assertion=${jwt}`,
  ])('%s', (text) => {
    const clean = redact(text)
    expect(clean).toContain('[redacted]')
    for (const secret of [jwt, 'c2lnbmF0dXJl', long, 'abc.def', '8c570fa6dd201bb328f1c1eac23a96d8'])
      expect(clean).not.toContain(secret)
  })

  test('IDs and LINE’s sentences stay', () => {
    const text =
      "The property, 'to', in the request body is invalid (line: 1, column: 9) U8e742f61d673b39c7fff3cecb7536ef0 123e4567-e89b-12d3-a456-426614174000"
    expect(redact(text)).toBe(text)
  })

  test('an answer that echoes a token leaves none in the error', () => {
    const error = apiError('LINE_API', { ...facts, lineMessage: `bad ${jwt}`, details: [{ message: `Bearer ${jwt}` }] })
    expect(`${inspect(error, { depth: 9 })}${JSON.stringify(error)}${error.stack}`).not.toContain('c2lnbmF0dXJl')
  })
})

test('an error of a token call takes on the outcome and key of the send that it stopped', () => {
  const send = { outcome: 'rejected', retryKey: 'key' } as const
  for (const error of [
    apiError('LINE_AUTHENTICATION', { ...facts, outcome: 'unknown' }),
    new LineTimeoutError('POST /oauth2/v3/token: no answer in time', {
      operation: 'POST /oauth2/v3/token',
      outcome: 'unknown',
    }),
    new LineNetworkError('lost', { reason: 'ECONNRESET', outcome: 'unknown' }),
    new LineInputError('wrong', { problems: [{ path: 'a', found: 'b', allowed: 'c', message: 'd' }] }),
  ]) {
    const turned = withFacts(error, send)
    expect(turned.constructor).toBe(error.constructor)
    expect({ ...turned }).toEqual({ ...error, ...send })
    expect(turned.message).toBe(error.message)
  }
})
