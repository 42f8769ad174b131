import { createHmac } from 'node:crypto'
import { createEvents, events, signedDelivery, signedRequest } from 'line-oa/testing'
import { createReceiver } from 'line-oa/webhook'
import { describe, expect, test, vi } from 'vitest'

const channelSecret = '8c570fa6dd201bb328f1c1eac23a96d8'

describe('signedDelivery()', () => {
  test('creates the body and signature of LINE’s example', async () => {
    const destination = 'U8e742f61d673b39c7fff3cecb7536ef0'
    expect(await signedDelivery({ channelSecret, events: [], destination })).toEqual({
      body: '{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}',
      signature: 'GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=',
    })
  })

  test('has a well-formed destination by default', async () => {
    const { body } = await signedDelivery({ channelSecret, events: [] })
    expect(JSON.parse(body)).toEqual({ destination: expect.stringMatching(/^U[0-9a-f]{32}$/), events: [] })
  })

  test('creates a delivery that a receiver handles', async () => {
    const handler = vi.fn()
    const receiver = createReceiver({ channelSecret }).on('message:text', ({ event }) => handler(event.message.text))
    const made = createEvents()
    const delivery = await signedDelivery({
      channelSecret,
      events: [made.follow(), made.text({ text: 'One' }), made.text({ text: 'Two' })],
    })
    expect((await receiver.handle(delivery)).status).toBe(200)
    expect(handler.mock.calls).toEqual([['One'], ['Two']])
  })

  test('creates a delivery that a receiver with another secret refuses', async () => {
    const receiver = createReceiver({ channelSecret })
    expect((await receiver.handle(await signedDelivery({ channelSecret: 'another', events: [] }))).status).toBe(401)
  })

  test('refuses an empty channel secret', async () => {
    await expect(signedDelivery({ channelSecret: '', events: [] })).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })
})

describe('signedRequest()', () => {
  test('creates the request that LINE would send', async () => {
    const request = await signedRequest({
      channelSecret,
      events: [events.text({ text: 'こんにちは' })],
      url: 'https://bot.example/line',
    })
    expect(request.method).toBe('POST')
    expect(request.url).toBe('https://bot.example/line')
    expect(request.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(request.headers.get('user-agent')).toBe('LineBotWebhook/2.0')
    const bytes = Buffer.from(await request.clone().arrayBuffer())
    expect(request.headers.get('x-line-signature')).toBe(
      createHmac('sha256', channelSecret).update(bytes).digest('base64'),
    )
  })

  test('creates a request that a receiver answers', async () => {
    const handler = vi.fn()
    const receiver = createReceiver({ channelSecret }).on('follow', handler)
    expect((await receiver.fetch(await signedRequest({ channelSecret, events: [events.follow()] }))).status).toBe(200)
    expect(handler).toHaveBeenCalledOnce()
  })
})
