import { createPublicKey } from 'node:crypto'
import { credentialsFromEnv, environmentNames, type Secret } from 'line-oa/credentials'
import { assertionKey } from 'line-oa/keys'
import { describe, expect, expectTypeOf, test, vi } from 'vitest'
import { testJwk, testKid, testPem } from '../keys/fixed-key.js'
import { refusal } from './refusal.js'
import { samples } from './samples.js'

const { channelId, channelSecret, channelAccessToken } = samples
const login = { LINE_LOGIN_CHANNEL_ID: '1657000002', LINE_LOGIN_CHANNEL_SECRET: channelSecret.replaceAll('8', '9') }
const channel = { LINE_CHANNEL_ID: channelId, LINE_CHANNEL_SECRET: channelSecret }
const paths = (run: () => unknown) => refusal(run).problems.map(({ path }) => path)

test('requires channel ID and channel secret by default', () => {
  const credentials = credentialsFromEnv(channel)
  expectTypeOf(credentials.channelId).toEqualTypeOf<string>()
  expectTypeOf(credentials.channelSecret).toEqualTypeOf<Secret>()
  expectTypeOf(credentials.channelAccessToken).toEqualTypeOf<Secret | undefined>()
  expect(Object.keys(credentials)).toEqual(['channelId', 'channelSecret'])
  expect(credentials.channelId).toBe(channelId)
  expect(credentials.channelSecret.reveal()).toBe(channelSecret)
})

test('reads every variable that is set', async () => {
  const credentials = credentialsFromEnv({
    ...channel,
    ...login,
    LINE_CHANNEL_ACCESS_TOKEN: channelAccessToken,
    LINE_ASSERTION_KID: testKid,
    LINE_ASSERTION_PRIVATE_KEY: testPem.replaceAll('\n', '\\n'),
    PATH: '/bin',
    A_BINDING: { get: () => 'something' },
  })
  expect(credentials.channelAccessToken?.reveal()).toBe(channelAccessToken)
  expect(credentials.login?.channelId).toBe('1657000002')
  expect(credentials.login?.channelSecret.reveal()).toBe(login.LINE_LOGIN_CHANNEL_SECRET)
  expect(credentials.assertion?.privateKey.reveal()).toBe(testPem.trim())
  expect(JSON.stringify(credentials)).not.toMatch(/BEGIN|8c570fa6/)
})

test.each([
  ['a PEM', testPem],
  ['a JWK', JSON.stringify(testJwk)],
])('an assertion key can be made from %s in the environment', async (_name, text) => {
  const env = { LINE_ASSERTION_KID: testKid, LINE_ASSERTION_PRIVATE_KEY: text }
  const { assertion } = credentialsFromEnv(env, { require: ['assertion'] })
  expect((await assertionKey(assertion).assertion({ channelId })).split('.')).toHaveLength(3)
})

test('reports every missing variable at once', () => {
  expect(paths(() => credentialsFromEnv({}))).toEqual(['LINE_CHANNEL_ID', 'LINE_CHANNEL_SECRET'])
  const require = ['channelId', 'channelSecret', 'channelAccessToken', 'assertion', 'login'] as const
  const error = refusal(() => credentialsFromEnv({ LINE_CHANNEL_ID: ' ', LINE_CHANNEL_SECRET: '' }, { require }))
  expect(error.problems.map(({ path }) => path)).toEqual(Object.values(environmentNames))
  for (const { message } of error.problems) expect(error.message).toContain(message)
})

test('requires only what `require` lists', () => {
  expect(credentialsFromEnv({}, { require: [] })).toEqual({})
  const { channelAccessToken: token } = credentialsFromEnv(
    { LINE_CHANNEL_ACCESS_TOKEN: channelAccessToken },
    { require: ['channelAccessToken'] },
  )
  expectTypeOf(token).toEqualTypeOf<Secret>()
  expect(token.reveal()).toBe(channelAccessToken)
})

describe('checks every variable that is set, required or not', () => {
  test.each<[string, object, [string][]]>([
    [
      'a token with Bearer',
      { LINE_CHANNEL_ACCESS_TOKEN: `Bearer ${channelAccessToken}` },
      [['LINE_CHANNEL_ACCESS_TOKEN']],
    ],
    ['quotes that the env file kept', { LINE_CHANNEL_SECRET: `"${channelSecret}"` }, [['LINE_CHANNEL_SECRET']]],
    ['a kid without its key', { LINE_ASSERTION_KID: testKid }, [['LINE_ASSERTION_PRIVATE_KEY']]],
    ['a key without its kid', { LINE_ASSERTION_PRIVATE_KEY: testPem }, [['LINE_ASSERTION_KID']]],
    ['a Login channel without its secret', { LINE_LOGIN_CHANNEL_ID: '1657000002' }, [['LINE_LOGIN_CHANNEL_SECRET']]],
    ['a Login secret without its channel', { LINE_LOGIN_CHANNEL_SECRET: channelSecret }, [['LINE_LOGIN_CHANNEL_ID']]],
    ['one ID for both channels', { ...login, LINE_LOGIN_CHANNEL_ID: channelId }, [['LINE_LOGIN_CHANNEL_ID']]],
    [
      'a key of another kid',
      { LINE_ASSERTION_KID: testKid, LINE_ASSERTION_PRIVATE_KEY: JSON.stringify({ ...testJwk, kid: 'other' }) },
      [['LINE_ASSERTION_PRIVATE_KEY']],
    ],
    [
      'a public key, and a secret in the place of the kid',
      {
        LINE_ASSERTION_KID: channelSecret,
        LINE_ASSERTION_PRIVATE_KEY: createPublicKey(testPem).export({ type: 'spki', format: 'pem' }),
      },
      [['LINE_ASSERTION_KID'], ['LINE_ASSERTION_PRIVATE_KEY']],
    ],
    ['a number', { LINE_CHANNEL_ID: 1657000001 }, [['LINE_CHANNEL_ID']]],
  ])('%s', (_name, env, expected) => {
    const error = refusal(() => credentialsFromEnv({ ...channel, ...env }))
    expect(error.problems.map(({ path }) => path)).toEqual(expected.map(([path]) => path))
    for (const { message } of error.problems) expect(error.message).toContain(message)
    expect(JSON.stringify(error)).not.toMatch(/8c570fa6|bGluZS1v|MII/)
  })
})

test('reads the environment of the process by default', () => {
  vi.stubEnv('LINE_CHANNEL_ID', channelId)
  vi.stubEnv('LINE_CHANNEL_SECRET', channelSecret)
  expect(credentialsFromEnv().channelId).toBe(channelId)
  vi.unstubAllEnvs()
})

test('reads no variables in a runtime without `process`', () => {
  vi.stubGlobal('process', undefined)
  try {
    expect(paths(() => credentialsFromEnv())).toEqual(['LINE_CHANNEL_ID', 'LINE_CHANNEL_SECRET'])
  } finally {
    vi.unstubAllGlobals()
  }
})
