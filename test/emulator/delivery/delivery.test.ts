import { verifySignature } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'
import { inbox, inputError, setup, text } from '../setup.js'

async function connected(answer?: Parameters<typeof inbox>[0], options?: Parameters<typeof setup>[0]) {
  const world = await setup(options)
  const receiver = inbox(answer)
  world.account.connect(receiver)
  return { ...world, receiver }
}

describe('a delivery', () => {
  test('is signed, and has the headers and fields of LINE’s webhook requests', async () => {
    const { person, account, userId, receiver, emulator } = await connected()
    const report = await person.send(account, 'ü 🙂 hello')
    const [request] = receiver.requests
    expect(request?.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(request?.headers.get('user-agent')).toBe('LineBotWebhook/2.0')
    expect(
      await verifySignature(request?.raw ?? '', account.channelSecret, request?.headers.get('x-line-signature')),
    ).toBe(true)
    expect(
      await verifySignature(`${request?.raw} `, account.channelSecret, request?.headers.get('x-line-signature')),
    ).toBe(false)
    expect(request?.body.destination).toBe(account.userId)
    expect(request?.body.events).toEqual([
      {
        type: 'message',
        message: {
          type: 'text',
          id: expect.stringMatching(/^\d{18}$/),
          text: 'ü 🙂 hello',
          quoteToken: expect.any(String),
          markAsReadToken: expect.any(String),
        },
        webhookEventId: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
        timestamp: emulator.clock.now(),
        mode: 'active',
        deliveryContext: { isRedelivery: false },
        source: { type: 'user', userId },
        replyToken: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    ])
    expect(report).toMatchObject({ status: 200, reason: 'ok', event: request?.body.events[0] })
    expect(account.deliveries.at(-1)).toEqual(report)
  })

  test('has a unique event ID that sorts by time', async () => {
    const { person, account, receiver, emulator } = await connected()
    await person.send(account, 'one')
    await emulator.clock.advance(1)
    await person.send(account, 'two')
    const [one = '', two = ''] = receiver.events().map(({ webhookEventId }) => webhookEventId)
    expect(one < two).toBe(true)
  })

  test.each([
    [
      'sticker',
      { type: 'sticker', packageId: '446', stickerId: '1988' },
      { stickerResourceType: 'STATIC', quoteToken: expect.any(String) },
    ],
    ['image', { type: 'image' }, { contentProvider: { type: 'line' }, quoteToken: expect.any(String) }],
    ['video', { type: 'video', duration: 5000 }, { contentProvider: { type: 'line' }, quoteToken: expect.any(String) }],
    ['audio', { type: 'audio', duration: 5000 }, { contentProvider: { type: 'line' } }],
    ['file', { type: 'file', fileName: 'menu.pdf', fileSize: 2138 }, {}],
    ['location', { type: 'location', latitude: 35.65, longitude: 139.7, title: 'Here' }, {}],
  ] as const)('of a message of type %s has the fields that LINE adds', async (_, message, added) => {
    const { person, account, receiver } = await connected()
    await person.send(account, message)
    const expected = { ...message, ...added, id: expect.any(String), markAsReadToken: expect.any(String) }
    expect(receiver.events()[0]?.message).toEqual(expected)
  })

  test.each([200, 201, 204])('answered with %i is successful', async (status) => {
    const { person, account } = await connected(() => new Response(null, { status }))
    expect(await person.send(account, 'hello')).toMatchObject({ status, reason: 'ok' })
  })

  test.each([301, 400, 500])('answered with %i fails', async (status) => {
    const { person, account } = await connected(() => new Response(null, { status }))
    expect(await person.send(account, 'hello')).toMatchObject({
      status,
      reason: 'error_status_code',
      detail: `${status}`,
    })
  })

  test('fails when the receiver throws', async () => {
    const { person, account } = await connected(() => {
      throw new Error('broken')
    })
    expect(await person.send(account, 'hello')).toMatchObject({ status: undefined, reason: 'unclassified' })
  })

  test('times out after 2 seconds, and aborts the request’s signal', async () => {
    const signals: AbortSignal[] = []
    const { person, account, emulator } = await connected((request) => {
      signals.push(request.signal)
      return new Promise(() => {})
    })
    const sent = person.send(account, 'hello')
    await emulator.clock.advance(1999)
    expect(signals[0]?.aborted).toBe(false)
    await emulator.clock.advance(1)
    expect(await sent).toMatchObject({ status: undefined, reason: 'request_timeout', detail: expect.any(String) })
    expect(signals[0]?.aborted).toBe(true)
  })

  test('is not sent while the webhook is off or its URL is missing or invalid', async () => {
    const { person, account, receiver } = await connected()
    account.settings.webhook = false
    expect(await person.send(account, 'off')).toMatchObject({ reason: 'not_sent', detail: expect.any(String) })
    Object.assign(account.settings, { webhook: true, webhookUrl: undefined })
    expect(await person.send(account, 'nowhere')).toMatchObject({ reason: 'not_sent', detail: expect.any(String) })
    account.settings.webhookUrl = 'not a URL'
    expect(await person.send(account, 'nonsense')).toMatchObject({
      reason: 'could_not_connect',
      detail: expect.any(String),
    })
    expect(receiver.requests).toEqual([])
  })

  test('goes to the connected receiver of its URL, otherwise through `deliver`', async () => {
    const urls: string[] = []
    const deliver = async (request: Request) => {
      urls.push(request.url)
      return new Response()
    }
    const { person, account, receiver, line } = await connected(undefined, { deliver })
    await person.send(account, 'to the receiver')
    await line('PUT /v2/bot/channel/webhook/endpoint', { endpoint: 'https://elsewhere.example/hook' })
    await person.send(account, 'elsewhere')
    expect(receiver.requests).toHaveLength(1)
    expect(urls).toEqual(['https://elsewhere.example/hook'])
  })

  test('connect() sets the webhook URL, turns the webhook on, and refuses an http URL', async () => {
    const { account, line } = await connected()
    expect((await line('GET /v2/bot/channel/webhook/endpoint')).body).toMatchObject({
      active: true,
      endpoint: expect.stringMatching(/^https:/),
    })
    expect(() => account.connect(inbox(), { url: 'http://bot.example/' })).toThrow(inputError)
  })
})

describe('redelivery', () => {
  const failing = (times: number) => {
    let left = times
    return () => new Response(null, { status: left-- > 0 ? 500 : 200 })
  }

  test('is off by default', async () => {
    const { person, account, receiver, emulator } = await connected(failing(1))
    await person.send(account, 'hello')
    await emulator.clock.advance(3_600_000)
    expect(receiver.requests).toHaveLength(1)
  })

  test('repeats the event with isRedelivery until it is successful', async () => {
    const { person, account, receiver, emulator } = await connected(failing(2))
    account.settings.redelivery = true
    expect(await person.send(account, 'hello')).toMatchObject({ status: 500 })
    await emulator.clock.advance(3_600_000)
    const [first, ...again] = receiver.events()
    expect(again).toEqual([0, 1].map(() => ({ ...first, deliveryContext: { isRedelivery: true } })))
    expect(account.deliveries.slice(1).map(({ status }) => status)).toEqual([500, 500, 200])
  })

  test('ends after a few attempts', async () => {
    const { person, account, receiver, emulator } = await connected(() => new Response(null, { status: 500 }))
    account.settings.redelivery = true
    await person.send(account, 'hello')
    await emulator.clock.advance(24 * 3_600_000)
    expect(receiver.requests.length).toBeGreaterThan(1)
    expect(receiver.requests.length).toBeLessThan(10)
  })

  test('makes an unused reply token valid for another minute', async () => {
    const replies: number[] = []
    const { person, account, line, emulator, receiver } = await connected(failing(1))
    account.settings.redelivery = true
    await person.send(account, 'hello')
    await emulator.clock.advance(10_000)
    await emulator.clock.advance(60_000)
    const replyToken = receiver.events()[0]?.replyToken
    for (let count = 0; count < 2; count++)
      replies.push((await line('POST /v2/bot/message/reply', { replyToken, messages: [text('late')] })).status)
    expect(receiver.requests).toHaveLength(2)
    expect(replies).toEqual([200, 400])
  })

  test('does not renew a reply token more than 20 minutes after its event', async () => {
    for (const [failures, status] of [
      [3, 200],
      [4, 400],
    ] as const) {
      const { person, account, line, emulator, receiver } = await connected(failing(failures))
      account.settings.redelivery = true
      await person.send(account, 'hello')
      const replyToken = receiver.events()[0]?.replyToken
      while (receiver.requests.length <= failures) await emulator.clock.advance(10_000)
      expect((await line('POST /v2/bot/message/reply', { replyToken, messages: [text('late')] })).status).toBe(status)
    }
  })
})

describe('delivery faults', () => {
  test('duplicate delivers an event twice', async () => {
    const { person, account, receiver, emulator } = await connected()
    emulator.faults.delivery({ duplicate: 1 })
    await person.send(account, 'one')
    await person.send(account, 'two')
    const [one, again, two] = receiver.events()
    expect(again).toEqual(one)
    expect(two?.message).toMatchObject({ text: 'two' })
    expect(receiver.requests).toHaveLength(3)
  })

  test('drop delivers nothing', async () => {
    const { person, account, receiver, emulator } = await connected()
    emulator.faults.delivery({ drop: true })
    expect(await person.send(account, 'one')).toMatchObject({ reason: 'not_sent', detail: expect.any(String) })
    await person.send(account, 'two')
    emulator.faults.delivery({ drop: false })
    await person.send(account, 'three')
    expect(receiver.events().map(({ message }) => message?.['text'])).toEqual(['three'])
  })

  test('reorder delivers an event after the next one, with its original timestamp', async () => {
    const { person, account, receiver, emulator } = await connected()
    emulator.faults.delivery({ reorder: 1 })
    const first = person.send(account, 'one')
    await emulator.clock.advance(5)
    await Promise.all([first, person.send(account, 'two')])
    const [two, one] = receiver.events()
    expect([two?.message?.['text'], one?.message?.['text']]).toEqual(['two', 'one'])
    expect(one?.timestamp).toBeLessThan(two?.timestamp ?? 0)
  })

  test('reorder delays a single event by a second', async () => {
    const { person, account, receiver, emulator } = await connected()
    emulator.faults.delivery({ reorder: 1 })
    const sent = person.send(account, 'one')
    await emulator.clock.advance(999)
    expect(receiver.requests).toHaveLength(0)
    await emulator.clock.advance(1)
    expect(await sent).toMatchObject({ reason: 'ok' })
  })

  test('clear() ends them, and negative counts are refused', async () => {
    const { person, account, emulator } = await connected()
    emulator.faults.delivery({ drop: true, duplicate: true, reorder: true })
    emulator.faults.clear()
    expect(await person.send(account, 'one')).toMatchObject({ reason: 'ok' })
    expect(() => emulator.faults.delivery({ drop: -1 })).toThrow(inputError)
  })
})
