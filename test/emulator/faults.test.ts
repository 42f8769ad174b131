import { getBotInfo, pushMessage } from 'line-oa/operations'
import { describe, expect, test } from 'vitest'
import { api, read, setup, text } from './setup.js'

const refusal = expect.objectContaining({ code: 'LINE_INPUT' })

async function ready() {
  const world = await setup()
  const { emulator, userId, token, person, account } = world
  const push = (init: RequestInit = {}) =>
    emulator.fetch(`${api}/v2/bot/message/push`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ to: userId, messages: [text('hi')] }),
      ...init,
    })
  const arrived = () => person.chatWith(account).length
  return { ...world, push, arrived, faults: emulator.faults }
}

describe('a fault', () => {
  test.each([
    [500, 'Internal server error'],
    [429, 'The API rate limit has been exceeded. Try again later.'],
    [403, 'Access to this API is not available for your account'],
    [401, expect.stringContaining('Authentication failed')],
  ])('answers %i with an error body of LINE, once, and carries nothing out', async (answer, message) => {
    const { faults, push, arrived } = await ready()
    faults.add({ operation: 'pushMessage', answer })
    const first = await push()
    expect(await read(first)).toMatchObject({ status: answer, body: { message } })
    expect(first.headers.get('x-line-request-id')).toBeTruthy()
    expect(arrived()).toBe(0)
    expect((await push()).status).toBe(200)
  })

  test('after: LINE has carried it out, and the answer is lost', async () => {
    const { faults, push, arrived } = await ready()
    for (const answer of [500, 'html', 'reset-body'] as const)
      faults.add({ operation: 'pushMessage', answer, when: 'after' })
    await Promise.all([1, 2, 3].map(() => push()))
    expect(arrived()).toBe(3)
  })

  test('reset: the connection breaks as runtimes tell it', async () => {
    const { faults, push, arrived } = await ready()
    faults.add({ answer: 'reset' })
    faults.add({ answer: 'reset', when: 'after' })
    await expect(push()).rejects.toMatchObject({ name: 'TypeError', cause: { code: 'ECONNRESET' } })
    expect(arrived()).toBe(0)
    await expect(push()).rejects.toThrow(TypeError)
    expect(arrived()).toBe(1)
  })

  test('reset-body: the status arrives and the body does not', async () => {
    const { faults, push } = await ready()
    faults.add({ answer: 'reset-body', when: 'after' })
    faults.add({ answer: 'reset-body' })
    const after = await push()
    expect(after.status).toBe(200)
    expect(after.headers.get('x-line-request-id')).toBeTruthy()
    await expect(after.text()).rejects.toThrow()
    const before = await push()
    expect(before.status).toBe(500)
    await expect(before.text()).rejects.toThrow()
  })

  test('html: a gateway’s page, with the status that is asked for', async () => {
    const { faults, push } = await ready()
    faults.add({ answer: 'html' })
    faults.add({ answer: 'html', status: 200, when: 'after' })
    const gateway = await push()
    expect([gateway.status, gateway.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8'])
    expect(await gateway.text()).toContain('<html>')
    expect((await push()).status).toBe(200)
  })

  test('timeout: no answer until the caller gives up', async () => {
    const { faults, push, arrived, emulator } = await ready()
    faults.add({ answer: 'timeout', when: 'after' })
    const controller = new AbortController()
    const call = push({ signal: controller.signal })
    let ended = false
    call.catch(() => {
      ended = true
    })
    await emulator.clock.advance(3_600_000)
    expect([ended, arrived()]).toEqual([false, 1])
    controller.abort(new Error('enough'))
    await expect(call).rejects.toThrow('enough')
  })

  test('slow: the answer comes late, before or after LINE has acted', async () => {
    const { faults, push, arrived, emulator } = await ready()
    faults.add({ answer: 'slow', delay: 3000 })
    faults.add({ answer: 'slow', when: 'after' })
    const first = push()
    await emulator.clock.advance(2999)
    expect(arrived()).toBe(0)
    await emulator.clock.advance(1)
    expect((await first).status).toBe(200)
    const second = push()
    await emulator.clock.advance(4999)
    expect(arrived()).toBe(2)
    await emulator.clock.advance(1)
    expect((await second).status).toBe(200)
  })

  test('hits its operation only, as often as it says, oldest first', async () => {
    const { faults, push, line } = await ready()
    faults.add({ operation: pushMessage, answer: 503, times: 2 })
    faults.add({ operation: getBotInfo, answer: 404 })
    faults.add({ answer: 500 })
    const statuses = []
    for (let count = 0; count < 4; count++) statuses.push((await push()).status)
    expect(statuses).toEqual([503, 503, 500, 200])
    expect((await line('GET /v2/bot/info')).status).toBe(404)
    expect((await line('GET /v2/bot/info')).status).toBe(200)
  })

  test('a retry key makes a lost answer safe', async () => {
    const { faults, line, userId, arrived } = await ready()
    const headers = { 'x-line-retry-key': '123e4567-e89b-12d3-a456-426614174000' }
    const push = () => line('POST /v2/bot/message/push', { to: userId, messages: [text('once')] }, { headers })
    faults.add({ operation: 'pushMessage', answer: 500, when: 'before' })
    faults.add({ operation: 'pushMessage', answer: 500, when: 'after' })
    expect([(await push()).status, arrived()]).toEqual([500, 0])
    expect([(await push()).status, arrived()]).toEqual([500, 1])
    expect([(await push()).status, arrived()]).toEqual([409, 1])
  })

  test('statuses without a body have none', async () => {
    const { faults, push } = await ready()
    faults.add({ answer: 204 })
    expect(await (await push()).text()).toBe('')
  })

  test('clear takes all away', async () => {
    const { faults, push } = await ready()
    faults.add({ answer: 500, times: Number.POSITIVE_INFINITY })
    expect((await push()).status).toBe(500)
    faults.clear()
    expect((await push()).status).toBe(200)
  })

  test('that makes no sense is refused', async () => {
    const { faults } = await ready()
    // What plain JavaScript can pass and TypeScript would not let through.
    const names: readonly string[] = ['pushMesage', '__proto__']
    for (const operation of names)
      expect(() => faults.add({ operation: operation as 'pushMessage', answer: 500 })).toThrow(refusal)
    for (const answer of [0, 99, 600, 1.5]) expect(() => faults.add({ answer })).toThrow(refusal)
    expect(() => faults.add({ answer: 500, times: 0 })).toThrow(refusal)
    expect(() => faults.add({ answer: 'slow', delay: -1 })).toThrow(refusal)
    expect(() => faults.add({ answer: 'html', status: 1000 })).toThrow(refusal)
  })
})

describe('the caller’s signal', () => {
  test('that is aborted already ends the call before anything happens', async () => {
    const { push, arrived } = await ready()
    await expect(push({ signal: AbortSignal.abort(new Error('never mind')) })).rejects.toThrow('never mind')
    expect(arrived()).toBe(0)
  })
})
