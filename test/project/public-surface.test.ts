// What the package exports, by name: an accidental export becomes a promise with the next release.
import { describe, expect, test } from 'vitest'
import { readPublicApi } from './public-api.js'

const api = readPublicApi()

/** The functions, classes and constants that an entry exports. */
async function valuesOf(entry: string): Promise<readonly string[]> {
  const module = (await import(entry)) as { readonly [name: string]: unknown }
  return Object.keys(module).sort()
}

describe('the values of an entry', () => {
  test('line-oa', async () => {
    expect(await valuesOf('line-oa')).toEqual([
      'LineAbortedError',
      'LineApiError',
      'LineAudienceError',
      'LineAuthenticationError',
      'LineDeploymentError',
      'LineError',
      'LineInputError',
      'LineNarrowcastError',
      'LineNetworkError',
      'LineNotFoundError',
      'LinePermissionError',
      'LineQuotaError',
      'LineRateLimitError',
      'LineReplyTokenError',
      'LineTimeoutError',
      'audienceBlob',
      'audienceFile',
      'basicAuthorization',
      'codeChallenge',
      'createLineClient',
      'deployRichMenu',
      'each',
      'flex',
      'forgetJob',
      'ifFound',
      'isLineError',
      'limitBytes',
      'lineDate',
      'mention',
      'moduleAuthorizeUrl',
      'moduleCodeGrant',
      'phoneHash',
      'quickReply',
      'rateLimiter',
      'readContent',
      'respond',
      'richMenuImage',
      'sendToMany',
      'splitText',
      'text',
      'waitForAudience',
      'waitForNarrowcast',
      'waitForRichMenuBatch',
      'waitUntilReady',
    ])
  })
  test('line-oa/core', async () => {
    expect(await valuesOf('line-oa/core')).toEqual([
      'LineAbortedError',
      'LineApiError',
      'LineAuthenticationError',
      'LineError',
      'LineInputError',
      'LineNetworkError',
      'LineNotFoundError',
      'LinePermissionError',
      'LineQuotaError',
      'LineRateLimitError',
      'LineReplyTokenError',
      'LineTimeoutError',
      'createCaller',
      'each',
      'isLineError',
      'parseRate',
      'rateLimiter',
      'systemClock',
    ])
  })
  test('line-oa/webhook', async () => {
    expect(await valuesOf('line-oa/webhook')).toEqual([
      'allOf',
      'argumentsOf',
      'command',
      'createReceiver',
      'hears',
      'inChat',
      'mentionsMe',
      'signBody',
      'signBodySync',
      'textSegments',
      'textWithoutMentions',
      'verifySignature',
      'verifySignatureSync',
    ])
  })
})

test('no name is offered that cannot be used: a function or class is exported as a value', async () => {
  for (const entry of api.entries) {
    const values = await valuesOf(entry)
    expect([entry, api.valueNamesOf(entry).filter((name) => !values.includes(name))]).toEqual([entry, []])
  }
})

test('a name has one meaning in the package', () => {
  expect(api.ambiguousNames()).toEqual([])
})

test('internals of the schema kit and of the receiver are not exported', () => {
  const all = new Set(api.entries.flatMap((entry) => api.namesOf(entry)))
  const internal = [
    'schema',
    'Schema',
    'Contract',
    'Contracts',
    'Drift',
    'MessageOf',
    'ReplyOf',
    'PushOf',
    'Unchecked',
    'Having',
  ]
  expect(internal.filter((name) => all.has(name))).toEqual([])
})
