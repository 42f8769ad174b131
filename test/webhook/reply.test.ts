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
  ])('takes %s and gives back what the client answers', async (_, content, messages) => {
    const client = fakeClient()
    const receiver = createReceiver({ channelSecret, client })
    const answers: unknown[] = []
    receiver.on('message:text', async ({ reply }) => void answers.push(await reply(content)))
    expect((await receiver.handle(signed(delivery(text('Hello'))))).status).toBe(200)
    expect(client.messaging.replyMessage).toHaveBeenCalledExactlyOnceWith({ replyToken, messages })
    expect(answers).toEqual([{ sentMessages: [{ id: '1' }] }])
  })

  test('calls the client’s method as its method', async () => {
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

  test('that the client fails at is the handler’s failure', async () => {
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
    ['in standby', text('Hello', { mode: 'standby', replyToken: undefined })],
    ['to an event without a token', { type: 'unfollow', webhookEventId: '01FZ74A0TDDPYRVKNK77XKC3ZR' }],
    ['to an event with an empty token', text('Hello', { replyToken: '' })],
    ['to an event with a token that is no text', text('Hello', { replyToken: {} })],
    ['to an unknown event without a token', { type: 'payment' }],
  ])('%s is refused before anything is sent', async (_, event) => {
    const errors: unknown[] = []
    const client = fakeClient()
    const receiver = createReceiver({ channelSecret, client, onError: (error) => void errors.push(error) })
    receiver.on('*', ({ reply }) => reply('Hi')).on('unknown', ({ reply }) => reply('Hi'))
    expect((await receiver.handle(signed(delivery(event)))).status).toBe(500)
    expect(errors).toMatchObject([{ code: 'LINE_INPUT', message: expect.stringContaining('no reply token') }])
    expect(client.messaging.replyMessage).not.toHaveBeenCalled()
  })

  test('works for an event of a new type that brings a token', async () => {
    const client = fakeClient()
    const receiver = createReceiver({ channelSecret, client })
    receiver.on('unknown', ({ reply }) => reply('Hi'))
    expect((await receiver.handle(signed(delivery({ type: 'payment', replyToken })))).status).toBe(200)
    expect(client.messaging.replyMessage).toHaveBeenCalledOnce()
  })

  test('without a client says where one belongs', async () => {
    const errors: unknown[] = []
    const receiver = createReceiver({ channelSecret, onError: (error) => void errors.push(error) })
    receiver.on('message', ({ reply, client }) => {
      expect(client).toBeUndefined()
      // @ts-expect-error: without a client there is nothing that reply would take
      return reply('Hi')
    })
    await receiver.handle(signed(delivery(text('Hello'))))
    expect(errors).toMatchObject([{ code: 'LINE_INPUT', message: expect.stringMatching(/no client.*createReceiver/) }])
    expect(JSON.stringify(errors)).not.toContain(replyToken)
  })
})
