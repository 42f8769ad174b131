import { createReceiver } from 'line-oa/webhook'
import { describe, expect, test, vi } from 'vitest'
import { TestClock } from '../clock.js'
import { channelSecret, delivery, signed, text } from './signed.js'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

test('a wrong signature is logged once a minute at most, without values of the request', async () => {
  const clock = new TestClock()
  const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() }
  const onError = vi.fn()
  const receiver = createReceiver({ channelSecret: 'new', logger, onError, clock })
  const forged = signed(delivery(), 'old')
  for (const passed of [0, 59_999, 1]) {
    clock.jump(passed)
    expect((await receiver.handle(forged)).status).toBe(401)
  }
  expect(logger.warn.mock.calls).toEqual(Array(2).fill([expect.any(String)]))
  for (const part of [forged.signature, forged.body, 'old', 'new'])
    expect(JSON.stringify(logger.warn.mock.calls)).not.toContain(part)
  // A header that cannot be a signature does not come from a changed secret, so it is not logged.
  await receiver.handle({ ...forged, signature: 'x' })
  expect(logger.warn).toHaveBeenCalledTimes(2)
  expect(onError).not.toHaveBeenCalled()
})

test('without onError the console gets the error and the ID of the event, but not its content', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  const receiver = createReceiver({ channelSecret })
  const error = new Error('broken')
  receiver.on('message', () => Promise.reject(error))
  const event = text('something private')
  expect((await receiver.handle(signed(delivery(event)))).status).toBe(500)
  expect(log).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(event.webhookEventId), error)
  expect(log.mock.calls[0]?.[0]).not.toContain('private')
})

test('an onError that fails changes no response, and both errors are logged', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  const receiver = createReceiver({ channelSecret, onError: () => Promise.reject(new Error('no log today')) })
  receiver.on('message', () => Promise.reject(new Error('broken')))
  expect((await receiver.handle(signed(delivery(text('a'), text('b'))))).status).toBe(500)
  expect(log.mock.calls.map(([, error]) => (error as Error).message)).toEqual([
    'broken',
    'no log today',
    'broken',
    'no log today',
  ])
})

describe('a logger that throws', () => {
  const failing = () =>
    vi.fn(() => {
      throw new Error('the disk is full')
    })

  test('delays neither the response nor the next event of the chat', async () => {
    const error = failing()
    const receiver = createReceiver({ channelSecret, logger: { ...silent, error } })
    const seen: string[] = []
    receiver.on('message:text', ({ event }) => {
      seen.push(event.message.text)
      if (event.message.text === 'a') throw new Error('broken')
    })
    const responses = ['a', 'b'].map((word) => receiver.handle(signed(delivery(text(word)))))
    expect((await Promise.all(responses)).map(({ status }) => status)).toEqual([500, 200])
    expect(seen).toEqual(['a', 'b'])
    expect(error).toHaveBeenCalled()
    await receiver.drain()
  })

  test('does not make handle reject', async () => {
    const error = failing()
    const logger = { ...silent, error }
    const receiver = createReceiver({ channelSecret, logger, onError: () => Promise.reject(new Error('no pager')) })
    expect((await receiver.handle({ body: undefined, signature: signed('').signature })).status).toBe(500)
    expect(error).toHaveBeenCalled()
  })
})
