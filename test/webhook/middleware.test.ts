import { createReceiver, type Filter } from 'line-oa/webhook'
import { describe, expect, test, vi } from 'vitest'
import { channelSecret, delivery, signed, text } from './signed.js'

function setup() {
  const errors: unknown[] = []
  const order: string[] = []
  const receiver = createReceiver({ channelSecret, onError: (error) => void errors.push(error) })
  return {
    receiver,
    errors,
    order,
    send: async (...events: object[]) => (await receiver.handle(signed(delivery(...events)))).status,
  }
}

describe('use', () => {
  test('runs around the handlers, the first one outermost', async () => {
    const { receiver, order, send } = setup()
    for (const name of ['outer', 'inner'])
      receiver.use(async (_, next) => {
        order.push(`${name} in`)
        order.push(`${name} out ${await next()}`)
      })
    receiver.on('message', () => void order.push('handler'))
    expect(await send(text('a'))).toBe(200)
    expect(order).toEqual(['outer in', 'inner in', 'handler', 'inner out true', 'outer out true'])
  })

  test('sees every event, known or not, and the same context as the handlers', async () => {
    const { receiver, send } = setup()
    const seen: unknown[] = []
    receiver.use((context, next) => {
      seen.push(context)
      return next()
    })
    receiver.on('message', (context) => void seen.push(context))
    await send({ type: 'payment' }, text('a'))
    expect(seen).toHaveLength(3)
    expect(seen[1]).toBe(seen[2])
  })

  test('without next keeps the handlers from running, and the event counts as handled', async () => {
    const { receiver, send } = setup()
    const handler = vi.fn()
    receiver.use(() => {}).on('message', handler)
    expect(await send(text('a'))).toBe(200)
    expect(handler).not.toHaveBeenCalled()
  })

  test('next called twice runs the handlers once', async () => {
    const { receiver, send } = setup()
    const handler = vi.fn()
    receiver.use((_, next) => Promise.all([next(), next()])).on('message', handler)
    await send(text('a'))
    expect(handler).toHaveBeenCalledOnce()
  })

  test('that throws fails its event and no other', async () => {
    const { receiver, send, errors } = setup()
    const handler = vi.fn()
    receiver.use(({ event }, next) => {
      if (event['type'] === 'follow') throw new Error('not today')
      return next()
    })
    receiver.on('*', handler)
    expect(await send({ type: 'follow' }, text('a'))).toBe(500)
    expect(errors).toEqual([new Error('not today')])
    expect(handler).toHaveBeenCalledOnce()
  })

  test('is told by next that a handler failed, and cannot make a success of it', async () => {
    const { receiver, send, errors } = setup()
    const told: boolean[] = []
    receiver.use(async (_, next) => void told.push(await next()))
    receiver.on('message', () => Promise.reject(new Error('broken')))
    expect(await send(text('a'))).toBe(500)
    expect(told).toEqual([false])
    expect(errors).toEqual([new Error('broken')])
  })

  test('may catch what a later one throws', async () => {
    const { receiver, send, errors } = setup()
    receiver
      .use(async (_, next) => {
        await next().catch(() => {})
      })
      .use(() => {
        throw new Error('inner')
      })
    expect(await send(text('a'))).toBe(200)
    expect(errors).toEqual([])
  })
})

describe('postback filters', () => {
  const postback = (data: unknown) => ({ type: 'postback', postback: { data } })
  async function passes(filter: string, data: unknown): Promise<boolean> {
    const { receiver, send } = setup()
    const handler = vi.fn()
    receiver.on(filter as Filter, handler)
    expect(
      await send(postback(data), { type: 'message', message: { type: 'text', id: '1', text: 'action=buy' } }),
    ).toBe(200)
    return handler.mock.calls.length === 1
  }

  test.each<[string, unknown, boolean]>([
    ['postback:action=buy', 'action=buy', true],
    ['postback:action=buy', 'action=buy&item=1', true],
    ['postback:action=buy', 'item=1&action=buy', true],
    ['postback:action=buy', 'action=sell', false],
    ['postback:action=buy', 'action=buyer', false],
    ['postback:action=buy', 'reaction=buy', false],
    ['postback:action=buy', '{"action":"buy"}', false],
    ['postback:action=buy', '', false],
    ['postback:action=buy', { action: 'buy' }, false],
    ['postback:action=buy', undefined, false],
    ['postback:action=buy&item=1', 'item=1&action=buy', true],
    ['postback:action=buy&item=1', 'item=2&action=buy', false],
    ['postback:item=1', 'item=2&item=1', true],
    ['postback:name=%E8%8C%B6', 'name=茶', true],
    ['postback:name=茶', 'name=%E8%8C%B6', true],
    ['postback:action=', 'action=', true],
    ['postback:action=', 'action=buy', false],
  ])('%s and data %j: %s', async (filter, data, expected) => {
    expect(await passes(filter, data)).toBe(expected)
  })

  test.each(['postback:', 'postback:action', 'postback:=', 'postback:=buy', 'message:action=buy', 'follow:a=b'])(
    'on() refuses %j',
    (filter) => {
      expect(() => setup().receiver.on(filter as Filter, () => {})).toThrow(
        expect.objectContaining({ code: 'LINE_INPUT' }),
      )
    },
  )

  test('give the handler a postback event', () => {
    const { receiver } = setup()
    receiver.on('postback:action=buy', ({ event }) => event.postback.data satisfies string)
    // @ts-expect-error: a postback has no message
    receiver.on('postback:action=buy', ({ event }) => event.message)
    // @ts-expect-error: no value to compare with
    expect(() => receiver.on('postback:action', () => {})).toThrow()
  })
})
