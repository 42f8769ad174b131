import { describe, expect, test } from 'vitest'
import { gate, setup, user } from './setup.js'
import { text } from './signed.js'

describe('events of one chat', () => {
  test('run one at a time across deliveries, in the order of arrival', async () => {
    const { receiver, send } = setup()
    const order: string[] = []
    receiver.on('message:text', async ({ event }) => {
      order.push(`${event.message.text} begins`)
      await new Promise((done) => setImmediate(done))
      order.push(`${event.message.text} ends`)
    })
    await Promise.all([send(text('1')), send(text('2')), send(text('3'))])
    expect(order).toEqual(['1 begins', '1 ends', '2 begins', '2 ends', '3 begins', '3 ends'])
  })

  test('are out of order when a newer event of the chat was handled before', async () => {
    const { receiver, send } = setup()
    const late: string[] = []
    receiver.on('message:text', ({ event, isOutOfOrder }) => void (isOutOfOrder && late.push(event.message.text)))
    await send(text('first', { timestamp: 1000 }))
    await send(text('newest', { timestamp: 3000 }))
    await send(text('late', { timestamp: 2000 }))
    await send(text('same time', { timestamp: 3000 }), text('as a text', { timestamp: '2500' }))
    await send(
      text('other chat', { timestamp: 1, ...user('B') }),
      text('no time', { timestamp: 'soon' }),
      text('late too', { timestamp: 2999 }),
    )
    expect(late).toEqual(['late', 'as a text', 'late too'])
  })

  test('are never out of order within a delivery, which is sorted by time', async () => {
    const { receiver, send } = setup()
    const seen: [string, boolean][] = []
    receiver.on('message:text', ({ event, isOutOfOrder }) => void seen.push([event.message.text, isOutOfOrder]))
    await send(text('2', { timestamp: 2 }), text('1', { timestamp: 1 }))
    expect(seen).toEqual([
      ['1', false],
      ['2', false],
    ])
  })

  test('are not compared with an event whose timestamp is not a number', async () => {
    const { receiver, send } = setup()
    const late: string[] = []
    receiver.on('message:text', ({ event, isOutOfOrder }) => void (isOutOfOrder && late.push(event.message.text)))
    for (const [word, timestamp] of [
      ['no time', 'soon'],
      ['first', 2000],
      ['late', 1000],
    ] as const)
      await send(text(word, { timestamp }))
    expect(late).toEqual(['late'])
  })
})

test('concurrency limits the chats of all deliveries together, and a waiting event of a busy chat does not count', async () => {
  const { receiver, send } = setup({ concurrency: 2 })
  const { open, passed } = gate()
  const begun: string[] = []
  receiver.on('message:text', ({ event }) => {
    begun.push(event.message.text)
    return passed
  })
  const answers = [
    send(text('A1', user('A'))),
    send(text('A2', user('A'))),
    send(text('B1', user('B'))),
    send(text('C1', user('C'))),
  ]
  for (let i = 0; i < 20; i++) await new Promise((done) => setImmediate(done))
  expect(begun).toEqual(['A1', 'B1'])
  open()
  expect(await Promise.all(answers)).toEqual([200, 200, 200, 200])
  expect(begun.sort()).toEqual(['A1', 'A2', 'B1', 'C1'])
})
