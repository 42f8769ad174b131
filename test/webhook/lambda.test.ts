import { createReceiver } from 'line-oa/webhook'
import { type LambdaEvent, toLambdaHandler } from 'line-oa/webhook/lambda'
import { describe, expect, test, vi } from 'vitest'
import { channelSecret, delivery, sign, text } from './signed.js'

function setup() {
  const texts: string[] = []
  const receiver = createReceiver({ channelSecret, onError: () => {} })
  receiver.on('message:text', ({ event }) => void texts.push(event.message.text))
  return { texts, receiver, handler: toLambdaHandler(receiver) }
}

const make = () => {
  const body = delivery(text('こんにちは'))
  return { body, signature: sign(body) }
}
const base64 = (body: string) => Buffer.from(body).toString('base64')

// Events in the shapes that AWS documents, without the parts that the adapter does not read.
const events: [string, (body: string, signature: string) => LambdaEvent][] = [
  [
    'a REST API',
    (body, signature) => ({
      resource: '/webhook',
      path: '/webhook',
      httpMethod: 'POST',
      headers: { 'X-Line-Signature': signature, Host: 'x.execute-api.ap-northeast-1.amazonaws.com' },
      multiValueHeaders: { 'X-Line-Signature': [signature] },
      requestContext: {},
      body,
      isBase64Encoded: false,
    }),
  ],
  [
    'an HTTP API, format 2.0',
    (body, signature) => ({
      version: '2.0',
      routeKey: 'POST /webhook',
      headers: { 'x-line-signature': signature },
      requestContext: { http: { method: 'POST', path: '/webhook' } },
      body,
      isBase64Encoded: false,
    }),
  ],
  [
    'a function URL, base64',
    (body, signature) => ({
      version: '2.0',
      headers: { 'x-line-signature': signature },
      requestContext: { http: { method: 'POST' } },
      body: base64(body),
      isBase64Encoded: true,
    }),
  ],
  [
    'a load balancer with several values per header',
    (body, signature) => ({
      httpMethod: 'POST',
      multiValueHeaders: { 'x-line-signature': [signature] },
      body: base64(body),
      isBase64Encoded: true,
    }),
  ],
]

describe.each(events)('toLambdaHandler behind %s', (_, event) => {
  test('passes the delivery to the handlers', async () => {
    const { handler, texts } = setup()
    const { body, signature } = make()
    expect(await handler(event(body, signature))).toEqual({
      statusCode: 200,
      headers: { 'content-type': 'text/plain;charset=UTF-8' },
      body: 'OK',
    })
    expect(texts).toEqual(['こんにちは'])
  })

  test('refuses a wrong signature', async () => {
    const { handler, texts } = setup()
    const { body } = make()
    expect(await handler(event(body, sign('x')))).toMatchObject({ statusCode: 401 })
    expect(texts).toEqual([])
  })
})

describe('toLambdaHandler', () => {
  const { body, signature } = make()

  test.each<[string, LambdaEvent, number]>([
    [
      'a GET request',
      { requestContext: { http: { method: 'GET' } }, headers: { 'x-line-signature': signature }, body },
      405,
    ],
    ['a PUT request of a REST API', { httpMethod: 'PUT', headers: { 'x-line-signature': signature }, body }, 405],
    ['an event without headers', { httpMethod: 'POST', headers: null, body }, 401],
    ['an empty event', {}, 401],
    [
      'two signature headers',
      {
        multiValueHeaders: { 'x-line-signature': [signature, signature] },
        headers: { 'x-line-signature': signature },
        body,
      },
      401,
    ],
    ['two signatures in one header', { headers: { 'x-line-signature': `${signature},${signature}` }, body }, 401],
    [
      'two signature headers in different cases',
      { headers: { 'x-line-signature': signature, 'X-LINE-SIGNATURE': signature }, body },
      401,
    ],
    [
      'a body that is not base64',
      { headers: { 'x-line-signature': signature }, body: '%', isBase64Encoded: true },
      400,
    ],
    ['an event without a body', { headers: { 'x-line-signature': sign('') }, body: null }, 400],
  ])('answers %s with an error', async (_, event, statusCode) => {
    const { handler, texts } = setup()
    expect(await handler(event)).toMatchObject({ statusCode })
    expect(texts).toEqual([])
  })

  test('waits for the handlers even with ack: early, because Lambda freezes after the response', async () => {
    const ended = vi.fn()
    const receiver = createReceiver({ channelSecret, ack: 'early' }).on('message', async () => {
      await new Promise((done) => setImmediate(done))
      ended()
    })
    const { body, signature } = make()
    await toLambdaHandler(receiver)({ headers: { 'x-line-signature': signature }, body })
    expect(ended).toHaveBeenCalledOnce()
  })

  test('answers 500 when a handler fails', async () => {
    const { receiver, handler } = setup()
    receiver.on('message', () => Promise.reject(new Error('broken')))
    const { body, signature } = make()
    expect(await handler({ headers: { 'x-line-signature': signature }, body })).toMatchObject({ statusCode: 500 })
  })
})
