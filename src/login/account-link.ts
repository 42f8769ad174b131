import { toBase64url } from '../core/base64url.js'
import { hosts } from '../core/call/request.js'
import { encodeQuery } from '../core/encode-url.js'
import { LineInputError } from '../core/errors.js'
import { keptId } from '../core/hash.js'
import { readOrigin } from '../core/origin.js'
import { jsonObject, property, textProperty } from '../core/property.js'
import { checkOptions } from '../core/read-options.js'
import type { Store } from '../store/types.js'
import type { AccountLinkEvent } from '../webhook/types.js'
import { cryptoBytes, type RandomBytes } from './attempt.js'

/** Input for `accountLinkUrl`. */
export interface AccountLinkUrlInput {
  /** Link token from LINE for the user. It can be used once, and expires after 10 minutes. */
  readonly linkToken: string
  /** Nonce, 10 to 255 characters. It must be unpredictable: at least 128 random bits. */
  readonly nonce: string
  /** Origin to use instead of all of LINE's hosts, for an emulator or a proxy. Default: LINE's own hosts. */
  readonly baseUrl?: string | undefined
}

/** Input for `startAccountLink`. */
export interface StartAccountLinkInput extends Omit<AccountLinkUrlInput, 'nonce'> {
  /** Your ID of the user account to link, whose owner has just logged in to your service. It is not sent to LINE. */
  readonly accountId: string
  /** Store for the account's ID, under the nonce, until LINE sends the result. */
  readonly store: Store
  /** How long to accept LINE's event, in milliseconds. Default: 3,600,000 (1 hour). */
  readonly lifetime?: number | undefined
  /** Random source for the nonce. It must be unpredictable. Default: `crypto.getRandomValues`. */
  readonly randomBytes?: RandomBytes | undefined
}

/** A started account link. */
export interface StartedAccountLink {
  /** URL to redirect the browser to. */
  readonly url: string
  /** Nonce, which LINE's event will contain. */
  readonly nonce: string
}

/** The result of linking an account. */
export type AccountLinkResult =
  | {
      /** The accounts are linked. Store both IDs together. A redelivered event gives the same result. */
      readonly status: 'linked'
      /** Your ID of the account. */
      readonly accountId: string
      /** LINE user ID. */
      readonly userId: string
    }
  | {
      /** LINE did not link the accounts, for example because the link token belongs to another user. The nonce cannot be used again. */
      readonly status: 'failed'
      /** Your ID of the account. Missing if the nonce is unknown or has expired. */
      readonly accountId: string | undefined
    }
  | {
      /** The nonce is not yours, has expired, or has already linked another user. Ignore the event. */
      readonly status: 'unknown'
    }

const hour = 3_600_000
// LINE may redeliver an event much later, and the result must stay the same.
const resultLifetime = 7 * 24 * hour

const keyOf = (nonce: string) => `line-oa:account-link:${nonce}`

/**
 * Creates the URL to redirect the user's browser to, in order to link their LINE account to an account of your service.
 *
 * @throws {LineInputError} if the nonce is not 10 to 255 characters long, or the link token is missing.
 * @see https://developers.line.biz/en/docs/messaging-api/linking-accounts/
 */
export function accountLinkUrl(input: AccountLinkUrlInput): string {
  checkOptions('accountLinkUrl', input, {})
  const { linkToken, nonce, baseUrl } = input
  if (typeof linkToken !== 'string' || !linkToken) throw new LineInputError('accountLinkUrl: linkToken is missing')
  if (typeof nonce !== 'string' || nonce.length < 10 || nonce.length > 255)
    throw new LineInputError('accountLinkUrl: nonce must be 10 to 255 characters long')
  const origin = baseUrl === undefined ? hosts.access : readOrigin(baseUrl, true)
  return `${origin}/dialog/bot/accountLink?${encodeQuery('accountLinkUrl', { linkToken, nonce })}`
}

/**
 * Starts linking an account: generates a nonce of 256 random bits, stores the account's ID under it, and returns the URL to redirect to.
 *
 * Call it after the user has logged in to your service on the page that was opened with the link token. LINE requires that users can unlink
 * their account.
 *
 * @throws {LineInputError} if the account ID or the link token is missing.
 * @see https://developers.line.biz/en/docs/messaging-api/linking-accounts/
 */
export async function startAccountLink(input: StartAccountLinkInput): Promise<StartedAccountLink> {
  checkOptions('startAccountLink', input, { store: 'with set', lifetime: 'milliseconds', randomBytes: 'function' })
  const { accountId, store, lifetime = hour, randomBytes = cryptoBytes } = input
  if (typeof accountId !== 'string' || !accountId)
    throw new LineInputError('startAccountLink: accountId must be a non-empty string')
  const nonce = toBase64url(randomBytes(32))
  const url = accountLinkUrl({ ...input, nonce })
  await store.set(keyOf(nonce), JSON.stringify({ accountId }), lifetime)
  return { url, nonce }
}

/**
 * Finds the account of an `accountLink` event. A nonce links one LINE user, even if the event is redelivered.
 *
 * @throws {LineInputError} if the event is not an `accountLink` event, or `store` is not a store.
 * @see https://developers.line.biz/en/reference/messaging-api/#account-link-event
 * @example
 * receiver.on('accountLink', async ({ event }) => {
 *   const result = await finishAccountLink(event, store)
 *   if (result.status === 'linked') await saveLink(result.accountId, result.userId)
 * })
 */
export async function finishAccountLink(event: AccountLinkEvent, store: Store): Promise<AccountLinkResult> {
  const link = property(event, 'link')
  const [nonce = '', result] = [textProperty(link, 'nonce'), property(link, 'result')]
  if (typeof property(link, 'nonce') !== 'string')
    throw new LineInputError('finishAccountLink: event must be an accountLink event with a nonce')
  checkOptions('finishAccountLink', { store }, { store: 'with replace' })
  const key = keyOf(await keptId(nonce))
  const userId = textProperty(property(event, 'source'), 'userId')
  const linked = result === 'ok' && userId !== undefined
  // The second attempt is for an entry that another process has changed since the first.
  for (let attempt = 0; attempt < 2; attempt++) {
    const stored = await store.get(key)
    const { accountId, userId: known } = jsonObject(stored ?? '') ?? {}
    if (stored === undefined || typeof accountId !== 'string') break
    if (known !== undefined)
      return linked && known === userId ? { status: 'linked', accountId, userId } : { status: 'unknown' }
    if (!linked) {
      if (await store.delete(key, stored)) return { status: 'failed', accountId }
    } else if (await store.replace(key, stored, JSON.stringify({ accountId, userId }), resultLifetime)) {
      return { status: 'linked', accountId, userId }
    }
  }
  return result === 'failed' ? { status: 'failed', accountId: undefined } : { status: 'unknown' }
}
