import { createEmulator } from 'line-oa/emulator'
import { handlers } from 'line-oa/msw'
import { setupServer } from 'msw/node'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runtimeFetch } from '../setup.js'

// msw intercepts below fetch, and the guard of test/setup.ts would refuse the calls before; msw refuses unhandled calls itself.
beforeEach(() => {
  vi.stubGlobal('fetch', runtimeFetch)
})

let stop = () => {}
afterEach(() => stop())

function intercepted() {
  const emulator = createEmulator()
  const account = emulator.createAccount({ name: 'Tea House' })
  const server = setupServer(...handlers(emulator))
  server.listen({ onUnhandledFrame: 'error' })
  stop = () => server.close()
  const authorization = `Bearer ${account.issueLongLivedToken()}`
  const ask = (url: string, init: RequestInit = {}) =>
    fetch(url, { ...init, headers: { authorization, 'content-type': 'application/json', ...init.headers } })
  return { emulator, account, ask }
}

describe('handlers()', () => {
  test('answer with the emulator', async () => {
    const { ask, account, emulator } = intercepted()
    const response = await ask('https://api.line.me/v2/bot/info')
    expect(await response.json()).toMatchObject({ basicId: account.basicId })
    expect(response.headers.get('x-line-request-id')).toBeTruthy()
    const person = emulator.createPerson({ displayName: 'Mika' })
    await person.addFriend(account)
    const body = JSON.stringify({ to: person.userIdFor(account), messages: [{ type: 'text', text: 'ü' }] })
    expect((await ask('https://api.line.me/v2/bot/message/push', { method: 'POST', body })).status).toBe(200)
    expect(person.chatWith(account)).toMatchObject([{ from: 'account', message: { text: 'ü' } }])
  })

  test.each(['api.line.me', 'api-data.line.me', 'access.line.me', 'manager.line.biz'])(
    'answer for %s',
    async (host) => {
      const { ask } = intercepted()
      const response = await ask(`https://${host}/nothing?at=all`)
      expect(response.status).toBe(404)
      expect(await response.json()).toEqual({ message: expect.any(String) })
    },
  )

  test('break the connection for the fault reset', async () => {
    const { ask, emulator } = intercepted()
    emulator.faults.add({ answer: 'reset' })
    await expect(ask('https://api.line.me/v2/bot/info')).rejects.toThrow(TypeError)
    expect((await ask('https://api.line.me/v2/bot/info')).status).toBe(200)
  })

  test('do not answer for the fault timeout until the caller aborts', async () => {
    const { ask, emulator } = intercepted()
    emulator.faults.add({ answer: 'timeout' })
    const controller = new AbortController()
    const call = ask('https://api.line.me/v2/bot/info', { signal: controller.signal })
    const reason = new Error('enough')
    const ended = expect(call).rejects.toBe(reason)
    await emulator.clock.advance(1000)
    controller.abort(reason)
    await ended
  })
})
