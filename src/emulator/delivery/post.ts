import { property } from '../../core/property.js'
import { signBody } from '../../webhook/signature.js'
import type { Delivery } from '../../webhook/types.js'
import type { AccountState, DeliveryReason, WebhookTarget } from '../state.js'
import type { World } from '../world.js'

/** The result of one POST to a webhook URL. `detail` is LINE's text. */
export interface Attempt {
  readonly status: number | undefined
  readonly reason: Exclude<DeliveryReason, 'not_sent'>
  readonly detail: string
  /** What the bot threw, if the receiver runs in this process. */
  readonly error?: unknown
}

/** How long LINE waits for an answer, in milliseconds. */
const deadline = 2000

// Undici has the code on the cause, or on the first of several; Bun and Deno on the error itself.
function codeOf(error: unknown): string {
  const { code, cause, errors } = (error ?? {}) as { code?: unknown; cause?: unknown; errors?: readonly unknown[] } // read-only probing of a foreign error
  if (typeof code === 'string') return code
  return cause ? codeOf(cause) : errors?.length ? codeOf(errors[0]) : ''
}

function failure(error: unknown): Attempt {
  const status = undefined
  switch (codeOf(error)) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { status, reason: 'could_not_connect', detail: 'Unknown host' }
    case 'ECONNREFUSED':
    case 'ConnectionRefused':
      return { status, reason: 'could_not_connect', detail: 'Connection failed' }
    case 'ECONNRESET':
    case 'UND_ERR_SOCKET':
      return { status, reason: 'unclassified', detail: 'Session closed unexpectedly' }
    default:
      return { status, reason: 'unclassified', detail: 'Unclassified webhook dispatch error' }
  }
}

const errorsKey: unique symbol = Symbol.for('line-oa.receiver-errors')

// A receiver of this package tells its errors, also when another copy of the package made it.
function listen(receiver: object | undefined, listener: (error: unknown, event: unknown) => void): () => void {
  const subscribe: unknown = receiver && Reflect.get(receiver, errorsKey)
  return typeof subscribe === 'function' ? subscribe(listener) : () => {}
}

async function send(world: World, request: Request, events: readonly object[]): Promise<Attempt> {
  const receiver = world.receivers.get(request.url)
  const thrown: unknown[] = []
  // The receiver may handle other events at the same time.
  const ids = events.map((event) => property(event, 'webhookEventId'))
  const stop = listen(receiver, (error, event) => {
    if (event === undefined || ids.includes(property(event, 'webhookEventId'))) thrown.push(error)
  })
  try {
    const attempt = await sendTo(world, request, receiver)
    return thrown.length > 0 && attempt.reason !== 'ok' ? { ...attempt, error: thrown[0] } : attempt
  } finally {
    stop()
  }
}

async function sendTo(world: World, request: Request, receiver: WebhookTarget | undefined): Promise<Attempt> {
  try {
    if (world.life.isOver) return failure(undefined)
    const response = await (receiver ? receiver.fetch(request) : world.deliver(request))
    if (!response) return failure({ code: 'ECONNREFUSED' })
    const { status } = response
    // LINE only looks at the status.
    await response.body?.cancel().catch(() => {})
    return { status, reason: status >= 200 && status < 300 ? 'ok' : 'error_status_code', detail: String(status) }
  } catch (error) {
    return { ...failure(error), ...(receiver && { error }) }
  }
}

/** Who signs a delivery, and for which bot it is. */
export interface Signer {
  readonly channelSecret: string
  /** The user ID of the bot. */
  readonly destination: string
}

/** Signs a delivery and sends it to a URL. A connected receiver gets it without a network connection. */
export async function post(
  world: World,
  { channelSecret, destination }: Signer,
  url: string,
  events: Delivery['events'],
): Promise<Attempt> {
  const delivery: Delivery = { destination, events }
  return postBody(world, channelSecret, url, delivery, events)
}

/** Signs the body of a webhook and sends it to a URL. `events` are the events in it. */
export async function postBody(
  world: World,
  channelSecret: string,
  url: string,
  content: object,
  events: readonly object[],
): Promise<Attempt> {
  if (new URL(url).hostname.endsWith('.invalid'))
    return { status: undefined, reason: 'could_not_connect', detail: 'Unknown host' }
  const body = JSON.stringify(content)
  const controller = new AbortController()
  const request = new Request(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'LineBotWebhook/2.0',
      'x-line-signature': await signBody(body, channelSecret),
    },
    body,
    redirect: 'manual',
    signal: controller.signal,
  })
  const withdraw = world.life.onEnd(() => controller.abort())
  return new Promise((resolve) => {
    const timer = world.clock.setTimeout(() => {
      resolve({ status: undefined, reason: 'request_timeout', detail: 'Request timeout' })
      controller.abort()
    }, deadline)
    send(world, request, events).then((attempt) => {
      world.clock.clearTimeout(timer)
      withdraw()
      resolve(attempt)
    })
  })
}

/** The primary channel of an account, as the signer of its deliveries. */
export function signerOf({ userId, channel }: AccountState): Signer {
  return { channelSecret: channel.channelSecret, destination: userId }
}

/** Returns whether a URL is a loopback address. */
export function isLoopback({ hostname }: URL): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(?:\.\d+){3}$/.test(hostname)
  )
}

/**
 * Returns whether LINE accepts a text as a webhook URL: https, and at most 500 characters.
 * The emulator also accepts http on loopback addresses, which have no certificates.
 */
export function isWebhookUrl(text: string): boolean {
  if (text.length > 500 || !URL.canParse(text)) return false
  const url = new URL(text)
  if (url.username || url.password) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))
}
