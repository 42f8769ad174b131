// What credentialsFromEnv() returns goes into every part of the package unchanged, and a client lends its channel secret to a receiver.
import { inspect } from 'node:util'
import { createLineClient } from 'line-oa'
import { connectAccount } from 'line-oa/account'
import { credentialsFromEnv } from 'line-oa/credentials'
import { createEmulator } from 'line-oa/emulator'
import { createLoginClient } from 'line-oa/login'
import { createReceiver } from 'line-oa/webhook'
import { describe, expect, expectTypeOf, test } from 'vitest'

function setup() {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House' })
  const login = emulator.createLoginChannel({ published: true })
  const env = {
    LINE_CHANNEL_ID: account.channelId,
    LINE_CHANNEL_SECRET: account.channelSecret,
    LINE_LOGIN_CHANNEL_ID: login.channelId,
    LINE_LOGIN_CHANNEL_SECRET: login.channelSecret,
  }
  const person = emulator.createPerson({ displayName: 'Mika' })
  const options = { fetch: emulator.fetch, clock: emulator.clock }
  return { emulator, account, env, person, options }
}

describe('credentialsFromEnv()', () => {
  test('goes into a client, a receiver, a login client and a connection', async () => {
    const { account, env, person, options } = setup()
    const credentials = credentialsFromEnv(env)
    const client = createLineClient({ ...credentials, ...options })
    const receiver = createReceiver({ ...credentials, client, clock: options.clock })
    receiver.on('message:text', ({ reply, text }) => reply(`You said: ${text}`))
    account.connect(receiver)
    await person.send(account, 'hello')
    expect(person.chatWith(account).at(-1)).toMatchObject({ message: { text: 'You said: hello' } })
    const { login } = credentialsFromEnv(env, { require: ['login'] })
    expect(createLoginClient({ ...login, redirectUri: 'https://tea.example/callback' }).channelId).toBe(login.channelId)
    const { account: found } = await connectAccount({ messaging: credentials, ...options })
    expect(found).toMatchObject({ basicId: account.basicId })
  })

  test('with a token uses it for calls, and the secret for webhooks', async () => {
    const { account, env, person, options } = setup()
    const token = account.issueLongLivedToken()
    const client = createLineClient({ ...credentialsFromEnv({ ...env, LINE_CHANNEL_ACCESS_TOKEN: token }), ...options })
    const receiver = createReceiver({ client, clock: options.clock })
    receiver.on('message:text', ({ reply }) => reply('hello'))
    account.connect(receiver)
    expect(await person.send(account, 'hello')).toMatchObject({ reason: 'ok' })
    expect(person.chatWith(account)).toHaveLength(2)
  })

  test('refuses options in place of the variables', () => {
    expect(() => credentialsFromEnv({ require: ['login'] })).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  })

  test('requires what `require` lists in the type, too', () => {
    const { env } = setup()
    expectTypeOf(credentialsFromEnv(env).channelId).toEqualTypeOf<string>()
    expectTypeOf(credentialsFromEnv(env, { require: ['login'] }).login.channelId).toEqualTypeOf<string>()
    expectTypeOf(credentialsFromEnv(env).login).extract<undefined>().toEqualTypeOf<undefined>()
  })
})

describe('createReceiver({ client })', () => {
  test('takes the channel secret from the client, also from a copy of it', async () => {
    const { account, person, options } = setup()
    const client = createLineClient({ ...account, ...options })
    for (const own of [client, { ...client }]) {
      const receiver = createReceiver({ client: own, clock: options.clock })
      account.connect(receiver)
      expect(await person.send(account, 'hello')).toMatchObject({ reason: 'ok' })
    }
  })

  test('prefers the secret that is given', async () => {
    const { account, person, options } = setup()
    const client = createLineClient({ ...account, ...options })
    account.connect(createReceiver({ client, channelSecret: '0'.repeat(32), clock: options.clock }))
    expect(await person.send(account, 'hello')).toMatchObject({ status: 401 })
  })

  test('needs a secret where the client has none', () => {
    const client = createLineClient({ channelAccessToken: 'x'.repeat(60), fetch: () => Promise.reject(new Error('x')) })
    expect(() => createReceiver({ client })).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  })
})

test('a client shows its channel secret in no log', () => {
  const { account, options } = setup()
  const client = createLineClient({ ...account, ...options })
  expect(inspect(client, { depth: 9, showHidden: true })).not.toContain(account.channelSecret)
  expect(JSON.stringify(client)).not.toContain(account.channelSecret)
})

test('without a client, reply and push compile with nothing', () => {
  const receiver = createReceiver({ channelSecret: '0'.repeat(32) })
  receiver.on('message:text', async ({ reply, push }) => {
    // @ts-expect-error: give createReceiver a client
    await reply('hello')
    // @ts-expect-error: give createReceiver a client
    await push('hello')
  })
  // @ts-expect-error: a receiver needs a channel secret, or a client that has one
  expect(() => createReceiver({})).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
})
