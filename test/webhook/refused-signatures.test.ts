import { createReceiver } from 'line-oa/webhook'
import { expect, test, vi } from 'vitest'
import { TestClock } from '../clock.js'
import { delivery, signed } from './signed.js'

test('a signature that does not fit is told to the log, at most once a minute, and quotes nothing', async () => {
  const clock = new TestClock()
  const logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() }
  const onError = vi.fn()
  const receiver = createReceiver({ channelSecret: 'new', logger, onError, clock })
  const forged = signed(delivery(), 'old')
  for (const passed of [0, 59_999, 1]) {
    clock.jump(passed)
    expect((await receiver.handle(forged)).status).toBe(401)
  }
  expect(logger.warn.mock.calls).toEqual(
    Array(2).fill(['A LINE webhook was refused: The signature does not fit the body and the channel secret']),
  )
  // What never could be a signature of LINE is nobody's mistake.
  await receiver.handle({ ...forged, signature: 'x' })
  expect(logger.warn).toHaveBeenCalledTimes(2)
  expect(onError).not.toHaveBeenCalled()
})
