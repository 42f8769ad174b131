import { createReceiver } from 'line-oa/webhook'
import { describe, expect, test, vi } from 'vitest'
import { setup } from './setup.js'
import { channelSecret, delivery, destination, request, sign, signed, text } from './signed.js'

describe('bad input', () => {
  const cases: [string, string | Uint8Array<ArrayBuffer>, number][] = [
    ['empty', '', 400],
    ['not JSON', '{"destination":', 400],
    ['HTML', '<html></html>', 400],
    ['JSON with a byte order mark', `\ufeff${delivery()}`, 400],
    ['not UTF-8', Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d), 400],
    ['not UTF-8 within a string', Uint8Array.from(Buffer.from(delivery(text('\u00ff')), 'latin1')), 400],
    ['UTF-8 that ends within a character', new TextEncoder().encode(`${delivery()}🙂`).slice(0, -1), 400],
    ['null', 'null', 400],
    ['a number', '42', 400],
    ['a string', '"events"', 400],
    ['a list', '[]', 400],
    ['an object without events', JSON.stringify({ destination }), 400],
    ['events as an object', JSON.stringify({ destination, events: {} }), 400],
    ['events as a string', JSON.stringify({ destination, events: 'message' }), 400],
    ['events as null', JSON.stringify({ destination, events: null }), 400],
    ['an event that is null', JSON.stringify({ destination, events: [null] }), 400],
    ['an event that is a list', JSON.stringify({ destination, events: [[]] }), 400],
    ['an event that is a string', JSON.stringify({ destination, events: ['message'] }), 400],
    ['10 MB', JSON.stringify({ destination, events: [], padding: 'x'.repeat(10_485_760) }), 413],
    ['nested a hundred thousand deep', `{"events":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400],
    ['a thousand objects deep', `{"events":[${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}]}`, 400],
  ]

  test.each(cases)('fetch and handle refuse a signed body (%s) and call no handler', async (_, body, status) => {
    const { receiver, errors } = setup()
    const handler = vi.fn()
    receiver.on('*', handler).on('unknown', handler)
    const response = await receiver.fetch(request(body, sign(body)))
    expect(response.status).toBe(status)
    expect(await receiver.handle(signed(body))).toEqual({ status, message: await response.text() })
    expect(handler).not.toHaveBeenCalled()
    expect(errors).toEqual([])
  })

  test.each(cases)(
    'an unsigned body (%s) gets a 401 with one channel, and no lookup of anything else with several',
    async (_, body, status) => {
      const { receiver } = setup()
      expect((await receiver.handle({ body, signature: sign(body, 'another') })).status).toBe(
        status === 413 ? 413 : 401,
      )
      const channel = vi.fn()
      const many = createReceiver({ channel })
      expect([400, 401, 413]).toContain((await many.handle({ body, signature: sign(body, 'another') })).status)
      for (const [asked] of channel.mock.calls) expect(asked).toBe(destination)
    },
  )

  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['of another body', sign('{}')],
    ['of another secret', sign(delivery(text('Hello')), 'another')],
    ['double', `${sign(delivery())}, ${sign(delivery())}`],
    ['not base64', `${'!'.repeat(43)}=`],
    ['too long', `${sign(delivery())}AAAA`],
  ])('answers 401 to a signature that is %s', async (_, signature) => {
    const { receiver, errors } = setup()
    const handler = vi.fn()
    receiver.on('*', handler)
    const body = delivery(text('Hello'))
    expect((await receiver.fetch(request(body, signature))).status).toBe(401)
    expect((await receiver.handle({ body, signature })).status).toBe(401)
    expect(handler).not.toHaveBeenCalled()
    expect(errors).toEqual([])
  })

  test('answers 401 to a valid signature in URL-safe base64 or in upper case', async () => {
    const { receiver } = setup()
    const body = '{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
    const right = 'GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs='
    expect((await receiver.handle({ body, signature: right })).status).toBe(200)
    expect((await receiver.handle({ body, signature: right.replace('+', '-') })).status).toBe(401)
    expect((await receiver.handle({ body, signature: right.toUpperCase() })).status).toBe(401)
  })

  test('a body with any one byte changed never reaches a handler', async () => {
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
      // A deep merge without protection against prototype pollution.
      const merge = (to: Record<string, unknown>, from: object) => {
        for (const [key, value] of Object.entries(from)) {
          if (typeof value === 'object' && value && typeof to[key] === 'object')
            merge(to[key] as Record<string, unknown>, value)
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

  test('an event whose type is a property name of every object is unknown', async () => {
    const { receiver } = setup()
    const known = vi.fn()
    const unknown = vi.fn()
    receiver.on('*', known).on('unknown', unknown)
    const odd = [
      'constructor',
      '__proto__',
      'toString',
      '*',
      'unknown',
      '',
      'message:text',
      'Message',
      null,
      5,
      ['message'],
      undefined,
    ]
    const body = delivery(
      ...odd.map((type) => ({ ...text('Hello'), type })),
      text('', { message: { type: 'constructor', id: '1' } }),
    )
    expect((await receiver.handle(signed(body))).status).toBe(200)
    expect(known).not.toHaveBeenCalled()
    expect(unknown).toHaveBeenCalledTimes(odd.length + 1)
  })

  test('an event without the usual properties causes no error', async () => {
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

  test('a receiver for one channel handles a delivery without a destination', async () => {
    const { receiver } = setup()
    const handler = vi.fn()
    receiver.on('*', ({ destination }) => handler(destination))
    expect((await receiver.handle(signed(JSON.stringify({ events: [text('Hello')] })))).status).toBe(200)
    expect(handler).toHaveBeenCalledExactlyOnceWith('')
  })

  test('no response contains parts of the body, the signature or the secret', async () => {
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
