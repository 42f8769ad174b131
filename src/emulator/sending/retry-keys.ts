import { Refusal, refuse } from '../platform/refusal.js'
import { ours, words } from '../platform/words.js'
import type { Channel } from '../state.js'
import { keep } from '../world.js'

const day = 24 * 60 * 60 * 1000
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

interface Accepted {
  readonly requestId: string
  readonly at: number
  /** Settles when the first request has been carried out; `undefined` when it was refused, which leaves the key free. */
  readonly answer: Promise<object | undefined>
}

const accepted = keep<Channel, Map<string, Accepted>>(() => new Map())

/** Refuses a retry key where LINE takes none, or that is no UUID. */
export function checkRetryKey(retryKey: string | null, keyed: boolean): void {
  if (retryKey === null) return
  if (!keyed) refuse(400, ours.noRetryKey)
  if (!uuid.test(retryKey)) refuse(400, ours.retryKeyForm)
}

function conflict(requestId: string, answer: object): Refusal {
  const sentMessages: unknown = Reflect.get(answer, 'sentMessages')
  const body = { message: words.retryKeyAccepted, ...(sentMessages !== undefined && { sentMessages }) }
  return new Refusal(409, body, { 'x-line-accepted-request-id': requestId })
}

/**
 * Carries out a request once for each retry key, for 24 hours. The key counts from its first request, whatever the later ones hold.
 *
 * @throws {Refusal} 409 when the key has been accepted before.
 */
export async function once<Answer extends object>(
  channel: Channel,
  retryKey: string,
  request: { readonly requestId: string; readonly now: number },
  carryOut: () => Promise<Answer>,
  bodyOf: (answer: Answer) => object,
): Promise<Answer> {
  const keys = accepted(channel)
  const key = retryKey.toLowerCase()
  for (let earlier = keys.get(key); earlier && request.now - earlier.at < day; earlier = keys.get(key)) {
    const answer = await earlier.answer
    if (answer) throw conflict(earlier.requestId, answer)
    // Refused, so the key is free, unless another request has taken it meanwhile.
    if (keys.get(key) === earlier) break
  }
  const work = carryOut()
  const answer = work.then(bodyOf, () => undefined)
  keys.set(key, { requestId: request.requestId, at: request.now, answer })
  return work
}
