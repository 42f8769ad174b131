import type { Message } from 'line-oa'
import { LineReplyTokenError } from 'line-oa'
import { memoryStore } from 'line-oa/store'
import { createReceiver, type Delivery } from 'line-oa/webhook'
import { expect, test, vi } from 'vitest'
import { channelSecret, destination, text } from './signed.js'

type Push = (input: { to: string; messages: readonly Message[] }, options?: { retryKey?: string }) => Promise<object>

// An in-process queue passes the same object for each attempt; an external queue parses a new one from JSON.
function setup(options: object = {}) {
  const errors: unknown[] = []
  const messaging = {
    replyMessage: vi.fn(async (_: { replyToken: string; messages: readonly Message[] }) => ({
      sentMessages: [{ id: '1' }],
    })),
    pushMessage: vi.fn<Push>(async () => ({ sentMessages: [{ id: '2' }] })),
  }
  const receiver = createReceiver({
    channelSecret,
    client: { messaging },
    onError: (error) => void errors.push(error),
    ...options,
  })
  const delivery: Delivery = { destination, events: [text('a')] }
  return { messaging, errors, receiver, delivery }
}

test('a handler that runs again for the same object pushes with the same retry keys', async () => {
  const { messaging, receiver, delivery, errors } = setup()
  let runs = 0
  receiver.on('message', async ({ push }) => {
    await push('one')
    await push('two')
    if (++runs === 1) throw new Error('broken')
  })
  expect(await receiver.process(delivery)).toMatchObject({ failed: 1 })
  expect(await receiver.process(delivery)).toMatchObject({ succeeded: 1 })
  const [first, second, ...again] = messaging.pushMessage.mock.calls.map(([, options]) => options?.retryKey)
  expect(first).not.toBe(second)
  expect(again).toEqual([first, second])
  expect(errors).toEqual([new Error('broken')])
})

test.each([
  ['a shared store', () => ({ store: memoryStore() })],
  ['the memory of the process', () => ({})],
])('a handler that runs again for the same object does not respond twice (remembered in %s)', async (_, options) => {
  const { messaging, receiver, delivery, errors } = setup(options())
  const by: string[] = []
  receiver.on('message', async ({ respond }) => {
    by.push((await respond('Hi')).by)
    if (by.length === 1) throw new Error('broken')
  })
  expect(await receiver.process(delivery)).toMatchObject({ failed: 1 })
  expect(await receiver.process(delivery)).toMatchObject({ succeeded: 1 })
  expect(by).toEqual(['reply', 'already-answered'])
  expect(messaging.replyMessage).toHaveBeenCalledOnce()
  expect(errors).toEqual([new Error('broken')])
})

test('refuses a second response to an event within one run', async () => {
  const { messaging, receiver, delivery, errors } = setup()
  receiver.on('message', async ({ respond }) => {
    await respond('Hi')
    await respond('Hi again')
  })
  expect(await receiver.process(delivery)).toMatchObject({ failed: 1 })
  expect(messaging.replyMessage).toHaveBeenCalledOnce()
  expect(errors).toMatchObject([{ code: 'LINE_INPUT' }])
})

test('a later run may push after LINE rejected the reply token in an earlier run', async () => {
  const { messaging, receiver, delivery } = setup()
  const rejected = new LineReplyTokenError('LINE_REPLY_TOKEN', {
    operation: 'POST /v2/bot/message/reply',
    status: 400,
    lineMessage: 'Invalid reply token',
    details: [],
  })
  messaging.replyMessage.mockRejectedValue(rejected)
  let runs = 0
  receiver.on('message', ({ respond }) => respond('Hi', { whenTokenRejected: ++runs === 1 ? 'throw' : 'push' }))
  expect(await receiver.process(delivery)).toMatchObject({ failed: 1 })
  expect(await receiver.process(delivery)).toMatchObject({ succeeded: 1 })
  expect(messaging.pushMessage).toHaveBeenCalledOnce()
})
