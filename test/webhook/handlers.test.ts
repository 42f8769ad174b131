import { createReceiver } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'
import { gate, settle, setup, user } from './setup.js'
import { channelSecret, delivery, destination, request, sign, signed, text } from './signed.js'

describe('handlers', () => {
  test('run one after another in the order of registration', async () => {
    const { receiver } = setup()
    const order: string[] = []
    const { open, passed } = gate()
    receiver
      .on('*', async () => {
        await passed
        order.push('first')
      })
      .on('message:text', () => void order.push('second'))
      .on('message', () => void order.push('third'))
    const answer = receiver.handle(signed(delivery(text('Hello'))))
    await settle()
    expect(order).toEqual([])
    open()
    await answer
    expect(order).toEqual(['first', 'second', 'third'])
  })

  test('run in order of time within a chat, and at the same time for other chats', async () => {
    const { receiver } = setup()
    const order: string[] = []
    const { open, passed } = gate()
    receiver.on('message:text', async ({ event }) => {
      order.push(`${event.message.text} begins`)
      if (event.message.text === 'a1') await passed
      order.push(`${event.message.text} ends`)
    })
    const body = delivery(
      text('a2', { ...user('A'), timestamp: 2 }),
      text('b1', { ...user('B'), timestamp: 3 }),
      text('a1', { ...user('A'), timestamp: 1 }),
    )
    const answer = receiver.handle(signed(body))
    await settle()
    expect(order).toEqual(['a1 begins', 'b1 begins', 'b1 ends'])
    open()
    expect((await answer).status).toBe(200)
    expect(order.slice(3)).toEqual(['a1 ends', 'a2 begins', 'a2 ends'])
  })

  test('treat a group as one chat for all its members, and their one-on-one chats as others', async () => {
    const { receiver } = setup()
    const { open, passed } = gate()
    const begun: string[] = []
    receiver.on('message:text', async ({ event }) => {
      begun.push(event.message.text)
      await passed
    })
    const group = (userId: string) => ({ source: { type: 'group', groupId: 'C1', userId } })
    const answer = receiver.handle(
      signed(delivery(text('A in group', group('A')), text('B in group', group('B')), text('A alone', user('A')))),
    )
    await settle()
    expect(begun).toEqual(['A in group', 'A alone'])
    open()
    await answer
    expect(begun).toHaveLength(3)
  })

  test('treat a multi-person chat as one chat', async () => {
    const { receiver } = setup()
    const order: string[] = []
    receiver.on('message:text', async ({ event }) => {
      order.push(`${event.message.text} begins`)
      await settle()
      order.push(`${event.message.text} ends`)
    })
    const room = (userId: string) => ({ source: { type: 'room', roomId: 'R1', userId } })
    await receiver.handle(signed(delivery(text('A', room('A')), text('B', room('B')))))
    expect(order).toEqual(['A begins', 'A ends', 'B begins', 'B ends'])
  })

  test('run once for each of ten thousand chats, with at most 16 chats in flight', async () => {
    const { receiver } = setup()
    let running = 0
    let most = 0
    const seen = new Set<string>()
    receiver.on('message:text', async ({ event }) => {
      most = Math.max(most, ++running)
      await settle()
      running--
      expect(seen.has(event.message.text)).toBe(false)
      seen.add(event.message.text)
    })
    const events = Array.from({ length: 10_000 }, (_, i) => ({
      type: 'message',
      message: { type: 'text', id: '1', text: `${i}` },
      ...user(`${i}`),
    }))
    expect(await receiver.process({ destination, events })).toEqual({
      succeeded: 10_000,
      failed: 0,
      repeated: 0,
      busy: 0,
    })
    expect(seen.size).toBe(10_000)
    expect(most).toBe(16)
  })

  test.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('broken')
      },
    ],
    ['rejects', () => Promise.reject(new Error('broken'))],
  ])('that %s are reported to onError, answered with 500, and do not stop others', async (_, fail) => {
    const { receiver, errors } = setup()
    const ran: string[] = []
    receiver
      .on('message:text', ({ event }) => (event.message.text === 'bad' ? fail() : undefined))
      .on('message:text', ({ event }) => void ran.push(event.message.text))
    const bad = text('bad', { timestamp: 1 })
    const body = delivery(bad, text('same chat', { timestamp: 2 }), text('other chat', user('B')))
    const response = await receiver.fetch(request(body, sign(body)))
    expect(response.status).toBe(500)
    expect(errors).toEqual([{ error: new Error('broken'), event: bad }])
    expect(ran.sort()).toEqual(['bad', 'other chat', 'same chat'])
  })

  test('that fail are each reported, for each event', async () => {
    const { receiver, errors } = setup()
    for (const name of ['one', 'two']) receiver.on('*', () => Promise.reject(name))
    expect((await receiver.handle(signed(delivery(text('a'), text('b', user('B')))))).status).toBe(500)
    expect(errors.map(({ error }) => error).sort()).toEqual(['one', 'one', 'two', 'two'])
  })

  test('of an unknown event answer 500 when they fail', async () => {
    const { receiver, errors } = setup()
    receiver.on('unknown', () => Promise.reject(new Error('broken')))
    expect((await receiver.handle(signed(delivery({ type: 'payment' })))).status).toBe(500)
    expect(errors[0]?.event).toEqual({ type: 'payment' })
  })

  test('that fail delay the response until onError has finished', async () => {
    const { open, passed } = gate()
    const receiver = createReceiver({ channelSecret, onError: () => passed })
    receiver.on('message', () => Promise.reject(new Error('broken')))
    let answered = false
    const answer = receiver.handle(signed(delivery(text('a')))).then(() => {
      answered = true
    })
    await settle()
    expect(answered).toBe(false)
    open()
    await answer
  })
})
