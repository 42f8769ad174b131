import { signBody } from '../../webhook/signature.js'
import type { Delivery } from '../../webhook/types.js'
import type { DeliveryReason, MessagingChannel } from '../state.js'
import type { World } from '../world.js'

/** How one POST to a webhook URL went. `detail` is in LINE's words. */
export interface Attempt {
  readonly status: number | undefined
  readonly reason: Exclude<DeliveryReason, 'not_sent'>
  readonly detail: string
}

/** LINE waits so long for an answer, in milliseconds. */
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

async function send(world: World, request: Request): Promise<Attempt> {
  try {
    const receiver = world.receivers.get(request.url)
    const response = await (receiver ? receiver.fetch(request) : world.deliver(request))
    const { status } = response
    // LINE looks at the status alone.
    await response.body?.cancel().catch(() => {})
    return { status, reason: status >= 200 && status < 300 ? 'ok' : 'error_status_code', detail: String(status) }
  } catch (error) {
    return failure(error)
  }
}

/** Signs a delivery and sends it to a URL. A connected receiver gets it without a socket. */
export async function post(
  world: World,
  channel: MessagingChannel,
  url: string,
  events: Delivery['events'],
): Promise<Attempt> {
  if (new URL(url).hostname.endsWith('.invalid'))
    return { status: undefined, reason: 'could_not_connect', detail: 'Unknown host' }
  const delivery: Delivery = { destination: channel.account.userId, events }
  const body = JSON.stringify(delivery)
  const controller = new AbortController()
  const request = new Request(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'LineBotWebhook/2.0',
      'x-line-signature': await signBody(body, channel.channelSecret),
    },
    body,
    redirect: 'manual',
    signal: controller.signal,
  })
  return new Promise((resolve) => {
    const timer = world.clock.setTimeout(() => {
      resolve({ status: undefined, reason: 'request_timeout', detail: 'Request timeout' })
      controller.abort()
    }, deadline)
    send(world, request).then((attempt) => {
      world.clock.clearTimeout(timer)
      resolve(attempt)
    })
  })
}
