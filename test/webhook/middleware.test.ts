import { createReceiver, type Filter } from 'line-oa/webhook'
import { describe, expect, test, vi } from 'vitest'
import { gate, settle } from './setup.js'
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

describe('middleware', () => {
  test('runs around the handlers, with the first one outermost', async () => {
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

  test('gets every event, known or unknown, with the same context as the handlers', async () => {
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

  test('that does not call next skips the handlers, and the event counts as handled', async () => {
    const { receiver, send } = setup()
    const handler = vi.fn()
    receiver.use(() => {}).on('message', handler)
    expect(await send(text('a'))).toBe(200)
    expect(handler).not.toHaveBeenCalled()
  })

  test('that calls next twice runs the handlers once', async () => {
    const { receiver, send } = setup()
    const handler = vi.fn()
    receiver.use((_, next) => Promise.all([next(), next()])).on('message', handler)
    await send(text('a'))
    expect(handler).toHaveBeenCalledOnce()
  })

  test('that throws fails its own event only', async () => {
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

  test('learns from next that a handler failed, and cannot turn the failure into a success', async () => {
    const { receiver, send, errors } = setup()
    const results: boolean[] = []
    receiver.use(async (_, next) => void results.push(await next()))
    receiver.on('message', () => Promise.reject(new Error('broken')))
    expect(await send(text('a'))).toBe(500)
    expect(results).toEqual([false])
    expect(errors).toEqual([new Error('broken')])
  })

  test('may catch an error of later middleware', async () => {
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

describe('middleware that does not wait for next', () => {
  test('does not end the event while its handlers run', async () => {
    const { receiver } = setup()
    const { open, passed } = gate()
    const order: string[] = []
    receiver
      .use((_, next) => void next())
      .on('message:text', async ({ event }) => {
        order.push(`${event.message.text} begins`)
        if (event.message.text === 'a') await passed
        order.push(`${event.message.text} ends`)
      })
    const answers = ['a', 'b'].map((word) => receiver.handle(signed(delivery(text(word)))))
    for (let i = 0; i < 10; i++) await settle()
    expect(order).toEqual(['a begins'])
    open()
    await Promise.all(answers)
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
  })

  test.each([
    ['returns', () => {}],
    [
      'throws',
      () => {
        throw new Error('outer')
      },
    ],
  ])('and %s does not hide a failure of later middleware', async (_, end) => {
    const { receiver, errors } = setup()
    const { open, passed } = gate()
    receiver
      .use((_, next) => {
        void next()
        return end()
      })
      .use(async (_, next) => {
        await next()
        throw new Error('inner')
      })
      .on('message', () => passed)
    const answer = receiver.handle(signed(delivery(text('a'))))
    await settle()
    open()
    expect((await answer).status).toBe(500)
    expect(errors).toEqual([new Error('inner')])
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

  test('pass a postback event to the handler', () => {
    const { receiver } = setup()
    receiver.on('postback:action=buy', ({ event }) => event.postback.data satisfies string)
    // @ts-expect-error: a postback event has no message
    receiver.on('postback:action=buy', ({ event }) => event.message)
    // @ts-expect-error: the filter needs a value to compare with
    expect(() => receiver.on('postback:action', () => {})).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  })
})
