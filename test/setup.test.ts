// What test/setup.ts guarantees to all other tests.
import { describe, expect, test, vi } from 'vitest'
import { runtimeFetch } from './setup.js'

describe('fetch', () => {
  test.each([
    'https://api.line.me/v2/bot/info',
    'https://access.line.me/',
    'https://line.me/',
    'https://manager.line.biz/',
  ])('refuses %s as a string, a URL and a Request', async (url) => {
    for (const input of [url, new URL(url), new Request(url)])
      await expect(fetch(input)).rejects.toThrow(new URL(url).hostname)
  })

  test('passes other requests to the runtime', async () => {
    expect(await (await fetch('data:text/plain,hello')).text()).toBe('hello')
  })

  test('has one guard after the setup ran for several files', async () => {
    const guarded = globalThis.fetch
    // A query makes it another module, as it is for the next file of the process.
    const path = './setup.js?again'
    const again = await import(path)
    expect(again.runtimeFetch).toBe(runtimeFetch)
    expect(globalThis.fetch).toBe(guarded)
    expect(guarded).not.toBe(runtimeFetch)
  })
})

describe('after a test', () => {
  const guarded = globalThis.fetch
  const name = 'LINE_OA_TEST_SETUP'
  const target = { answer: () => 1 }

  test('globals, environment variables, spies and timers are still changed within the test', () => {
    vi.stubGlobal('fetch', () => {})
    vi.stubGlobal('lineOaTestSetup', true)
    vi.stubEnv(name, 'x')
    vi.spyOn(target, 'answer').mockReturnValue(2)
    vi.useFakeTimers()
    expect([process.env[name], target.answer(), vi.isFakeTimers()]).toEqual(['x', 2, true])
  })

  test('they are restored', () => {
    expect(globalThis.fetch).toBe(guarded)
    expect(globalThis).not.toHaveProperty('lineOaTestSetup')
    expect([process.env[name], target.answer(), vi.isFakeTimers()]).toEqual([undefined, 1, false])
  })
})
