import { createReceiver } from 'line-oa/webhook'
import { describe, expect, test, vi } from 'vitest'
import { channelSecret, delivery, signed, text } from './signed.js'

interface Message {
  readonly type: 'text'
  readonly text: string
}

function fakeClient() {
  const replyMessage = vi.fn(async (_input: { replyToken: string; messages: readonly Message[] }) => ({
    sentMessages: [{ id: '1' }],
  }))
  return { messaging: { replyMessage } }
}

const replyToken = '38ef843bde154d9b91c21320ffd17a0f'

describe('reply', () => {
  test.each<[string, string | Message | readonly (string | Message)[], Message[]]>([
    ['a text', 'Hi', [{ type: 'text', text: 'Hi' }]],
    ['a message', { type: 'text', text: 'Hi' }, [{ type: 'text', text: 'Hi' }]],
    [
      'a list of both',
      ['Hi', { type: 'text', text: 'there' }],
      [
        { type: 'text', text: 'Hi' },
        { type: 'text', text: 'there' },
      ],
    ],
  ])('sends %s and resolves with the client’s response', async (_, content, messages) => {
    const client = fakeClient()
    const receiver = createReceiver({ channelSecret, client })
    const answers: unknown[] = []
    receiver.on('message:text', async ({ reply }) => void answers.push(await reply(content)))
    expect((await receiver.handle(signed(delivery(text('Hello'))))).status).toBe(200)
    expect(client.messaging.replyMessage).toHaveBeenCalledExactlyOnceWith({ replyToken, messages })
    expect(answers).toEqual([{ sentMessages: [{ id: '1' }] }])
  })

  test('calls replyMessage as a method of the client', async () => {
    class Messaging {
      readonly #sent: object[] = []
      async replyMessage(input: { replyToken: string; messages: readonly Message[] }) {
        this.#sent.push(input)
        return this.#sent.length
      }
    }
    const receiver = createReceiver({ channelSecret, client: { messaging: new Messaging() } })
    receiver.on('message', ({ reply }) => reply('Hi'))
    expect((await receiver.handle(signed(delivery(text('Hello'))))).status).toBe(200)
  })

  test('fails the handler when the client rejects', async () => {
    const onError = vi.fn()
    const client = fakeClient()
    client.messaging.replyMessage.mockRejectedValue(new Error('Invalid reply token'))
    const receiver = createReceiver({ channelSecret, client, onError })
    receiver.on('message', ({ reply }) => reply('Hi'))
    expect((await receiver.handle(signed(delivery(text('Hello'))))).status).toBe(500)
    expect(onError).toHaveBeenCalledExactlyOnceWith(
      new Error('Invalid reply token'),
      expect.objectContaining({ type: 'message' }),
    )
  })

  test.each<[string, object]>([
    ['an event in standby mode', text('Hello', { mode: 'standby', replyToken: undefined })],
    ['an event without a reply token', { type: 'unfollow', webhookEventId: '01FZ74A0TDDPYRVKNK77XKC3ZR' }],
    ['an event with an empty reply token', text('Hello', { replyToken: '' })],
    ['an event whose reply token is not a string', text('Hello', { replyToken: {} })],
    ['an unknown event without a reply token', { type: 'payment' }],
  ])('to %s is refused before anything is sent', async (_, event) => {
    const errors: unknown[] = []
    const client = fakeClient()
    const onError = (error: unknown) => void errors.push(error)
    const receiver = createReceiver({ channelSecret, client, standby: 'handle', onError })
    receiver.on('*', ({ reply }) => reply('Hi')).on('unknown', ({ reply }) => reply('Hi'))
    expect((await receiver.handle(signed(delivery(event)))).status).toBe(500)
    expect(errors).toMatchObject([{ code: 'LINE_INPUT' }])
    expect(client.messaging.replyMessage).not.toHaveBeenCalled()
  })

  test('replies to an event of an unknown type that has a reply token', async () => {
    const client = fakeClient()
    const receiver = createReceiver({ channelSecret, client })
    receiver.on('unknown', ({ reply }) => reply('Hi'))
    expect((await receiver.handle(signed(delivery({ type: 'payment', replyToken })))).status).toBe(200)
    expect(client.messaging.replyMessage).toHaveBeenCalledOnce()
  })

  test('without a client is refused, and the error does not contain the reply token', async () => {
    const errors: unknown[] = []
    const receiver = createReceiver({ channelSecret, onError: (error) => void errors.push(error) })
    receiver.on('message', ({ reply, client }) => {
      expect(client).toBeUndefined()
      // @ts-expect-error: without a client, reply accepts nothing
      return reply('Hi')
    })
    await receiver.handle(signed(delivery(text('Hello'))))
    expect(errors).toMatchObject([{ code: 'LINE_INPUT' }])
    expect(JSON.stringify(errors)).not.toContain(replyToken)
  })
})
