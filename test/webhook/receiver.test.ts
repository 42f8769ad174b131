import { afterEach, describe, expect, test, vi } from 'vitest'
import { createReceiver, type FetchContext, type Filter } from '../../src/webhook/index.js'
import { channelSecret, delivery, destination, request, sign, signed, text } from './signed.js'

afterEach(() => vi.restoreAllMocks())

const user = (userId: string) => ({ source: { type: 'user', userId } })

function setup() {
  const errors: { error: unknown; event: unknown }[] = []
  const receiver = createReceiver({ channelSecret, onError: (error, event) => void errors.push({ error, event }) })
  return { receiver, errors }
}

// Lets a test decide when a handler goes on.
function gate() {
  let open = () => {}
  const passed = new Promise<void>((done) => {
    open = done
  })
  return { open, passed }
}

const settle = () => new Promise((done) => setImmediate(done))

describe('fetch', () => {
  test('calls the handler with the event as LINE sent it and answers 200', async () => {
    const { receiver } = setup()
    const seen: unknown[] = []
    receiver.on('message', ({ event, destination }) => void seen.push([event, destination]))
    const event = text('Hello', { aFieldOfTomorrow: { deep: [1] } })
    const body = delivery(event)
    const response = await receiver.fetch(request(body, sign(body)))
    expect(response.status).toBe(200)
    expect(seen).toEqual([[event, destination]])
  })

  test('answers 200 to the empty delivery of the console’s Verify button', async () => {
    const { receiver, errors } = setup()
    const handler = vi.fn()
    receiver.on('*', handler).on('unknown', handler)
    // Body and signature from LINE's page.
    const response = await receiver.fetch(
      request('{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}', 'GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs='),
    )
    expect(response.status).toBe(200)
    expect(handler).not.toHaveBeenCalled()
    expect(errors).toEqual([])
  })

  test('needs no `this`', async () => {
    const { fetch, on } = setup().receiver
    const handler = vi.fn()
    on('message', handler)
    const body = delivery(text('Hello'))
    expect((await fetch(request(body, sign(body)))).status).toBe(200)
    expect(handler).toHaveBeenCalledOnce()
  })

  test('finds the signature whatever the case of the header’s name', async () => {
    const { receiver } = setup()
    const body = delivery()
    const headers = { 'X-LINE-Signature': sign(body) }
    expect((await receiver.fetch(request(body, undefined, { headers }))).status).toBe(200)
  })

  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('answers 405 to %s', async (method) => {
    const { receiver } = setup()
    const response = await receiver.fetch(new Request('https://bot.example/webhook', { method }))
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
  })

  test('answers 401 without reading the body when the header cannot be a signature', async () => {
    const { receiver } = setup()
    const pull = vi.fn()
    const body = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 })
    expect((await receiver.fetch(request(body, 'nonsense'))).status).toBe(401)
    expect(pull).not.toHaveBeenCalled()
  })

  test('answers 401 to two signature headers, even equal and right ones', async () => {
    const { receiver } = setup()
    const body = delivery()
    const asked = request(body, sign(body))
    asked.headers.append('x-line-signature', sign(body))
    expect((await receiver.fetch(asked)).status).toBe(401)
  })

  test('reads a body that comes in pieces', async () => {
    const { receiver } = setup()
    const handler = vi.fn()
    receiver.on('message:text', ({ event }) => handler(event.message.text))
    const bytes = new TextEncoder().encode(delivery(text('こんにちは 🙂')))
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte)) // in the middle of characters too
        controller.close()
      },
    })
    expect((await receiver.fetch(request(body, sign(bytes)))).status).toBe(200)
    expect(handler).toHaveBeenCalledExactlyOnceWith('こんにちは 🙂')
  })

  test('answers 413 as soon as the body is over the limit, and reads no further', async () => {
    const { receiver } = setup()
    let sent = 0
    let cancelled = false
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536
        controller.enqueue(new Uint8Array(65_536))
      },
      cancel() {
        cancelled = true
      },
    })
    expect((await receiver.fetch(request(endless, sign('')))).status).toBe(413)
    expect(sent).toBeLessThan(1_048_576 + 4 * 65_536)
    expect(cancelled).toBe(true)
  })

  test('answers 413 to a length over the limit without reading', async () => {
    const { receiver } = setup()
    const pull = vi.fn()
    const body = new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 })
    const headers = { 'x-line-signature': sign(''), 'content-length': '10485760' }
    expect((await receiver.fetch(request(body, undefined, { headers }))).status).toBe(413)
    expect(pull).not.toHaveBeenCalled()
  })

  test('does not believe a length that is too small', async () => {
    const { receiver } = setup()
    const body = new Uint8Array(10_485_760)
    const headers = { 'x-line-signature': sign(body), 'content-length': '1' }
    expect((await receiver.fetch(request(body, undefined, { headers }))).status).toBe(413)
  })

  test('takes a body of the limit, and refuses one of a byte more', async () => {
    const body = delivery()
    for (const [maxBodySize, status] of [
      [body.length, 200],
      [body.length - 1, 413],
    ] as const) {
      const receiver = createReceiver({ channelSecret, maxBodySize })
      expect((await receiver.fetch(request(body, sign(body)))).status).toBe(status)
      expect((await receiver.handle(signed(body))).status).toBe(status)
    }
  })

  test('a sender that goes away in mid body is no error of a handler', async () => {
    const { receiver, errors } = setup()
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"destin'))
        controller.error(new Error('connection reset'))
      },
    })
    expect((await receiver.fetch(request(body, sign('')))).status).toBe(400)
    expect(errors).toEqual([])
  })

  test('a stream of something else than bytes does not get around the limit', async () => {
    const { receiver } = setup()
    const asked = request(delivery(), sign(delivery()))
    let read = 0
    const strange = { getReader: () => ({ read: async () => ({ done: read++ > 9, value: {} }), cancel: async () => {} }), locked: false }
    Object.defineProperty(asked, 'body', { value: strange })
    expect((await receiver.fetch(asked)).status).toBe(413)
  })

  test('tells onError the way out when something has read the body before', async () => {
    const { receiver, errors } = setup()
    const body = delivery(text('Hello'))
    const read = request(body, sign(body))
    await read.text()
    expect((await receiver.fetch(read)).status).toBe(500)
    const locked = request(body, sign(body))
    locked.body?.getReader()
    expect((await receiver.fetch(locked)).status).toBe(500)
    expect(errors).toHaveLength(2)
    for (const { error, event } of errors) {
      expect(error).toMatchObject({ code: 'LINE_INPUT', message: expect.stringMatching(/parsed it first.*before body parsers.*rawBody/) })
      expect(event).toBeUndefined()
    }
  })

  test('a POST without a body is refused by its signature, and when signed, as no JSON', async () => {
    const { receiver } = setup()
    const bare = (signature: string) =>
      new Request('https://bot.example/webhook', { method: 'POST', headers: { 'x-line-signature': signature } })
    expect((await receiver.fetch(bare(sign('x')))).status).toBe(401)
    expect((await receiver.fetch(bare(sign('')))).status).toBe(400)
  })

  test('hands the work to waitUntil, called as a method, and waits for it all the same', async () => {
    class WorkerContext implements FetchContext {
      readonly #kept: Promise<unknown>[] = []
      waitUntil(work: Promise<unknown>) {
        this.#kept.push(work) // throws when it is not called as a method
      }
      get kept() {
        return this.#kept
      }
    }
    const { receiver } = setup()
    const { open, passed } = gate()
    receiver.on('message', () => passed)
    const context = new WorkerContext()
    const body = delivery(text('Hello'))
    let answered = false
    const response = receiver.fetch(request(body, sign(body)), context).finally(() => {
      answered = true
    })
    await settle()
    expect(context.kept).toHaveLength(1)
    expect(answered).toBe(false)
    open()
    expect((await response).status).toBe(200)
    await context.kept[0]
  })

  test('works where a runtime passes something else as second argument', async () => {
    const { receiver } = setup()
    const serverOfBun = { port: 3000 } as unknown as FetchContext
    const body = delivery()
    expect((await receiver.fetch(request(body, sign(body)), serverOfBun)).status).toBe(200)
  })
})

describe('bad input', () => {
  const cases: [string, string | Uint8Array<ArrayBuffer>, number][] = [
    ['empty', '', 400],
    ['no JSON', '{"destination":', 400],
    ['HTML', '<html></html>', 400],
    ['JSON behind a byte order mark', `\ufeff${delivery()}`, 400],
    ['not UTF-8', Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d), 400],
    ['not UTF-8 within a text', Uint8Array.from(Buffer.from(delivery(text('\u00ff')), 'latin1')), 400],
    ['UTF-8 cut in a character', new TextEncoder().encode(`${delivery()}🙂`).slice(0, -1), 400],
    ['null', 'null', 400],
    ['a number', '42', 400],
    ['a text', '"events"', 400],
    ['a list', '[]', 400],
    ['an object without events', JSON.stringify({ destination }), 400],
    ['events as an object', JSON.stringify({ destination, events: {} }), 400],
    ['events as a text', JSON.stringify({ destination, events: 'message' }), 400],
    ['events as null', JSON.stringify({ destination, events: null }), 400],
    ['an event that is null', JSON.stringify({ destination, events: [null] }), 400],
    ['an event that is a list', JSON.stringify({ destination, events: [[]] }), 400],
    ['an event that is a text', JSON.stringify({ destination, events: ['message'] }), 400],
    ['10 MB', JSON.stringify({ destination, events: [], padding: 'x'.repeat(10_485_760) }), 413],
    ['nested a hundred thousand deep', `{"events":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400],
    ['a thousand objects deep', `{"events":[${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}]}`, 400],
  ]

  test.each(cases)('a signed body that is %s is answered by fetch and handle without a handler', async (_, body, status) => {
    const { receiver, errors } = setup()
    const handler = vi.fn()
    receiver.on('*', handler).on('unknown', handler)
    const response = await receiver.fetch(request(body, sign(body)))
    expect(response.status).toBe(status)
    expect(await receiver.handle(signed(body))).toEqual({ status, message: await response.text() })
    expect(handler).not.toHaveBeenCalled()
    expect(errors).toEqual([])
  })

  test.each(cases)('the same unsigned (%s) is 401 for one channel, and costs many channels no lookup', async (_, body, status) => {
    const { receiver } = setup()
    expect((await receiver.handle({ body, signature: sign(body, 'another') })).status).toBe(status === 413 ? 413 : 401)
    const channel = vi.fn()
    const many = createReceiver({ channel })
    expect([400, 401, 413]).toContain((await many.handle({ body, signature: sign(body, 'another') })).status)
    for (const [asked] of channel.mock.calls) expect(asked).toBe(destination)
  })

  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['of another body', sign('{}')],
    ['of another secret', sign(delivery(text('Hello')), 'another')],
    ['double', `${sign(delivery())}, ${sign(delivery())}`],
    ['not base64', `${'!'.repeat(43)}=`],
    ['too long', `${sign(delivery())}AAAA`],
  ])('a signature that is %s is answered 401', async (_, signature) => {
    const { receiver, errors } = setup()
    const handler = vi.fn()
    receiver.on('*', handler)
    const body = delivery(text('Hello'))
    expect((await receiver.fetch(request(body, signature))).status).toBe(401)
    expect((await receiver.handle({ body, signature })).status).toBe(401)
    expect(handler).not.toHaveBeenCalled()
    expect(errors).toEqual([])
  })

  test('the right signature url-safe or in upper case is answered 401', async () => {
    const { receiver } = setup()
    const body = '{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
    const right = 'GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs='
    expect((await receiver.handle({ body, signature: right })).status).toBe(200)
    expect((await receiver.handle({ body, signature: right.replace('+', '-') })).status).toBe(401)
    expect((await receiver.handle({ body, signature: right.toUpperCase() })).status).toBe(401)
  })

  test('a body that differs in any one byte never reaches a handler', async () => {
    const { receiver } = setup()
    const handler = vi.fn()
    receiver.on('*', handler).on('unknown', handler)
    const right = new TextEncoder().encode(delivery(text('Hello')))
    const signature = sign(right)
    for (let at = 0; at < right.length; at++) {
      const body = right.slice()
      body[at] = (body[at] ?? 0) ^ (1 << (at % 8))
      expect((await receiver.handle({ body, signature })).status).toBe(401)
    }
    expect(handler).not.toHaveBeenCalled()
  })

  test('a __proto__ key harms neither the receiver nor a handler that merges the event', async () => {
    const { receiver } = setup()
    let seen: Record<string, unknown> = {}
    receiver.on('unknown', ({ event }) => {
      seen = event
      // As careless code merges, into an object and into its members.
      const merge = (to: Record<string, unknown>, from: object) => {
        for (const [key, value] of Object.entries(from)) {
          if (typeof value === 'object' && value && typeof to[key] === 'object') merge(to[key] as Record<string, unknown>, value)
          else if (typeof value === 'object' && value && typeof to[key] === 'function') merge(to[key] as never, value)
          else to[key] = value
        }
      }
      merge({ inner: {} }, event)
    })
    const body =
      `{"__proto__":{"events":[]},"destination":"${destination}","events":[{"type":"new","kept":1,"__proto__":{"polluted":1},` +
      `"inner":{"__proto__":{"polluted":1},"kept":2},"constructor":{"prototype":{"polluted":1}},"list":[{"\\u005f_proto__":{"polluted":1}}]}]}`
    expect((await receiver.handle(signed(body))).status).toBe(200)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    expect(JSON.stringify(seen)).toBe('{"type":"new","kept":1,"inner":{"kept":2},"list":[{}]}')
    expect(Object.getPrototypeOf(seen)).toBe(Object.prototype)
  })

  test('an event that is named as a member of every object is unknown', async () => {
    const { receiver } = setup()
    const known = vi.fn()
    const unknown = vi.fn()
    receiver.on('*', known).on('unknown', unknown)
    const odd = ['constructor', '__proto__', 'toString', '*', 'unknown', '', 'message:text', 'Message', null, 5, ['message'], undefined]
    const body = delivery(...odd.map((type) => ({ ...text('Hello'), type })), text('', { message: { type: 'constructor', id: '1' } }))
    expect((await receiver.handle(signed(body))).status).toBe(200)
    expect(known).not.toHaveBeenCalled()
    expect(unknown).toHaveBeenCalledTimes(odd.length + 1)
  })

  test('an event that misses all it should have harms nothing', async () => {
    const { receiver, errors } = setup()
    const handler = vi.fn()
    receiver.on('follow', handler).on('unknown', handler)
    const body = delivery(
      { type: 'follow' },
      { type: 'follow', source: null, timestamp: 'soon' },
      { type: 'follow', source: 5, mode: {} },
      {},
    )
    expect((await receiver.handle(signed(body))).status).toBe(200)
    expect(handler).toHaveBeenCalledTimes(4)
    expect(errors).toEqual([])
  })

  test('a delivery without a destination is handled by a receiver for one channel', async () => {
    const { receiver } = setup()
    const handler = vi.fn()
    receiver.on('*', ({ destination }) => handler(destination))
    expect((await receiver.handle(signed(JSON.stringify({ events: [text('Hello')] })))).status).toBe(200)
    expect(handler).toHaveBeenCalledExactlyOnceWith('')
  })

  test('no answer repeats anything of body, signature or secret', async () => {
    const { receiver } = setup()
    receiver.on('*', () => {
      throw new Error('the-error-text')
    })
    const bodies = [delivery(text('the-body-text')), '{"the-body-text"', '["the-body-text"]']
    for (const body of bodies)
      for (const signature of [sign(body), sign(body, 'other'), 'the-signature']) {
        const response = await receiver.fetch(request(body, signature))
        const answer = `${await response.text()} ${JSON.stringify([...response.headers])}`
        for (const part of ['the-body', 'the-signature', 'the-error', signature, channelSecret, destination])
          expect(answer).not.toContain(part)
      }
    expect(JSON.stringify(receiver)).not.toContain(channelSecret)
  })
})

describe('filters', () => {
  const base = { webhookEventId: '01FZ74A0TDDPYRVKNK77XKC3ZR', timestamp: 1, mode: 'active', deliveryContext: { isRedelivery: false } }
  const known: Record<string, object> = {
    messageEdited: { message: { type: 'text', id: '1', quoteToken: 'q', text: 'new' } },
    unsend: { unsend: { messageId: '1' } },
    follow: { follow: { isUnblocked: false } },
    unfollow: {},
    join: {},
    leave: {},
    memberJoined: { joined: { members: [] } },
    memberLeft: { left: { members: [] } },
    postback: { postback: { data: 'a=b' } },
    videoPlayComplete: { videoPlayComplete: { trackingId: 't' } },
    beacon: { beacon: { hwid: '0123456789', type: 'enter' } },
    accountLink: { link: { result: 'ok', nonce: 'n' } },
    membership: { membership: { type: 'joined', membershipId: 1 } },
    delivery: { delivery: { data: 'd' } },
    module: { module: { type: 'detached', botId: destination } },
    activated: { chatControl: { expireAt: 1 } },
    deactivated: {},
    botSuspended: {},
    botResumed: {},
    things: { things: { type: 'link', deviceId: 'd' } },
  }
  const messages = ['text', 'image', 'video', 'audio', 'file', 'location', 'sticker']

  async function passed(event: object): Promise<string[]> {
    const receiver = createReceiver({ channelSecret })
    const filters: string[] = []
    const all = [...Object.keys(known), 'message', ...messages.map((type) => `message:${type}`), '*', 'unknown'] as Filter[]
    for (const filter of all) receiver.on(filter, () => void filters.push(filter))
    expect((await receiver.handle(signed(delivery(event)))).status).toBe(200)
    return filters
  }

  test.each(Object.entries(known))('%s passes its own filter and *', async (type, fields) => {
    expect(await passed({ ...base, type, ...fields })).toEqual([type, '*'])
  })

  test.each(messages)('a message with %s passes message, its own filter and *', async (type) => {
    expect(await passed({ ...base, type: 'message', message: { type, id: '1' } })).toEqual(['message', `message:${type}`, '*'])
  })

  test.each<[string, object]>([
    ['of a new type', { type: 'payment', payment: {} }],
    ['without a type', {}],
    ['with a message of a new type', { type: 'message', message: { type: 'poll', id: '1' } }],
    ['with an edited message of a new type', { type: 'messageEdited', message: { type: 'image', id: '1' } }],
    ['with a module that did something new', { type: 'module', module: { type: 'paused', botId: destination } }],
    ['of type message without one', { type: 'message' }],
    ['of type message with null', { type: 'message', message: null }],
    ['of type postback without one', { type: 'postback' }],
    ['of type postback with null', { type: 'postback', postback: null }],
    ['of type postback with a text', { type: 'postback', postback: 'a=b' }],
    ['with a thing that did something new', { type: 'things', things: { type: 'sold', deviceId: 'd' } }],
  ])('an event %s passes unknown only', async (_, fields) => {
    expect(await passed({ ...base, ...fields })).toEqual(['unknown'])
  })

  test('a new kind within an event whose members stay the same is no reason to withhold it', async () => {
    expect(await passed({ ...base, type: 'membership', membership: { type: 'paused', membershipId: 1 } })).toEqual(['membership', '*'])
    expect(await passed({ ...base, type: 'follow', mode: 'resting', source: { type: 'square', squareId: 's' } })).toEqual(['follow', '*'])
  })

  test.each(['mesage', 'message:', 'message:poll', 'message:constructor', 'constructor', '', undefined, null, 5])(
    'on() refuses %j, which no event would ever pass',
    (filter) => {
      expect(() => createReceiver({ channelSecret }).on(filter as Filter, () => {})).toThrow(
        expect.objectContaining({ code: 'LINE_INPUT' }),
      )
    },
  )
})

describe('handlers', () => {
  test('run one after another as they were registered', async () => {
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

  test('of one chat run in order of time, those of other chats meanwhile', async () => {
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

  test('a group is one chat whoever writes, and not the chat with its member', async () => {
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

  test('a multi-person chat is one chat as well', async () => {
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

  test('of ten thousand chats no more than a few run side by side, and each once', async () => {
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
    expect(await receiver.process({ destination, events })).toEqual({ succeeded: 10_000, failed: 0, repeated: 0, busy: 0 })
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
  ])('one that %s is told to onError, answered 500, and stops no other', async (_, fail) => {
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

  test('those that fail are all told, one by one', async () => {
    const { receiver, errors } = setup()
    for (const name of ['one', 'two']) receiver.on('*', () => Promise.reject(name))
    expect((await receiver.handle(signed(delivery(text('a'), text('b', user('B')))))).status).toBe(500)
    expect(errors.map(({ error }) => error).sort()).toEqual(['one', 'one', 'two', 'two'])
  })

  test('a failing handler of an unknown event counts too', async () => {
    const { receiver, errors } = setup()
    receiver.on('unknown', () => Promise.reject(new Error('broken')))
    expect((await receiver.handle(signed(delivery({ type: 'payment' })))).status).toBe(500)
    expect(errors[0]?.event).toEqual({ type: 'payment' })
  })

  test('without onError the console is told, with the event’s ID and without its content', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const receiver = createReceiver({ channelSecret })
    const error = new Error('broken')
    receiver.on('message', () => Promise.reject(error))
    const event = text('something private')
    expect((await receiver.handle(signed(delivery(event)))).status).toBe(500)
    expect(log).toHaveBeenCalledExactlyOnceWith(`A handler of a LINE message event (${event.webhookEventId}) failed:`, error)
  })

  test('an onError that fails itself changes nothing, and both errors are logged', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const receiver = createReceiver({ channelSecret, onError: () => Promise.reject(new Error('no log today')) })
    receiver.on('message', () => Promise.reject(new Error('broken')))
    expect(((await receiver.handle(signed(delivery(text('a'), text('b'))))) as { status: number }).status).toBe(500)
    expect(log.mock.calls.map(([, error]) => (error as Error).message)).toEqual(['broken', 'no log today', 'broken', 'no log today'])
  })

  test('onError is waited for', async () => {
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

describe('several secrets', () => {
  test('a delivery under either is taken while the channel changes its secret', async () => {
    const receiver = createReceiver({ channelSecret: ['old-secret', 'new-secret'] })
    const body = delivery()
    expect((await receiver.handle(signed(body, 'old-secret'))).status).toBe(200)
    expect((await receiver.handle(signed(body, 'new-secret'))).status).toBe(200)
    expect((await receiver.handle(signed(body, 'other-secret'))).status).toBe(401)
  })
})

describe('many channels behind one URL', () => {
  const ids = { a: `U${'a'.repeat(32)}`, b: `U${'b'.repeat(32)}` }
  const clients = { a: { name: 'a', messaging: { replyMessage: vi.fn() } }, b: { name: 'b', messaging: { replyMessage: vi.fn() } } }
  const channels = new Map([
    [ids.a, { channelSecret: 'secret-a', client: clients.a }],
    [ids.b, { channelSecret: 'secret-b', client: clients.b }],
  ])
  const to = (destination: unknown, ...events: unknown[]) => JSON.stringify({ destination, events })

  test('each event gets the client of its channel', async () => {
    const receiver = createReceiver({ channel: (destination) => channels.get(destination) })
    const seen: string[] = []
    receiver.on('message', ({ client, destination }) => void seen.push(`${client.name} ${destination}`))
    expect((await receiver.handle(signed(to(ids.a, text('Hello')), 'secret-a'))).status).toBe(200)
    expect((await receiver.handle(signed(to(ids.b, text('Hello')), 'secret-b'))).status).toBe(200)
    expect(seen).toEqual([`a ${ids.a}`, `b ${ids.b}`])
  })

  test('the valid signature of another channel is refused', async () => {
    const receiver = createReceiver({ channel: async (destination) => channels.get(destination) })
    const handler = vi.fn()
    receiver.on('*', handler)
    expect((await receiver.handle(signed(to(ids.a, text('Hello')), 'secret-b'))).status).toBe(401)
    expect(handler).not.toHaveBeenCalled()
  })

  test('a destination given twice counts as one of them, for the secret and for the handlers', async () => {
    const receiver = createReceiver({ channel: (destination) => channels.get(destination) })
    const seen: string[] = []
    receiver.on('*', ({ destination }) => void seen.push(destination))
    const body = `{"destination":"${ids.a}","destination":"${ids.b}","events":[${JSON.stringify(text('Hello'))}]}`
    expect((await receiver.handle(signed(body, 'secret-a'))).status).toBe(401)
    expect((await receiver.handle(signed(body, 'secret-b'))).status).toBe(200)
    expect(seen).toEqual([ids.b])
  })

  test.each([undefined, null, 5, '', '__proto__', 'constructor', ids.a.slice(1), ids.a.toUpperCase(), `${ids.a}\n`, [ids.a]])(
    'a destination of %j is not even looked up',
    async (destination) => {
      const channel = vi.fn()
      const receiver = createReceiver({ channel })
      expect((await receiver.handle(signed(to(destination)))).status).toBe(401)
      expect(channel).not.toHaveBeenCalled()
    },
  )

  test('nothing is looked up for a header that cannot be a signature', async () => {
    const channel = vi.fn()
    const receiver = createReceiver({ channel })
    expect((await receiver.handle({ body: to(ids.a), signature: 'nonsense' })).status).toBe(401)
    expect(channel).not.toHaveBeenCalled()
  })

  test('an unknown channel and a wrong signature are answered alike', async () => {
    const receiver = createReceiver({ channel: (destination) => channels.get(destination) })
    const unknown = await receiver.handle(signed(to(`U${'c'.repeat(32)}`)))
    expect(unknown).toEqual(await receiver.handle(signed(to(ids.a))))
    expect(unknown.status).toBe(401)
  })

  test('a lookup that fails is answered 500 and told', async () => {
    const onError = vi.fn()
    const receiver = createReceiver({ channel: () => Promise.reject(new Error('database is away')), onError })
    expect((await receiver.handle(signed(to(ids.a)))).status).toBe(500)
    expect(onError).toHaveBeenCalledExactlyOnceWith(new Error('database is away'), undefined)
  })

  test('a channel without a secret lets nobody in', async () => {
    const onError = vi.fn()
    const receiver = createReceiver({ channel: () => ({ channelSecret: '' }), onError })
    expect((await receiver.handle(signed(to(ids.a), ''))).status).toBe(500)
    expect(onError).toHaveBeenCalledExactlyOnceWith(expect.any(TypeError), undefined)
  })
})

describe('process', () => {
  test('runs the handlers of a delivery that was checked before', async () => {
    const { receiver, errors } = setup()
    receiver.on('message:text', ({ event }) => (event.message.text === 'bad' ? Promise.reject(new Error('broken')) : undefined))
    const events = [text('good'), text('bad'), { type: 'nobody handles this' }]
    expect(await receiver.process({ destination, events })).toEqual({ succeeded: 2, failed: 1, repeated: 0, busy: 0 })
    expect(errors).toHaveLength(1)
  })

  test('finds the client of the delivery’s channel', async () => {
    const client = { messaging: { replyMessage: async () => {} } }
    const receiver = createReceiver({ channel: (id) => (id === destination ? { channelSecret, client } : undefined) })
    const seen: unknown[] = []
    receiver.on('*', (context) => void seen.push(context.client))
    await receiver.process({ destination, events: [text('Hello')] as never })
    expect(seen).toEqual([client])
    await expect(receiver.process({ destination: 'other', events: [] })).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test.each([undefined, null, [], { destination }, { destination, events: [null] }])('refuses %j', async (wrong) => {
    await expect(setup().receiver.process(wrong as never)).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })
})

describe('drain', () => {
  test('is done at once when nothing is under way', async () => {
    await setup().receiver.drain()
  })

  test('waits for all that is under way, and for what comes meanwhile', async () => {
    const { receiver } = setup()
    const gates = [gate(), gate()]
    receiver.on('message:text', ({ event }) => gates[Number(event.message.text)]?.passed)
    const body = delivery(text('0'))
    const answers = [receiver.fetch(request(body, sign(body)))]
    await settle()
    let drained = false
    const drain = receiver.drain().then(() => {
      drained = true
    })
    answers.push(receiver.process({ destination, events: [text('1')] }) as never)
    gates[0]?.open()
    await settle()
    expect(drained).toBe(false)
    gates[1]?.open()
    await drain
    await Promise.all(answers)
  })

  test('is not hindered by a delivery that failed', async () => {
    const { receiver } = setup()
    const { open, passed } = gate()
    receiver.on('*', async () => {
      await passed
      throw new Error('broken')
    })
    const answer = receiver.handle(signed(delivery(text('Hello'))))
    const refused = receiver.process({} as never)
    const drain = receiver.drain()
    open()
    await drain
    expect((await answer).status).toBe(500)
    await expect(refused).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })
})

describe('createReceiver', () => {
  test.each<[string, object]>([
    ['no secret', {}],
    ['an empty secret', { channelSecret: '' }],
    ['no secret in the list', { channelSecret: [] }],
    ['an empty secret in the list', { channelSecret: [channelSecret, ''] }],
    ['a number as secret', { channelSecret: 42 }],
    ['both a secret and channel', { channelSecret, channel: () => undefined }],
    ['a channel that is no function', { channel: { channelSecret } }],
    ['a limit of nothing', { channelSecret, maxBodySize: 0 }],
    ['a limit that is no number', { channelSecret, maxBodySize: Number.NaN }],
  ])('refuses %s, without repeating the secret', (_, options) => {
    try {
      createReceiver(options as never)
      expect.fail('it took them')
    } catch (error) {
      expect(error).toMatchObject({ code: 'LINE_INPUT', message: expect.stringMatching(/^createReceiver: /) })
      expect(JSON.stringify(error)).not.toContain(channelSecret)
    }
  })

  test('needs neither node:crypto nor process', async () => {
    vi.stubGlobal('process', undefined)
    try {
      const handler = vi.fn()
      const body = delivery(text('Hello'))
      const { signature } = signed(body)
      expect((await createReceiver({ channelSecret }).on('*', handler).handle({ body, signature })).status).toBe(200)
      expect(handler).toHaveBeenCalledOnce()
    } finally {
      vi.unstubAllGlobals()
    }
  })

  test('a body of another realm is as good as one of this', async () => {
    const { runInNewContext } = await import('node:vm')
    const bytes = runInNewContext('Uint8Array.from(list)', { list: [...new TextEncoder().encode(delivery())] }) as Uint8Array
    expect(bytes).not.toBeInstanceOf(Uint8Array)
    expect((await setup().receiver.handle(signed(bytes))).status).toBe(200)
  })

  test.each([{}, { destination, events: [] }, undefined, null, 5, [1, 2]])(
    'handle tells the way out for a parsed body such as %j',
    async (parsed) => {
      const { receiver, errors } = setup()
      expect((await receiver.handle({ body: parsed as never, signature: sign('') })).status).toBe(500)
      expect(errors).toMatchObject([{ error: { code: 'LINE_INPUT' } }])
    },
  )

  test('handle never rejects, whatever it is given', async () => {
    const { receiver, errors } = setup()
    expect((await receiver.handle(undefined as never)).status).toBe(500)
    expect(errors).toHaveLength(1)
  })
})
