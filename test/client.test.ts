import { inspect } from 'node:util'
import type { Followers } from 'line-oa'
import { createLineClient, each, type LineClient } from 'line-oa'
import { contracts } from 'line-oa/contracts'
import { Secret } from 'line-oa/credentials'
import { createEmulator } from 'line-oa/emulator'
import { afterEach, describe, expect, expectTypeOf, test, vi } from 'vitest'
import manifest from '../package.json' with { type: 'json' }

function setup(kind: 'unverified' | 'verified' = 'unverified') {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House', kind })
  const { channelId, channelSecret } = account
  const options = { channelId, channelSecret, fetch: emulator.fetch, clock: emulator.clock, random: () => 0 }
  const line = createLineClient(options)
  const person = emulator.createPerson({ displayName: 'Mika' })
  return { emulator, account, line, person, options }
}
const hello = [{ type: 'text' as const, text: 'hello' }]

describe('credentials', () => {
  test('may be ID and secret, a token, a token source or secrets in Secret', async () => {
    const { account, options, emulator } = setup()
    const { channelId, channelSecret } = account
    const token = account.issueLongLivedToken()
    const common = { fetch: emulator.fetch, clock: emulator.clock }
    for (const line of [
      createLineClient(options),
      createLineClient({ channelId, channelSecret: new Secret(channelSecret), ...common }),
      createLineClient({ channelAccessToken: token, ...common }),
      createLineClient({ channelAccessToken: new Secret(token), ...common }),
      createLineClient({ channelAccessToken: { get: async () => token }, ...common }),
    ])
      expect((await line.messaging.getBotInfo()).basicId).toBe(account.basicId)
  })

  test('are required', () => {
    const none = {} as Parameters<typeof createLineClient>[0] // what JavaScript callers may pass
    expect(() => createLineClient(none)).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  })

  test('appear neither in the client nor in its errors', async () => {
    const { account, line, emulator } = setup()
    const token = account.issueLongLivedToken()
    const other = createLineClient({ channelAccessToken: token, fetch: emulator.fetch, clock: emulator.clock })
    emulator.faults.add({ operation: 'getBotInfo', answer: 401, times: 1 })
    const errors = [
      await other.messaging.getBotInfo().catch((error: unknown) => error),
      await line.messaging.pushMessage({ to: 'U0', messages: hello }).catch((error: unknown) => error),
      await line.tokens
        .issueStatelessChannelToken({
          grant_type: 'client_credentials',
          client_id: account.channelId,
          client_secret: account.channelSecret.slice(1),
        })
        .catch((error: unknown) => error),
    ]
    for (const text of [line, other, ...errors].map(
      (thing) => `${inspect(thing, { depth: 9, showHidden: true })} ${JSON.stringify(thing)}`,
    ))
      for (const secret of [token, account.channelSecret, account.channelSecret.slice(1)])
        expect(text).not.toContain(secret)
  })
})

describe('in a browser page', () => {
  afterEach(() => vi.unstubAllGlobals())

  test('a secret or a token is refused without allowBrowser', () => {
    const { options } = setup()
    vi.stubGlobal('window', { document: {} })
    const refused = expect.objectContaining({ code: 'LINE_INPUT' })
    expect(() => createLineClient(options)).toThrow(refused)
    expect(() => createLineClient({ channelAccessToken: 't' })).toThrow(refused)
    createLineClient({ ...options, allowBrowser: true })
  })

  test('a window without a document is not a page', () => {
    vi.stubGlobal('window', {})
    createLineClient({ channelAccessToken: 't' })
  })
})

describe('the outcome of a send', () => {
  test('is accepted for a response of LINE', async () => {
    const { line, person, account } = setup()
    await person.addFriend(account)
    const sent = await line.withResponse.messaging.pushMessage({ to: person.userIdFor(account), messages: hello })
    expect(sent).toMatchObject({
      outcome: 'accepted',
      status: 200,
      requestId: expect.any(String),
      data: { sentMessages: [{ id: expect.any(String) }] },
    })
    expect(sent.headers.get('x-line-request-id')).toBe(sent.requestId)
  })

  test('is already-accepted after a lost response, with one message in the chat', async () => {
    const { emulator, line, person, account } = setup()
    await person.addFriend(account)
    emulator.faults.add({ operation: 'pushMessage', answer: 'reset', when: 'after', times: 1 })
    const sent = await line.withResponse.messaging.pushMessage({ to: person.userIdFor(account), messages: hello })
    expect(sent).toMatchObject({ outcome: 'already-accepted', status: 409, acceptedRequestId: expect.any(String) })
    expect(sent.data.sentMessages).toHaveLength(1)
    expect(person.chatWith(account)).toHaveLength(1)
  })

  test('is unknown after failed attempts, and settled by the same call under the same retry key', async () => {
    const { emulator, line, person, account } = setup()
    await person.addFriend(account)
    const to = person.userIdFor(account)
    emulator.faults.add({ operation: 'pushMessage', answer: 500, when: 'after', times: 4 })
    const error = await line.messaging
      .pushMessage({ to, messages: hello })
      .catch((thrown: { outcome: string; retryKey: string }) => thrown)
    expect(error).toMatchObject({ code: 'LINE_API', status: 500, outcome: 'unknown', retryKey: expect.any(String) })
    if (!('retryKey' in error)) return
    const again = await line.withResponse.messaging.pushMessage({ to, messages: hello }, { retryKey: error.retryKey })
    expect(again.outcome).toBe('already-accepted')
    expect(person.chatWith(account)).toHaveLength(1)
  })

  test('is rejected for a refusal', async () => {
    const { line, person, account } = setup()
    await expect(line.messaging.pushMessage({ to: person.userIdFor(account), messages: [] })).rejects.toMatchObject({
      code: 'LINE_API',
      outcome: 'rejected',
      details: [{ property: 'messages' }],
    })
    await expect(line.messaging.replyMessage({ replyToken: 'x', messages: hello })).rejects.toMatchObject({
      code: 'LINE_REPLY_TOKEN',
      outcome: 'rejected',
    })
  })

  test('is already-accepted for another message under the same retry key, which is not sent', async () => {
    const { line, person, account } = setup()
    await person.addFriend(account)
    const to = person.userIdFor(account)
    const retryKey = crypto.randomUUID()
    const first = await line.withResponse.messaging.pushMessage({ to, messages: hello }, { retryKey })
    const second = await line.withResponse.messaging.pushMessage(
      { to, messages: [{ type: 'text', text: 'other' }] },
      { retryKey },
    )
    expect(second).toMatchObject({ outcome: 'already-accepted', acceptedRequestId: first.requestId })
    expect(person.chatWith(account).map(({ message }) => message)).toMatchObject(hello)
  })

  test('is accepted for the same call after 24 hours, which sends again', async () => {
    const { emulator, line, person, account } = setup()
    await person.addFriend(account)
    const send = () =>
      line.withResponse.messaging.pushMessage({ to: person.userIdFor(account), messages: hello }, { retryKey })
    const retryKey = crypto.randomUUID()
    await send()
    await emulator.clock.advance(86_400_000)
    expect((await send()).outcome).toBe('accepted')
    expect(person.chatWith(account)).toHaveLength(2)
  })
})

describe('validate', () => {
  test('reports every problem before anything is sent', async () => {
    const { options, emulator } = setup()
    const asked: string[] = []
    const line = createLineClient({
      ...options,
      validate: contracts(),
      fetch: (url, init) => {
        asked.push(String(url))
        return emulator.fetch(url, init)
      },
    })
    const sent = line.messaging.pushMessage({
      to: 'U1',
      messages: [
        { type: 'text', text: '' },
        { type: 'text', text: 'x'.repeat(5001) },
      ],
    })
    await expect(sent).rejects.toMatchObject({
      code: 'LINE_INPUT',
      outcome: 'rejected',
      problems: [{ path: 'messages[0].text' }, { path: 'messages[1].text' }],
    })
    expect(asked).toEqual([])
  })

  test('passes on an output that differs, with a warning', async () => {
    const warnings: string[] = []
    const line = createLineClient({
      channelAccessToken: 't',
      validate: contracts(),
      fetch: async () => Response.json({ userId: 1, next: 'new' }),
      hooks: { warning: ({ code }) => warnings.push(code) },
    })
    expect(await line.messaging.getBotInfo()).toEqual({ userId: 1, next: 'new' })
    expect(warnings).toEqual(['unexpected-body'])
  })
})

test('each() walks through all followers', async () => {
  const { emulator, line, account } = setup('verified')
  for (let count = 0; count < 7; count++) await emulator.createPerson({ displayName: `P${count}` }).addFriend(account)
  const ids = await Array.fromAsync(each(line.messaging.getFollowers, { limit: 3 }))
  expect(new Set(ids).size).toBe(7)
})

test('call() takes a custom record', async () => {
  const { line, account } = setup()
  const info = { method: 'GET', path: '/v2/bot/info', repeat: 'safe', docs: '' } as const
  expect(await line.call<object, { basicId: string }>(info, {})).toMatchObject({ basicId: account.basicId })
})

test('methods have the types of their records, with and without the response', () => {
  expectTypeOf<LineClient['messaging']['getFollowers']>().returns.resolves.toEqualTypeOf<Followers>()
  expectTypeOf<LineClient['withResponse']['messaging']['getFollowers']>()
    .returns.resolves.toHaveProperty('data')
    .toEqualTypeOf<Followers>()
  expectTypeOf<LineClient['messaging']['getBotInfo']>().parameter(0).toEqualTypeOf<Record<string, never> | undefined>()
  // @ts-expect-error a push needs its recipient
  expectTypeOf<LineClient['messaging']['pushMessage']>().toBeCallableWith({ messages: [] })
})

test('the user agent has the version of the package', async () => {
  const agents: (string | null)[] = []
  const line = createLineClient({
    channelAccessToken: 't',
    fetch: async (_, init) => {
      agents.push(new Headers(init?.headers).get('user-agent'))
      return Response.json({})
    },
  })
  await line.messaging.getBotInfo()
  expect(agents).toEqual([`line-oa/${manifest.version}`])
})
