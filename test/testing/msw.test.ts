import { createEmulator } from 'line-oa/emulator'
import { handlers } from 'line-oa/msw'
import { setupServer } from 'msw/node'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

// msw works below fetch, so the guard of the other tests would stop the calls before it; here msw refuses what nobody handles.
beforeEach(() => {
  vi.unstubAllGlobals()
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

describe('the handlers for msw', () => {
  test('have the emulator answer for LINE', async () => {
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
      expect(await (await ask(`https://${host}/nothing?at=all`)).json()).toEqual({ message: 'Not found' })
    },
  )

  test('break the connection where a fault does', async () => {
    const { ask, emulator } = intercepted()
    emulator.faults.add({ answer: 'reset' })
    await expect(ask('https://api.line.me/v2/bot/info')).rejects.toThrow(TypeError)
    expect((await ask('https://api.line.me/v2/bot/info')).status).toBe(200)
  })

  test('stay silent until the caller gives up', async () => {
    const { ask, emulator } = intercepted()
    emulator.faults.add({ answer: 'timeout' })
    const controller = new AbortController()
    const call = ask('https://api.line.me/v2/bot/info', { signal: controller.signal })
    const ended = expect(call).rejects.toThrow('enough')
    await emulator.clock.advance(1000)
    controller.abort(new Error('enough'))
    await ended
  })
})
