import { createReceiver } from 'line-oa/webhook'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { gate, settle, setup } from './setup.js'
import { channelSecret, delivery, destination, request, sign, signed, text } from './signed.js'

afterEach(() => vi.restoreAllMocks())

describe('process', () => {
  test('runs the handlers of a verified delivery', async () => {
    const { receiver, errors } = setup()
    receiver.on('message:text', ({ event }) =>
      event.message.text === 'bad' ? Promise.reject(new Error('broken')) : undefined,
    )
    const events = [text('good'), text('bad'), { type: 'nobody handles this' }]
    expect(await receiver.process({ destination, events })).toEqual({ succeeded: 2, failed: 1, repeated: 0, busy: 0 })
    expect(errors).toHaveLength(1)
  })

  test('uses the client of the channel that the delivery names', async () => {
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
  test('resolves at once when nothing is in flight', async () => {
    await setup().receiver.drain()
  })

  test('waits for everything in flight, including deliveries that arrive meanwhile', async () => {
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

  test('resolves when deliveries have failed', async () => {
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
    ['options without a secret', {}],
    ['an empty secret', { channelSecret: '' }],
    ['an empty list of secrets', { channelSecret: [] }],
    ['a list with an empty secret', { channelSecret: [channelSecret, ''] }],
    ['a secret that is a number', { channelSecret: 42 }],
    ['both channelSecret and channel', { channelSecret, channel: () => undefined }],
    ['a channel that is not a function', { channel: { channelSecret } }],
    ['a maxBodySize of 0', { channelSecret, maxBodySize: 0 }],
    ['a maxBodySize of NaN', { channelSecret, maxBodySize: Number.NaN }],
  ])('refuses %s, and the error does not contain the secret', (_, options) => {
    try {
      createReceiver(options as never)
      expect.fail('createReceiver accepted the options')
    } catch (error) {
      expect(error).toMatchObject({ code: 'LINE_INPUT' })
      expect(JSON.stringify(error)).not.toContain(channelSecret)
    }
  })

  test('maxBodySize counts bytes when the body is a string', async () => {
    const body = delivery(text('こんにちは'))
    const bytes = Buffer.byteLength(body)
    expect(bytes).toBeGreaterThan(body.length)
    for (const [maxBodySize, status] of [
      [bytes, 200],
      [bytes - 1, 413],
    ] as const)
      expect((await createReceiver({ channelSecret, maxBodySize }).handle(signed(body))).status).toBe(status)
  })

  test('works without node:crypto and process', async () => {
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

  test('handle accepts a Uint8Array of another realm', async () => {
    const { runInNewContext } = await import('node:vm')
    const bytes = runInNewContext('Uint8Array.from(list)', {
      list: [...new TextEncoder().encode(delivery())],
    }) as Uint8Array
    expect(bytes).not.toBeInstanceOf(Uint8Array)
    expect((await setup().receiver.handle(signed(bytes))).status).toBe(200)
  })

  test.each([{}, { destination, events: [] }, undefined, null, 5, [1, 2]])(
    'handle answers 500 to a parsed body (%j) and reports LINE_INPUT',
    async (parsed) => {
      const { receiver, errors } = setup()
      expect((await receiver.handle({ body: parsed as never, signature: sign('') })).status).toBe(500)
      expect(errors).toMatchObject([{ error: { code: 'LINE_INPUT' } }])
    },
  )

  test('handle never rejects, even without an argument', async () => {
    const { receiver, errors } = setup()
    expect((await receiver.handle(undefined as never)).status).toBe(500)
    expect(errors).toHaveLength(1)
  })
})
