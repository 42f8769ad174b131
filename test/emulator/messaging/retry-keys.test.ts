import { describe, expect, test } from 'vitest'
import { refusal, setup, text } from '../setup.js'

const key = '123e4567-e89b-12d3-a456-426614174000'
const headers = { 'x-line-retry-key': key }
const day = 24 * 60 * 60 * 1000

describe('a retry key', () => {
  test('makes a push idempotent, and the conflict repeats the sent messages', async () => {
    const { push, userId, person, account } = await setup()
    const first = await push(userId, 'once', headers)
    const second = await push(userId, 'once', headers)
    expect(second).toMatchObject({
      status: 409,
      body: { message: expect.any(String), ...(first.body as object) },
    })
    expect(second.headers.get('x-line-accepted-request-id')).toBe(first.headers.get('x-line-request-id'))
    expect(second.headers.get('x-line-request-id')).not.toBe(first.headers.get('x-line-request-id'))
    expect(first.headers.get('x-line-accepted-request-id')).toBeNull()
    expect(person.chatWith(account)).toHaveLength(1)
  })

  test.each([
    ['multicast', 200],
    ['broadcast', 200],
    ['narrowcast', 202],
  ])('makes %s idempotent, and the conflict has a message only', async (path, status) => {
    const { line, userId, person, account, emulator } = await setup()
    const send = () =>
      line(
        `POST /v2/bot/message/${path}`,
        { ...(path === 'multicast' && { to: [userId] }), messages: [text('once')] },
        { headers },
      )
    expect((await send()).status).toBe(status)
    const again = await send()
    expect(again.status).toBe(409)
    expect(again.body).toEqual({ message: expect.any(String) })
    await emulator.clock.advance(10_000)
    expect(person.chatWith(account)).toHaveLength(1)
  })

  test('is remembered for 24 hours', async () => {
    const { push, userId, emulator } = await setup()
    await push(userId, 'once', headers)
    await emulator.clock.advance(day - 1)
    expect((await push(userId, 'once', headers)).status).toBe(409)
    await emulator.clock.advance(1)
    expect((await push(userId, 'once', headers)).status).toBe(200)
    expect((await push(userId, 'once', headers)).status).toBe(409)
  })

  test('belongs to its first body, even if a later body differs', async () => {
    const { push, userId, person, account } = await setup()
    await push(userId, 'first', headers)
    expect((await push(userId, 'second', headers)).status).toBe(409)
    expect(person.chatWith(account)).toMatchObject([{ message: text('first') }])
  })

  test('ignores letter case, and is scoped to the account', async () => {
    const { push, userId, emulator, person } = await setup()
    await push(userId, 'once', headers)
    expect((await push(userId, 'once', { 'x-line-retry-key': key.toUpperCase() })).status).toBe(409)
    const other = emulator.createAccount({ name: 'Other' })
    await person.addFriend(other)
    const token = other.issueLongLivedToken()
    const response = await emulator.fetch('https://api.line.me/v2/bot/message/push', {
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ to: userId, messages: [text('once')] }),
    })
    expect(response.status).toBe(200)
  })

  test('is not used up by a refused request', async () => {
    const { push, userId } = await setup()
    expect((await push('nobody', 'x', headers)).status).toBe(400)
    expect((await push(userId, '', headers)).status).toBe(400)
    expect((await push(userId, 'x', headers)).status).toBe(200)
  })

  test('deduplicates concurrent pushes', async () => {
    const { push, userId, person, account } = await setup()
    const answers = await Promise.all(Array.from({ length: 20 }, () => push(userId, 'once', headers)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 409)])
    expect(person.chatWith(account)).toHaveLength(1)
  })

  test('goes to the next concurrent push after a refused one', async () => {
    const { push, userId, person, account } = await setup()
    const answers = await Promise.all(['nobody', userId, userId, userId].map((to) => push(to, 'once', headers)))
    expect(answers.map(({ status }) => status)).toEqual([400, 200, 409, 409])
    expect(person.chatWith(account)).toHaveLength(1)
  })

  test('must be a UUID', async () => {
    const { push, userId } = await setup()
    expect((await push(userId, 'x', { 'x-line-retry-key': 'my-key' })).status).toBe(400)
  })

  test.each([
    ['POST /v2/bot/message/reply', { replyToken: 'x', messages: [text('x')] }],
    ['POST /v2/bot/message/validate/push', { messages: [text('x')] }],
    ['PUT /v2/bot/channel/webhook/endpoint', { endpoint: 'https://bot.example/' }],
    ['GET /v2/bot/info', undefined],
  ])('is refused at %s, which does not support it', async (what, body) => {
    const { line } = await setup()
    expect(await line(what, body, { headers })).toMatchObject(refusal(400))
  })
})
