// Every text of line-oa/webhook: errors, responses and log lines. No other test of the receiver asserts a text.
import { PassThrough } from 'node:stream'
import {
  type Context,
  createReceiver,
  type Filter,
  signBody,
  signBodySync,
  textSegments,
  verifySignature,
  verifySignatureSync,
} from 'line-oa/webhook'
import { toLambdaHandler } from 'line-oa/webhook/lambda'
import { toNodeHandler } from 'line-oa/webhook/node'
import { describe, expect, test, vi } from 'vitest'
import { TestClock } from '../clock.js'
import { channelSecret, delivery, destination, request, sign, signed, text } from '../webhook/signed.js'

const eventId = '01FZ74A0TDDPYRVKNK77XKC3ZR'
const signature = sign('')

type AnyContext = Context<object, never>
type Options = Parameters<typeof createReceiver>[0]

async function thrownBy(call: () => unknown): Promise<unknown> {
  try {
    await call()
  } catch (error) {
    return error
  }
  return expect.fail('nothing was thrown')
}

/** The first error that a receiver reports to `onError` while it takes the body. */
async function reported(options: object, handler: (context: AnyContext) => unknown, body: string): Promise<unknown> {
  const errors: unknown[] = []
  const receiver = createReceiver({ channelSecret, onError: (error) => void errors.push(error), ...options } as Options)
  receiver.on('*', handler as never).on('unknown', handler as never)
  await receiver.handle(signed(body))
  return errors[0]
}

const client = { messaging: { replyMessage: async () => ({ sentMessages: [] }) } }
const group = { source: { type: 'group', groupId: 'C1' } }
const event = (more: object) => text('Hi', { webhookEventId: eventId, ...more })

const inHandler =
  (
    run: (context: Record<string, (...input: unknown[]) => unknown>) => unknown,
    more: object = {},
    options: object = { client },
  ) =>
  () =>
    reported(options, run as never, delivery(event(more)))

const create = (options: object) => () => thrownBy(() => createReceiver(options as Options))
const on = (filter: unknown) => () => thrownBy(() => createReceiver({ channelSecret }).on(filter as Filter, () => {}))
const receive = (input: object) => async () => {
  const errors: unknown[] = []
  await createReceiver({ channelSecret, onError: (error) => void errors.push(error) }).handle(input as never)
  return errors[0]
}
const process =
  (input: unknown, options: object = { channelSecret }) =>
  () =>
    thrownBy(() => createReceiver(options as Options).process(input as never))

const withoutProcess = (call: () => unknown) => () => {
  vi.stubGlobal('process', undefined)
  try {
    return thrownBy(call)
  } finally {
    vi.unstubAllGlobals()
  }
}

const eitherOr = 'createReceiver: pass either channelSecret, or channel as a function that finds the channel'
const queueAndAck = "createReceiver: ack: 'queued' requires queue, and queue requires ack: 'queued'"
const noClient = 'was received without a client; pass client to createReceiver, or return it from the channel function'
const parsedBefore =
  'The raw body is not available because it was parsed before it reached the receiver. Register the receiver before any body parser, ' +
  'or keep the raw bytes: express.json({ verify: (req, _res, bytes) => { req.rawBody = bytes } })'

const rows: readonly [
  what: string,
  call: () => Promise<unknown>,
  code: string | undefined,
  path: string | undefined,
  message: string,
][] = [
  ['no channelSecret', create({}), 'LINE_INPUT', undefined, 'createReceiver: channelSecret is missing or empty'],
  [
    'an empty channelSecret',
    create({ channelSecret: '' }),
    'LINE_INPUT',
    undefined,
    'createReceiver: channelSecret is missing or empty',
  ],
  [
    'an empty list of secrets',
    create({ channelSecret: [] }),
    'LINE_INPUT',
    undefined,
    'createReceiver: channelSecret must contain at least one channel secret',
  ],
  [
    'a list with an empty secret',
    create({ channelSecret: [channelSecret, ''] }),
    'LINE_INPUT',
    undefined,
    'createReceiver: channelSecret is missing or empty',
  ],
  [
    'a channelSecret that is a number',
    create({ channelSecret: 42 }),
    'LINE_INPUT',
    undefined,
    'createReceiver: channelSecret must be a string',
  ],
  ['channelSecret and channel', create({ channelSecret, channel: () => undefined }), 'LINE_INPUT', undefined, eitherOr],
  ['a channel that is not a function', create({ channel: { channelSecret } }), 'LINE_INPUT', undefined, eitherOr],
  [
    'maxBodySize 0',
    create({ channelSecret, maxBodySize: 0 }),
    'LINE_INPUT',
    undefined,
    'createReceiver: maxBodySize must be greater than 0',
  ],
  [
    'maxBodySize NaN',
    create({ channelSecret, maxBodySize: Number.NaN }),
    'LINE_INPUT',
    undefined,
    'createReceiver: maxBodySize must be greater than 0',
  ],
  [
    'concurrency 0',
    create({ channelSecret, concurrency: 0 }),
    'LINE_INPUT',
    undefined,
    'createReceiver: concurrency must be greater than 0',
  ],
  [
    'bodyTimeout -1',
    create({ channelSecret, bodyTimeout: -1 }),
    'LINE_INPUT',
    undefined,
    'createReceiver: bodyTimeout must be greater than 0',
  ],
  [
    'a logger without debug()',
    create({ channelSecret, logger: { warn() {}, error() {} } }),
    'LINE_INPUT',
    undefined,
    'createReceiver: logger must be an object with debug()',
  ],
  [
    'a clock without timers',
    create({ channelSecret, clock: { now: () => 0 } }),
    'LINE_INPUT',
    undefined,
    'createReceiver: clock must be an object with setTimeout()',
  ],
  [
    'a Map as a store',
    create({ channelSecret, store: new Map() }),
    'LINE_INPUT',
    undefined,
    'createReceiver: store must be an object with add()',
  ],
  ["ack: 'queued' without a queue", create({ channelSecret, ack: 'queued' }), 'LINE_INPUT', undefined, queueAndAck],
  [
    'a queue without ack',
    create({ channelSecret, queue: { add: async () => {} } }),
    'LINE_INPUT',
    undefined,
    queueAndAck,
  ],
  [
    "a queue with ack: 'early'",
    create({ channelSecret, ack: 'early', queue: { add: async () => {} } }),
    'LINE_INPUT',
    undefined,
    queueAndAck,
  ],

  [
    'an unknown filter',
    on('message:poll'),
    'LINE_INPUT',
    undefined,
    `Unknown filter "message:poll"; did you mean 'message:image'? Filters are a function, postback:KEY=VALUE, message, messageEdited, unsend, follow, unfollow, join, leave, memberJoined, memberLeft, postback, videoPlayComplete, beacon, accountLink, membership, delivery, module, activated, deactivated, botSuspended, botResumed, things, purchaseComplete, refundComplete, message:text, message:image, message:video, message:audio, message:file, message:location, message:sticker, *, unknown, standby`,
  ],
  [
    'a postback filter without a value',
    on('postback:action'),
    'LINE_INPUT',
    undefined,
    `Unknown filter "postback:action"; did you mean 'postback'? Filters are a function, postback:KEY=VALUE, message, messageEdited, unsend, follow, unfollow, join, leave, memberJoined, memberLeft, postback, videoPlayComplete, beacon, accountLink, membership, delivery, module, activated, deactivated, botSuspended, botResumed, things, purchaseComplete, refundComplete, message:text, message:image, message:video, message:audio, message:file, message:location, message:sticker, *, unknown, standby`,
  ],
  [
    'a filter that is undefined',
    on(undefined),
    'LINE_INPUT',
    undefined,
    `Unknown filter "undefined"; did you mean 'memberJoined'? Filters are a function, postback:KEY=VALUE, message, messageEdited, unsend, follow, unfollow, join, leave, memberJoined, memberLeft, postback, videoPlayComplete, beacon, accountLink, membership, delivery, module, activated, deactivated, botSuspended, botResumed, things, purchaseComplete, refundComplete, message:text, message:image, message:video, message:audio, message:file, message:location, message:sticker, *, unknown, standby`,
  ],

  [
    'process without a delivery',
    process(undefined),
    'LINE_INPUT',
    undefined,
    'process: the delivery is not an object with a list of events',
  ],
  [
    'process with an event that is null',
    process({ destination, events: [null] }),
    'LINE_INPUT',
    undefined,
    'process: the delivery is not an object with a list of events',
  ],
  [
    'process with a delivery for an unknown channel',
    process({ destination: 'other', events: [] }, { channel: () => undefined }),
    'LINE_INPUT',
    undefined,
    'process: the channel function found no channel for the destination of the delivery',
  ],

  ['handle with a parsed body', receive({ body: {}, signature }), 'LINE_INPUT', undefined, parsedBefore],
  ['handle without a body', receive({ body: undefined, signature }), 'LINE_INPUT', undefined, parsedBefore],

  [
    'reply without a client',
    inHandler(({ reply }) => reply?.('Hi'), {}, {}),
    'LINE_INPUT',
    undefined,
    `reply: the message event ${eventId} ${noClient}`,
  ],
  [
    'respond without a client',
    inHandler(({ respond }) => respond?.('Hi'), {}, {}),
    'LINE_INPUT',
    undefined,
    `respond: the message event ${eventId} ${noClient}`,
  ],
  [
    'push without a client',
    inHandler(({ push }) => push?.('Hi'), {}, {}),
    'LINE_INPUT',
    undefined,
    `push: the message event ${eventId} ${noClient}`,
  ],
  [
    'loading without a client',
    inHandler(({ loading }) => loading?.(), {}, {}),
    'LINE_INPUT',
    undefined,
    `loading: the message event ${eventId} ${noClient}`,
  ],
  [
    'profile without a client',
    inHandler(({ profile }) => profile?.(), {}, {}),
    'LINE_INPUT',
    undefined,
    `profile: the message event ${eventId} ${noClient}`,
  ],
  [
    'reply in standby mode',
    inHandler(({ reply }) => reply?.('Hi'), { mode: 'standby', replyToken: undefined }, { client, standby: 'handle' }),
    'LINE_INPUT',
    undefined,
    `reply: the message event ${eventId} is in standby mode: another channel holds the chat, and LINE allows only that channel to send. Wait until an activated event hands the chat to this channel`,
  ],
  [
    'reply without a reply token',
    inHandler(({ reply }) => reply?.('Hi'), { replyToken: undefined }),
    'LINE_INPUT',
    undefined,
    `reply: the message event ${eventId} has no reply token, because LINE sends none for events that cannot be replied to. Use push instead`,
  ],
  [
    'respond without a reply token',
    inHandler(({ respond }) => respond?.('Hi'), { replyToken: undefined }),
    'LINE_INPUT',
    undefined,
    `Cannot respond to event ${eventId}: it has no reply token, because LINE sends none for events that cannot be replied to. Use pushMessage instead`,
  ],
  [
    'respond to an event without deliveryContext',
    inHandler(({ respond }) => respond?.('Hi'), { deliveryContext: undefined }),
    'LINE_INPUT',
    undefined,
    `respond: the message event ${eventId} has no deliveryContext`,
  ],
  [
    'a second respond',
    inHandler(async ({ respond }) => {
      await respond?.('Hi')
      await respond?.('Hi again')
    }),
    'LINE_INPUT',
    undefined,
    `Cannot respond to event ${eventId}: it was already answered, or may have been. Pass all messages in one call, or push the rest`,
  ],
  [
    'push without a source',
    inHandler(({ push }) => push?.('Hi'), { source: undefined }),
    'LINE_INPUT',
    undefined,
    `push: the message event ${eventId} has no source, so there is no chat to push to`,
  ],
  [
    'loading in a group',
    inHandler(({ loading }) => loading?.(), group),
    'LINE_INPUT',
    undefined,
    `loading: the message event ${eventId} is not from a one-on-one chat; LINE shows the loading animation only there`,
  ],
  [
    'profile without a user',
    inHandler(({ profile }) => profile?.(), group),
    'LINE_INPUT',
    undefined,
    `profile: the message event ${eventId} has no user ID`,
  ],

  [
    'verifySignature with an empty secret',
    () => thrownBy(() => verifySignature('', '', signature)),
    'LINE_INPUT',
    undefined,
    'channelSecret is missing or empty',
  ],
  [
    'verifySignature with an empty secret and no signature',
    () => thrownBy(() => verifySignature('', '', undefined)),
    'LINE_INPUT',
    undefined,
    'channelSecret is missing or empty',
  ],
  [
    'verifySignatureSync with an empty list of secrets',
    () => thrownBy(() => verifySignatureSync('', [], signature)),
    'LINE_INPUT',
    undefined,
    'channelSecret is missing or empty',
  ],
  [
    'signBody with an empty secret',
    () => thrownBy(() => signBody('', '')),
    'LINE_INPUT',
    undefined,
    'channelSecret is missing or empty',
  ],
  [
    'signBodySync with an empty secret',
    () => thrownBy(() => signBodySync('', '')),
    'LINE_INPUT',
    undefined,
    'channelSecret is missing or empty',
  ],
  [
    'verifySignature with a parsed body',
    () => thrownBy(() => verifySignature({} as never, channelSecret, signature)),
    'LINE_INPUT',
    undefined,
    'body must be the raw request body, as a string or a Uint8Array',
  ],
  [
    'a channel with an empty secret',
    () => reported({ channelSecret: undefined, channel: () => ({ channelSecret: '' }) }, () => {}, delivery(event({}))),
    'LINE_INPUT',
    undefined,
    'channelSecret of the channel is missing or empty',
  ],
  [
    'verifySignatureSync without node:crypto',
    withoutProcess(() => verifySignatureSync('', channelSecret, signature)),
    'LINE_INPUT',
    undefined,
    'verifySignatureSync requires node:crypto, which this runtime does not have; await verifySignature instead',
  ],
  [
    'signBodySync without node:crypto',
    withoutProcess(() => signBodySync('', channelSecret)),
    'LINE_INPUT',
    undefined,
    'signBodySync requires node:crypto, which this runtime does not have; await signBody instead',
  ],
]

test.each(rows)('error: %s', async (_, call, code, path, message) => {
  const error = (await call()) as Error & { code?: string; problems?: readonly { path: string }[] }
  expect([error.code, error.problems?.[0]?.path, error.message]).toEqual([code, path, message])
})

describe('response', () => {
  const handle =
    (body: string | Uint8Array, more: object = {}, options: object = { channelSecret }) =>
    () =>
      createReceiver(options as Options).handle({ ...signed(body), ...more })

  const unsigned = 'The x-line-signature header is missing or malformed'
  const forged =
    'Signature verification failed: the channel secret is wrong, or the body was modified before it reached the receiver'
  const notDelivery = 'The request body is not an object with a list of events'

  async function fetched(input: Request, options: object = {}) {
    const response = await createReceiver({ channelSecret, ...options } as Options).fetch(input)
    return { status: response.status, message: await response.text() }
  }

  const broken = () =>
    new ReadableStream<Uint8Array>({ start: (controller) => controller.error(new Error('connection reset')) })
  const endless = () =>
    new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(Uint8Array.of(0x7b)) })

  const responses: readonly [
    what: string,
    call: () => Promise<{ status: number; message: string }>,
    status: number,
    message: string,
  ][] = [
    ['a delivery without events', handle(delivery()), 200, 'OK'],
    ['a handled event', handle(delivery(text('Hi'))), 200, 'OK'],
    [
      'a delivery in the queue',
      handle(delivery(text('Hi')), {}, { channelSecret, ack: 'queued', queue: { add: async () => {} } }),
      200,
      'OK',
    ],
    ['no signature', handle(delivery(), { signature: undefined }), 401, unsigned],
    ['a signature of the wrong length', handle(delivery(), { signature: 'x' }), 401, unsigned],
    ['a wrong signature', handle(delivery(), { signature }), 401, forged],
    ['an unknown channel', handle(delivery(), {}, { channel: () => undefined }), 401, forged],
    ['a body that is not UTF-8', handle(Uint8Array.of(0xff, 0xfe)), 400, 'The request body is not UTF-8'],
    ['a body that is not JSON', handle('{"destination":'), 400, 'The request body is not JSON'],
    ['a body that is a list', handle('[]'), 400, notDelivery],
    ['an event that is a string', handle('{"events":["message"]}'), 400, notDelivery],
    [
      'a body that is nested too deeply',
      handle(`{"events":[${'{"a":'.repeat(100)}1${'}'.repeat(100)}]}`),
      400,
      'The request body is nested too deeply',
    ],
    [
      'a body over the limit',
      handle(delivery(), {}, { channelSecret, maxBodySize: 5 }),
      413,
      'The request body is too large',
    ],
    [
      'a handler that fails',
      () =>
        createReceiver({ channelSecret, onError: () => {} })
          .on('message', () => Promise.reject(new Error('broken')))
          .handle(signed(delivery(text('Hi')))),
      500,
      'Not all events were handled',
    ],
    [
      'fetch of a GET request',
      () => fetched(new Request('https://bot.example/')),
      405,
      'Webhooks must be sent with POST',
    ],
    ['fetch of a request without a signature', () => fetched(request(delivery())), 401, unsigned],
    [
      'fetch of a body over the limit',
      () => fetched(request(delivery(), sign(delivery())), { maxBodySize: 5 }),
      413,
      'The request body is too large',
    ],
    [
      'fetch of a body that breaks off',
      () => fetched(request(broken(), signature)),
      400,
      'The request body is cut off',
    ],
    [
      'fetch of a body that stalls',
      () => {
        const clock = new TestClock()
        return clock.settle(fetched(request(endless(), signature), { clock }))
      },
      408,
      'The request body did not arrive in time',
    ],
    [
      'the Lambda adapter with a body that is not base64',
      async () => {
        const handler = toLambdaHandler(createReceiver({ channelSecret }))
        const { statusCode, body } = await handler({
          headers: { 'x-line-signature': signature },
          body: '%',
          isBase64Encoded: true,
        })
        return { status: statusCode, message: body }
      },
      400,
      'The request body is not base64',
    ],
    [
      'the Lambda adapter with a GET request',
      async () => {
        const { statusCode, body } = await toLambdaHandler(createReceiver({ channelSecret }))({ httpMethod: 'GET' })
        return { status: statusCode, message: body }
      },
      405,
      'Webhooks must be sent with POST',
    ],
    [
      'the Node adapter with a GET request',
      () =>
        new Promise((done) => {
          const incoming = Object.assign(new PassThrough(), { method: 'GET', headers: {} })
          const outgoing = {
            status: 0,
            writeHead(status: number) {
              this.status = status
              return this
            },
            end(message: string) {
              done({ status: this.status, message })
            },
          }
          void toNodeHandler(createReceiver({ channelSecret }))(incoming as never, outgoing as never)
        }),
      405,
      'Webhooks must be sent with POST',
    ],
  ]

  test.each(responses)('%s', async (_, call, status, message) => {
    expect(await call()).toEqual({ status, message })
  })
})

test('textSegments of what is no text message', async () => {
  expect(await thrownBy(() => textSegments(undefined as never))).toMatchObject({
    code: 'LINE_INPUT',
    message: 'textSegments: message must be a text message, such as event.message',
  })
})

test.each<readonly [call: () => unknown, message: string]>([
  [
    () => toLambdaHandler({} as never),
    'toLambdaHandler: receiver must be a receiver, such as createReceiver() returns',
  ],
  [
    () => toLambdaHandler(createReceiver({ channelSecret }))(undefined as never),
    'toLambdaHandler: the event must be an HTTP request, as API Gateway passes it to a function',
  ],
  [
    () => toNodeHandler(createReceiver({ channelSecret }), null as never),
    'toNodeHandler: the options must be an object',
  ],
  [
    () => toNodeHandler(createReceiver({ channelSecret }), { continuesAfterResponse: 'yes' as never }),
    'toNodeHandler: continuesAfterResponse must be true or false',
  ],
  [() => toNodeHandler({} as never), 'toNodeHandler: receiver must be a receiver, such as createReceiver() returns'],
  [
    () => toNodeHandler(createReceiver({ channelSecret }))({} as never, {} as never),
    'toNodeHandler: the handler must be called with the request and the response of node:http',
  ],
])('an adapter that is called with something else: %s', async (call, message) => {
  expect(await thrownBy(call)).toMatchObject({ code: 'LINE_INPUT', message })
})

describe('log', () => {
  const logging = () => ({ debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() })
  type Logging = ReturnType<typeof logging>

  const lines: readonly [
    what: string,
    call: (logger: Logging) => Promise<unknown>,
    level: keyof Logging,
    message: string,
  ][] = [
    [
      'a handler that fails',
      (logger) =>
        createReceiver({ channelSecret, logger })
          .on('message', () => Promise.reject(new Error('broken')))
          .handle(signed(delivery(event({})))),
      'error',
      `A handler failed for the LINE message event ${eventId}:`,
    ],
    [
      'a delivery that fails',
      (logger) => createReceiver({ channelSecret, logger }).handle({ body: undefined, signature }),
      'error',
      'A LINE webhook could not be handled:',
    ],
    [
      'a wrong signature',
      (logger) => createReceiver({ channelSecret, logger }).handle(signed(delivery(), 'another')),
      'warn',
      'A LINE webhook was refused. Signature verification failed: the channel secret is wrong, or the body was modified before it reached the receiver',
    ],
  ]

  test.each(lines)('%s', async (_, call, level, message) => {
    const logger = logging()
    await call(logger)
    expect(logger[level].mock.calls.map(([line]) => line)).toEqual([message])
  })
})
