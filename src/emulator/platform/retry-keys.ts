import { uuidPattern } from '../../core/ids.js'
import { ExpiringMap } from '../expiring-map.js'
import type { Channel } from '../state.js'
import { stateOf } from '../world.js'
import { assumedMessages, errorMessages } from './error-messages.js'
import { Refusal, refuse } from './refusal.js'

const day = 24 * 60 * 60 * 1000

interface Accepted {
  readonly requestId: string
  readonly at: number
  /** Settles when the first request has been carried out; `undefined` when it was refused, which leaves the key free. */
  readonly answer: Promise<object | undefined>
}

const accepted = stateOf<Channel, ExpiringMap<Accepted>>(() => new ExpiringMap(({ at }, now) => now - at >= day))

/** Refuses a retry key that LINE does not accept at this operation, or that is not a UUID. */
export function checkRetryKey(retryKey: string | null, keyed: boolean): void {
  if (retryKey === null) return
  if (!keyed) refuse(400, assumedMessages.noRetryKey)
  if (!uuidPattern.test(retryKey)) refuse(400, assumedMessages.retryKeyForm)
}

function conflict(requestId: string, answer: object): Refusal {
  const sentMessages: unknown = Reflect.get(answer, 'sentMessages')
  const body = { message: errorMessages.retryKeyAccepted, ...(sentMessages !== undefined && { sentMessages }) }
  return new Refusal(409, body, { 'x-line-accepted-request-id': requestId })
}

/**
 * Carries out a request once for each retry key, for 24 hours. Only the first request under a key is carried out, even when later ones differ.
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
  for (let earlier = keys.get(key, request.now); earlier; earlier = keys.get(key, request.now)) {
    const answer = await earlier.answer
    if (answer) throw conflict(earlier.requestId, answer)
    // The earlier request was refused, so the key is free, unless another request has taken it in the meantime.
    if (keys.get(key, request.now) === earlier) break
  }
  const work = carryOut()
  const answer = work.then(bodyOf, () => undefined)
  keys.set(key, { requestId: request.requestId, at: request.now, answer }, request.now)
  return work
}
