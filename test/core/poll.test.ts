import type { CallOptions, Operation } from 'line-oa'
import { createCaller } from 'line-oa/core'
import { describe, expect, test, vi } from 'vitest'
import { clockKey } from '../../src/core/clock.js'
import { poll } from '../../src/core/poll.js'
import { TestClock } from '../clock.js'

const bounds = { timeout: 10_000, interval: 3000, signal: undefined }

function setup() {
  const clock = new TestClock()
  const start = clock.now()
  return { clock, client: { [clockKey]: clock }, elapsed: () => clock.now() - start }
}

describe('asking until there is an answer', () => {
  test('asks with the token and for the bot that it is told', async () => {
    const { clock, client } = setup()
    const given: CallOptions[] = []
    const ask = async (options: CallOptions) => void given.push(options)
    const options = { ...bounds, accessToken: 'theirs', botId: 'U1' }
    await expect(clock.settle(poll(client, 'it', options, ask))).rejects.toMatchObject({ code: 'LINE_TIMEOUT' })
    for (const one of given) expect(one).toMatchObject({ accessToken: 'theirs', botId: 'U1' })
    expect(given.length).toBeGreaterThan(1)
  })

  test('ends with the first one, which may be falsy', async () => {
    const { clock, client, elapsed } = setup()
    const answers = [undefined, undefined, 0]
    expect(await clock.settle(poll(client, 'it', bounds, async () => answers.shift()))).toBe(0)
    expect(elapsed()).toBe(6000)
    expect(clock.pending).toBe(0)
  })

  test('ends at the deadline to the millisecond', async () => {
    const { clock, client, elapsed } = setup()
    const ask = vi.fn(async () => undefined)
    const polled = clock.settle(poll(client, 'the rich menus', bounds, ask))
    await expect(polled).rejects.toMatchObject({
      code: 'LINE_TIMEOUT',
      outcome: 'unknown',
      message: expect.stringContaining('the rich menus'),
    })
    expect(elapsed()).toBe(10_000)
    expect(ask).toHaveBeenCalledTimes(4)
  })

  test('gives a call no more time than is left, and leaves its deadline alone before', async () => {
    const { clock, client } = setup()
    const given: CallOptions[] = []
    const ask = async (options: CallOptions) => void given.push(options)
    await expect(
      clock.settle(poll(client, 'it', { ...bounds, timeout: 70_000, interval: 20_000 }, ask)),
    ).rejects.toThrow()
    expect(given.map(({ totalTimeout }) => totalTimeout)).toEqual([undefined, undefined, undefined, 10_000])
  })

  test('ends in time when a call hangs', async () => {
    const { clock, client, elapsed } = setup()
    const info: Operation<Record<string, never>, object> = {
      method: 'GET',
      path: '/v2/bot/info',
      repeat: 'safe',
      docs: '',
    }
    const caller = createCaller({ channelAccessToken: 't', clock, fetch: () => new Promise(() => {}) })
    const polled = poll(client, 'it', { ...bounds, timeout: 4000 }, (options) => caller.call(info, {}, options))
    await expect(clock.settle(polled)).rejects.toMatchObject({ code: 'LINE_TIMEOUT' })
    expect(elapsed()).toBe(4000)
  })

  test('ends with an error of the call', async () => {
    const { client } = setup()
    await expect(poll(client, 'it', bounds, () => Promise.reject(new Error('404')))).rejects.toThrow('404')
  })

  test('ends with the signal in a pause', async () => {
    const { client, clock } = setup()
    const stop = new AbortController()
    const polled = poll(client, 'it', { ...bounds, signal: stop.signal }, async () => undefined)
    await vi.waitFor(() => expect(clock.pending).toBe(1))
    stop.abort()
    await expect(polled).rejects.toMatchObject({ code: 'LINE_ABORTED' })
    expect(clock.pending).toBe(0)
  })

  test('goes by the runtime’s time for a client without a clock', async () => {
    expect(await poll({}, 'it', bounds, async () => 'here')).toBe('here')
  })
})
