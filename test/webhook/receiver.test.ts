import { createReceiver } from 'line-oa/webhook'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { gate, settle, setup } from './setup.js'
import { channelSecret, delivery, destination, request, sign, signed, text } from './signed.js'

afterEach(() => vi.restoreAllMocks())

describe('process', () => {
  test('runs the handlers of a delivery that was checked before', async () => {
    const { receiver, errors } = setup()
    receiver.on('message:text', ({ event }) =>
      event.message.text === 'bad' ? Promise.reject(new Error('broken')) : undefined,
    )
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
    const bytes = runInNewContext('Uint8Array.from(list)', {
      list: [...new TextEncoder().encode(delivery())],
    }) as Uint8Array
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
