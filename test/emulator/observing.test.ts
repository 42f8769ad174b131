import { createLineClient } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { createReceiver } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'
import { call, inputError, setup, text } from './setup.js'

function withBot() {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House' })
  const client = createLineClient({ ...account, fetch: emulator.fetch, clock: emulator.clock })
  const receiver = createReceiver({ client, clock: emulator.clock, onError: () => {} })
  const person = emulator.createPerson({ displayName: 'Mika' })
  return { emulator, account, client, receiver, person }
}

describe('emulator.calls', () => {
  test('lists the calls that were answered, with their input and status', async () => {
    const { emulator, account, receiver, person } = withBot()
    receiver.on('message:text', ({ reply }) => reply('hello'))
    account.connect(receiver)
    await person.send(account, 'hi')
    expect(emulator.calls).toMatchObject([
      { operation: 'issueStatelessChannelToken', method: 'POST', path: '/oauth2/v3/token', status: 200 },
      { operation: 'replyMessage', input: { messages: [text('hello')] }, status: 200, at: emulator.clock.now() },
    ])
    emulator.reset()
    expect(emulator.calls).toEqual([])
  })

  test('includes refusals, faults and addresses that LINE does not have', async () => {
    const { emulator, line, push, userId } = await setup({ historyLimit: 4 })
    await line('GET /v2/bot/message/quota')
    await push('x')
    await line('GET /v2/bot/tea')
    emulator.faults.add({ operation: 'pushMessage', answer: 500 })
    await push(userId)
    emulator.faults.add({ operation: 'pushMessage', answer: 'reset' })
    await push(userId).catch(() => {})
    expect(emulator.calls.map(({ operation, path, status }) => [operation, path, status])).toEqual([
      ['pushMessage', '/v2/bot/message/push', 400],
      [undefined, '/v2/bot/tea', 404],
      ['pushMessage', '/v2/bot/message/push', 500],
      ['pushMessage', '/v2/bot/message/push', undefined],
    ])
  })
})

describe('person.nextMessage()', () => {
  test('waits for a push that comes later', async () => {
    const { emulator, account, client, person } = withBot()
    await person.addFriend(account)
    const to = person.userIdFor(account)
    emulator.clock.setTimeout(
      () => void client.messaging.pushMessage({ to, messages: [text('Your tea is ready')] }),
      60_000,
    )
    const next = person.nextMessage(account)
    await emulator.clock.advance(60_000)
    expect(await next).toMatchObject({ from: 'account', via: 'push', message: text('Your tea is ready') })
  })

  test('gives the same message to all who wait, and ends with a reset', async () => {
    const { emulator, account, person } = withBot()
    account.settings.greeting = true
    const waiting = [person.nextMessage(account), person.nextMessage(account)]
    await person.addFriend(account)
    expect(await Promise.all(waiting)).toMatchObject([{ via: 'greeting' }, { via: 'greeting' }])
    const never = person.nextMessage(account)
    emulator.reset()
    await expect(never).rejects.toEqual(inputError)
  })
})

describe('connect(receiver, { waitUntil: true })', () => {
  test('answers as on a platform, and idle() waits for the rest', async () => {
    const { emulator, account, client, person } = withBot()
    const receiver = createReceiver({ client, clock: emulator.clock, ack: 'early' })
    let resume = () => {}
    const gate = new Promise<void>((open) => {
      resume = open
    })
    receiver.on('message:text', async ({ reply }) => {
      await gate
      await reply('hello')
    })
    account.connect(receiver, { waitUntil: true })
    expect(await person.send(account, 'hi')).toMatchObject({ reason: 'ok' })
    expect(person.chatWith(account)).toHaveLength(1)
    let isIdle = false
    const idle = emulator.idle().then(() => {
      isIdle = true
    })
    await Promise.resolve()
    expect(isIdle).toBe(false)
    resume()
    await idle
    expect(person.chatWith(account)).toHaveLength(2)
    expect(() => account.connect(receiver, { waitUntil: 1 as never })).toThrow(inputError)
  })

  test('still reports what the bot threw', async () => {
    const { account, receiver, person } = withBot()
    const failure = new Error('no tea')
    receiver.on('message:text', () => Promise.reject(failure))
    account.connect(receiver, { waitUntil: true })
    expect(await person.send(account, 'hi')).toMatchObject({ status: 500, error: failure })
  })
})

test('idle() resolves at once when nothing is in flight', async () => {
  await createEmulator().idle()
  await createEmulator({ clock: 'manual' }).idle()
})

describe('createAccount() with values of a configuration', () => {
  const known = {
    channelId: '1234567890',
    channelSecret: '0123456789abcdef0123456789abcdef',
    channelAccessToken: 'token-of-the-test',
  }

  test('uses them', async () => {
    const emulator = createEmulator()
    const account = emulator.createAccount({ name: 'Tea House', ...known })
    expect(account).toMatchObject({ channelId: known.channelId, channelSecret: known.channelSecret })
    const answer = await call(emulator, 'GET /v2/bot/info', undefined, { token: known.channelAccessToken })
    expect(answer.body).toMatchObject({ basicId: account.basicId })
    const { channelId, channelSecret } = known
    const line = createLineClient({ channelId, channelSecret, fetch: emulator.fetch })
    expect(await line.messaging.getBotInfo()).toMatchObject({ basicId: account.basicId })
  })

  test.each([
    { channelId: 'x' },
    { channelId: 5 },
    { channelSecret: 'short' },
    { channelAccessToken: '' },
    { channelAccessToken: 'two words' },
  ])('refuses %o', (wrong) => {
    expect(() => createEmulator().createAccount({ name: 'x', ...(wrong as object) })).toThrow(inputError)
  })

  test('refuses values that another channel has', () => {
    const emulator = createEmulator()
    emulator.createAccount({ name: 'Tea House', ...known })
    for (const { channelId, channelAccessToken } of [known])
      for (const same of [{ channelId }, { channelAccessToken }])
        expect(() => emulator.createAccount({ name: 'Cake House', ...same })).toThrow(inputError)
  })
})

test('faults that are mistyped are refused', () => {
  const { faults } = createEmulator()
  for (const wrong of [{ answer: 500, time: 2 }, { answer: 500, when: 'later' }, { anwser: 500 }])
    expect(() => faults.add(wrong as never)).toThrow(inputError)
  expect(() => faults.delivery({ duplicates: 1 } as never)).toThrow(inputError)
  expect(() => faults.consoles({ lostMails: 1 } as never)).toThrow(inputError)
})
