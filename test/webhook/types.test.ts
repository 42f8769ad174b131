import {
  createReceiver,
  type EventOf,
  type FollowEvent,
  type MessageContent,
  type MessageEvent,
  type Receiver,
  type Source,
  type TextMessageContent,
  type UnknownEvent,
  type WebhookEvent,
} from 'line-oa/webhook'
import { describe, expectTypeOf, test } from 'vitest'
import { channelSecret } from './signed.js'

interface TextMessage {
  readonly type: 'text'
  readonly text: string
}
interface ImageMessage {
  readonly type: 'image'
  readonly originalContentUrl: string
}
interface Reply {
  readonly sentMessages: { readonly id: string }[]
}
// The shape of a client from createLineClient.
interface Client {
  readonly messaging: {
    readonly replyMessage: (
      input: {
        replyToken: string
        messages: readonly (TextMessage | ImageMessage)[]
        notificationDisabled?: boolean | undefined
      },
      options?: { signal?: AbortSignal },
    ) => Promise<Reply>
  }
}
declare const client: Client
declare const event: WebhookEvent
declare const content: MessageContent

// Nothing in here runs: the compiler checks it.
const compiled = (_: () => unknown) => {}

describe('events', () => {
  test('are narrowed by type', () => {
    compiled(() => {
      expectTypeOf(event.webhookEventId).toEqualTypeOf<string>()
      expectTypeOf(event.source).toEqualTypeOf<Source | undefined>()
      if (event.type === 'message') {
        expectTypeOf(event).toEqualTypeOf<MessageEvent>()
        expectTypeOf(event.replyToken).toEqualTypeOf<string | undefined>()
        if (event.message.type === 'text') expectTypeOf(event.message.text).toEqualTypeOf<string>()
        if (event.message.type === 'sticker') expectTypeOf(event.message.keywords).toEqualTypeOf<string[] | undefined>()
      }
      if (event.type === 'postback') expectTypeOf(event.postback.data).toEqualTypeOf<string>()
      if (event.type === 'module' && event.module.type === 'attached')
        expectTypeOf(event.module.scopes).toEqualTypeOf<string[]>()
      if (event.source?.type === 'group') expectTypeOf(event.source.groupId).toEqualTypeOf<string>()
      // @ts-expect-error: no such event
      if (event.type === 'mesage') return
      // @ts-expect-error: an unsend event cannot be replied to
      if (event.type === 'unsend') event.replyToken
    })
  })

  test('have a closed union of message contents, so that a switch can be exhaustive', () => {
    compiled((): number => {
      switch (content.type) {
        case 'text':
        case 'image':
        case 'video':
        case 'audio':
        case 'file':
        case 'location':
        case 'sticker':
          return 1
        default:
          return content satisfies never
      }
    })
  })

  test('follow from the filter', () => {
    expectTypeOf<EventOf<'message'>>().toEqualTypeOf<MessageEvent>()
    expectTypeOf<EventOf<'message:text'>>().toEqualTypeOf<MessageEvent<TextMessageContent>>()
    expectTypeOf<EventOf<'follow'>>().toEqualTypeOf<FollowEvent>()
    expectTypeOf<EventOf<'*'>>().toEqualTypeOf<WebhookEvent>()
    expectTypeOf<EventOf<'unknown'>>().toEqualTypeOf<UnknownEvent>()
    expectTypeOf<EventOf<'message:text' | 'follow'>>().toEqualTypeOf<MessageEvent<TextMessageContent> | FollowEvent>()
  })
})

describe('createReceiver', () => {
  test('passes the event of the filter to the handler', () => {
    compiled(() => {
      const receiver = createReceiver({ channelSecret, client })
      expectTypeOf(receiver).toEqualTypeOf<Receiver<Client>>()
      receiver.on('message:text', (context) => {
        expectTypeOf(context.event).toEqualTypeOf<MessageEvent<TextMessageContent>>()
        expectTypeOf(context.client).toEqualTypeOf<Client>()
      })
      receiver.on('unknown', ({ event }) => expectTypeOf(event['anything']).toEqualTypeOf<unknown>())
      // @ts-expect-error: no such filter
      receiver.on('message:poll', () => {})
    })
  })

  test('gives reply the input and the result of the client’s replyMessage', () => {
    compiled(() =>
      createReceiver({ channelSecret, client }).on('message', async ({ reply }) => {
        expectTypeOf(await reply('text')).toEqualTypeOf<Reply>()
        await reply({ type: 'image', originalContentUrl: 'https://bot.example/image.png' })
        await reply(['text', { type: 'text', text: 'text' }] as const)
        // @ts-expect-error: the client has no such message
        await reply({ type: 'poll' })
        // @ts-expect-error: not a message
        await reply(42)
      }),
    )
  })

  test('without a client allows no reply', () => {
    compiled(() => {
      const receiver = createReceiver({ channelSecret })
      expectTypeOf(receiver).toEqualTypeOf<Receiver<undefined>>()
      // @ts-expect-error: reply needs a client
      receiver.on('message', ({ reply }) => reply('text'))
    })
  })

  test('with an optional client has an optional client in the context', () => {
    compiled(() => {
      const receiver = createReceiver({ channelSecret, client: undefined as Client | undefined })
      expectTypeOf(receiver).toEqualTypeOf<Receiver<Client | undefined>>()
      receiver.on('message', (context) => void expectTypeOf(context.client).toEqualTypeOf<Client | undefined>())
      // @ts-expect-error: the named client is missing
      createReceiver<Client>({ channelSecret })
    })
  })

  test('with `channel` takes the client type from its result', () => {
    compiled(() => {
      const now = createReceiver({
        channel: (destination) => (destination === 'U' ? { channelSecret, client } : undefined),
      })
      expectTypeOf(now).toEqualTypeOf<Receiver<Client>>()
      const later = createReceiver({ channel: async () => ({ channelSecret: [channelSecret], client }) })
      expectTypeOf(later).toEqualTypeOf<Receiver<Client>>()
      // @ts-expect-error: channelSecret and channel exclude each other
      createReceiver({ channelSecret, channel: () => undefined })
      // @ts-expect-error: a secret is required
      createReceiver({})
      // @ts-expect-error: a client needs replyMessage
      createReceiver({ channelSecret, client: {} })
    })
  })

  test('fetch is assignable to a request handler, but not to one whose second argument is env', () => {
    compiled(() => {
      const { fetch } = createReceiver({ channelSecret })
      const route: (request: Request) => Promise<Response> = fetch
      void route
      interface Env {
        readonly LINE_CHANNEL_SECRET: string
      }
      const ctx: { waitUntil(work: Promise<unknown>): void; passThroughOnException(): void } = event as never
      const worker: { fetch(request: Request, env: Env, context: typeof ctx): Promise<Response> } = {
        fetch: (request, _env, context) => fetch(request, context),
      }
      void worker
      // @ts-expect-error: the second argument of a Worker is its env
      const wrong: (request: Request, env: Env, context: typeof ctx) => Promise<Response> = fetch
      // @ts-expect-error: env is not a context
      void fetch(new Request('https://bot.example'), { LINE_CHANNEL_SECRET: '' } as Env)
      void wrong
    })
  })
})
