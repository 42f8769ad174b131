import { getBotInfo, pushMessage } from 'line-oa/operations'
import { describe, expect, test } from 'vitest'
import { api, inputError, read, refusal, setup, text } from './setup.js'

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
  test.each([500, 429, 404, 403, 401])(
    'answers once with %i and an error body, before the call is carried out',
    async (answer) => {
      const { faults, push, arrived } = await ready()
      faults.add({ operation: 'pushMessage', answer })
      const first = await push()
      expect(await read(first)).toMatchObject(refusal(answer))
      expect(first.headers.get('x-line-request-id')).toBeTruthy()
      expect(arrived()).toBe(0)
      expect((await push()).status).toBe(200)
    },
  )

  test('with when: after loses the response of a call that LINE has carried out', async () => {
    const { faults, push, arrived } = await ready()
    for (const answer of [500, 'html', 'reset-body'] as const)
      faults.add({ operation: 'pushMessage', answer, when: 'after' })
    await Promise.all([1, 2, 3].map(() => push()))
    expect(arrived()).toBe(3)
  })

  test('reset breaks the connection like a runtime’s fetch does', async () => {
    const { faults, push, arrived } = await ready()
    faults.add({ answer: 'reset' })
    faults.add({ answer: 'reset', when: 'after' })
    await expect(push()).rejects.toMatchObject({ name: 'TypeError', cause: { code: 'ECONNRESET' } })
    expect(arrived()).toBe(0)
    await expect(push()).rejects.toThrow(TypeError)
    expect(arrived()).toBe(1)
  })

  test('reset-body sends the status and breaks the body', async () => {
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

  test('html answers with a gateway’s page, with status 502 or the given status', async () => {
    const { faults, push } = await ready()
    faults.add({ answer: 'html' })
    faults.add({ answer: 'html', status: 200, when: 'after' })
    const gateway = await push()
    expect([gateway.status, gateway.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8'])
    expect(await gateway.text()).toContain('<html>')
    expect((await push()).status).toBe(200)
  })

  test('timeout does not answer until the caller aborts', async () => {
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
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(call).rejects.toBe(reason)
  })

  test('slow delays the response, before or after LINE has carried the call out', async () => {
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

  test('applies to its operation only, `times` times, the oldest fault first', async () => {
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

  test('does not double a message that is sent with a retry key', async () => {
    const { faults, line, userId, arrived } = await ready()
    const headers = { 'x-line-retry-key': '123e4567-e89b-12d3-a456-426614174000' }
    const push = () => line('POST /v2/bot/message/push', { to: userId, messages: [text('once')] }, { headers })
    faults.add({ operation: 'pushMessage', answer: 500, when: 'before' })
    faults.add({ operation: 'pushMessage', answer: 500, when: 'after' })
    expect([(await push()).status, arrived()]).toEqual([500, 0])
    expect([(await push()).status, arrived()]).toEqual([500, 1])
    expect([(await push()).status, arrived()]).toEqual([409, 1])
  })

  test('answers without a body for a status that has none', async () => {
    const { faults, push } = await ready()
    faults.add({ answer: 204 })
    expect(await (await push()).text()).toBe('')
  })

  test('ends with clear()', async () => {
    const { faults, push } = await ready()
    faults.add({ answer: 500, times: Number.POSITIVE_INFINITY })
    expect((await push()).status).toBe(500)
    faults.clear()
    expect((await push()).status).toBe(200)
  })

  test('is refused with invalid options', async () => {
    const { faults } = await ready()
    // What plain JavaScript can pass and TypeScript would refuse.
    const names: readonly string[] = ['pushMesage', '__proto__']
    for (const operation of names)
      expect(() => faults.add({ operation: operation as 'pushMessage', answer: 500 })).toThrow(inputError)
    for (const answer of [0, 99, 600, 1.5]) expect(() => faults.add({ answer })).toThrow(inputError)
    expect(() => faults.add({ answer: 500, times: 0 })).toThrow(inputError)
    expect(() => faults.add({ answer: 'slow', delay: -1 })).toThrow(inputError)
    expect(() => faults.add({ answer: 'html', status: 1000 })).toThrow(inputError)
  })
})

describe('the caller’s signal', () => {
  test('ends the call before it is carried out if it is already aborted', async () => {
    const { push, arrived } = await ready()
    const reason = new Error('never mind')
    await expect(push({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(arrived()).toBe(0)
  })
})
