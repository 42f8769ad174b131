// A job belongs to the account that sends it: several accounts may use the same job ID, and one store.
import { createLineClient, forgetJob, respond, sendToMany } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { memoryStore } from 'line-oa/store'
import { describe, expect, test } from 'vitest'
import { messages } from './setup.js'

type Credentials = 'secret' | 'token'

async function setup(credentials: Credentials) {
  const emulator = createEmulator({ clock: 'manual' })
  const store = memoryStore({ clock: emulator.clock })
  const provider = emulator.createAccount({ name: 'Tea House' })
  const accounts = [provider, emulator.createAccount({ name: 'Cake House', provider: provider.provider })]
  const people = Array.from({ length: 3 }, (_, i) => emulator.createPerson({ displayName: `P${i}` }))
  for (const person of people) for (const account of accounts) await person.addFriend(account)
  const paths: string[] = []
  const fetch: typeof globalThis.fetch = (url, init) => {
    const request = new Request(url, init)
    paths.push(new URL(request.url).pathname)
    return emulator.fetch(request)
  }
  const clients = accounts.map((account) =>
    credentials === 'token'
      ? createLineClient({ channelAccessToken: account.issueLongLivedToken(), fetch, clock: emulator.clock })
      : createLineClient({
          channelId: account.channelId,
          channelSecret: account.channelSecret,
          fetch,
          clock: emulator.clock,
        }),
  )
  const received = (at: number) =>
    people.map((person) => person.chatWith(accounts[at] ?? provider).filter(({ from }) => from === 'account').length)
  const userIds = (at: number) => people.map((person) => person.userIdFor(accounts[at] ?? provider))
  return { emulator, store, accounts, clients, paths, received, userIds }
}

describe.each<Credentials>(['secret', 'token'])('clients with a channel %s', (credentials) => {
  test('send the same job from two accounts over one store', async () => {
    const { store, clients, received, userIds } = await setup(credentials)
    for (const [at, line] of clients.entries()) {
      const before = received(at)
      expect(await sendToMany(line, userIds(at), messages, { jobId: 'closed', store })).toMatchObject({ sent: 3 })
      expect(received(at)).toEqual(before.map((count) => count + 1))
      // Again: nothing is sent twice.
      expect(await sendToMany(line, userIds(at), messages, { jobId: 'closed', store })).toMatchObject({ sent: 3 })
      expect(received(at)).toEqual(before.map((count) => count + 1))
    }
  })

  test('forgetJob deletes only the job of its own account', async () => {
    const { store, clients, userIds, received, emulator } = await setup(credentials)
    const [tea, cake] = clients
    if (!tea || !cake) throw new Error('there are two clients')
    for (const [at, line] of clients.entries())
      await sendToMany(line, userIds(at), messages, { jobId: 'closed', store })
    await forgetJob(tea, 'closed', { store })
    await emulator.clock.advance(25 * 60 * 60 * 1000)
    const [before, beforeOfCake] = [received(0), received(1)]
    await sendToMany(tea, userIds(0), messages, { jobId: 'closed', store })
    await sendToMany(cake, userIds(1), messages, { jobId: 'closed', store })
    expect(received(0)).toEqual(before.map((count) => count + 1))
    expect(received(1)).toEqual(beforeOfCake)
  })
})

test('a client with a token asks LINE once for its account, before anything is sent', async () => {
  const { store, clients, paths, userIds } = await setup('token')
  const [line] = clients
  if (!line) throw new Error('there is a client')
  await sendToMany(line, userIds(0), messages, { jobId: 'closed', store })
  await sendToMany(line, userIds(0), messages, { jobId: 'open', store })
  expect(paths).toEqual(['/v2/bot/info', '/v2/bot/message/multicast', '/v2/bot/message/multicast'])
})

test('nothing is sent when LINE does not say whose token it is', async () => {
  const { store, paths, userIds, emulator, clients } = await setup('token')
  emulator.faults.add({ operation: 'getBotInfo', answer: 403 })
  const [line] = clients
  if (!line) throw new Error('there is a client')
  await expect(sendToMany(line, userIds(0), messages, { jobId: 'closed', store })).rejects.toMatchObject({
    code: 'LINE_PERMISSION',
  })
  expect(paths).toEqual(['/v2/bot/info'])
})

describe('a checkpoint that an earlier version wrote, whose name has no account', () => {
  /** Turns the checkpoint of an account into one of version 0.1.0, which had its keys and retry keys without an account. */
  async function earlier() {
    const world = await setup('secret')
    const { accounts, store, emulator, userIds } = world
    const [tea] = accounts
    if (!tea) throw new Error('there is an account')
    const unnamed = createLineClient({ channelAccessToken: 'token', fetch: async () => Response.json({}) })
    const list = userIds(0)
    // A client that cannot tell its account writes the checkpoint as before.
    const { getBotInfo: _, ...messaging } = unnamed.messaging
    const nameless = { messaging }
    await sendToMany(nameless, list, messages, { jobId: 'closed', store, dedupe: 'batch' })
    expect(await store.get('line-oa:job:closed')).toBe(
      JSON.stringify({ messages: JSON.parse((await store.get('line-oa:job:closed')) ?? '').messages, dedupe: 'batch' }),
    )
    return { ...world, list, emulator }
  }

  test('is resumed with its own setting, and sends nothing twice', async () => {
    const { clients, store, list, received } = await earlier()
    const [tea] = clients
    if (!tea) throw new Error('there is a client')
    const before = received(0)
    expect(await sendToMany(tea, list, messages, { jobId: 'closed', store })).toMatchObject({
      sent: 3,
      deduplicated: 'partly',
    })
    expect(received(0)).toEqual(before)
  })

  test('belongs to the first account that resumes it', async () => {
    const { clients, store, list, received, userIds } = await earlier()
    const [tea, cake] = clients
    if (!tea || !cake) throw new Error('there are two clients')
    await sendToMany(tea, list, messages, { jobId: 'closed', store })
    const before = received(1)
    expect(await sendToMany(cake, userIds(1), messages, { jobId: 'closed', store })).toMatchObject({ sent: 3 })
    expect(received(1)).toEqual(before.map((count) => count + 1))
  })
})

test('respond claims an event for the account that answers it', async () => {
  const { clients, store, emulator, accounts } = await setup('secret')
  const answers: unknown[] = []
  for (const [at, line] of clients.entries()) {
    const sent: unknown[] = []
    const client = {
      messaging: {
        ...line.messaging,
        replyMessage: async (input: unknown) => {
          sent.push(input)
          return { sentMessages: [] }
        },
      },
    }
    Object.assign(client, { [Symbol.for('line-oa.channel')]: accounts[at]?.channelId })
    const event = { webhookEventId: '01J0', replyToken: 'token', deliveryContext: { isRedelivery: false } }
    answers.push((await respond(client, event, messages, { store })).by, sent.length)
  }
  expect(answers).toEqual(['reply', 1, 'reply', 1])
  await emulator.reset()
})
