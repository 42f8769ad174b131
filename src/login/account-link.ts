import { encode } from 'jose/base64url'
import { hosts } from '../core/call/request.js'
import { LineInputError } from '../core/errors.js'
import { jsonObject } from '../core/property.js'
import type { Store } from '../store/types.js'
import type { AccountLinkEvent } from '../webhook/types.js'
import type { RandomBytes } from './pkce.js'

/** A link token and a nonce, and where LINE is. */
export interface AccountLinkUrlInput {
  /** From LINE, for the user who is to be linked: 10 minutes, once. */
  readonly linkToken: string
  /** 10 to 255 characters that nobody can guess, at least 128 bits of them random. */
  readonly nonce: string
  /** One origin for all of LINE's hosts: an emulator, or a proxy. Without a slash at the end. */
  readonly baseUrl?: string | undefined
}

/** Which account of yours is to be linked. */
export interface StartAccountLinkInput extends Omit<AccountLinkUrlInput, 'nonce'> {
  /** Your own ID of the account whose owner has just logged in to your service. LINE does not see it. */
  readonly accountId: string
  /** Keeps the account's ID under the nonce until LINE tells how it went. */
  readonly store: Store
  /** How long LINE's event is waited for, in milliseconds. Default: an hour. */
  readonly lifetime?: number | undefined
  /** Where the nonce comes from. It must be unpredictable. Default: `crypto.getRandomValues`. */
  readonly randomBytes?: RandomBytes | undefined
}

/** How linking an account went. */
export type AccountLinkResult =
  /** Keep the two together. The same event again gives the same result. */
  | { readonly status: 'linked'; readonly accountId: string; readonly userId: string }
  /** The link token was another user's. The nonce is used up. */
  | { readonly status: 'failed'; readonly accountId: string | undefined }
  /** The nonce is not one of yours, is too old, or has linked another user before. Do nothing. */
  | { readonly status: 'unknown' }

const hour = 3_600_000
// LINE may deliver an event again much later; the result must stay the same then.
const remembered = 7 * 24 * hour

const keyOf = (nonce: string) => `line-oa:account-link:${nonce}`

/**
 * Makes the URL that the user's browser is sent to, to link the LINE account with an account of yours.
 *
 * @throws {LineInputError} when the nonce is shorter than 10 or longer than 255 characters, or there is no link token.
 * @see https://developers.line.biz/en/docs/messaging-api/linking-accounts/
 */
export function accountLinkUrl({ linkToken, nonce, baseUrl }: AccountLinkUrlInput): string {
  if (typeof linkToken !== 'string' || !linkToken) throw new LineInputError('accountLinkUrl: linkToken is missing')
  if (typeof nonce !== 'string' || nonce.length < 10 || nonce.length > 255)
    throw new LineInputError('accountLinkUrl: nonce must have 10 to 255 characters')
  const origin = baseUrl?.replace(/\/+$/, '') ?? hosts.access
  return `${origin}/dialog/bot/accountLink?linkToken=${encodeURIComponent(linkToken)}&nonce=${encodeURIComponent(nonce)}`
}

/**
 * Starts to link an account: makes a nonce of 256 random bits, keeps the account's ID under it, and gives the URL to send the browser to.
 *
 * Call it when the user has logged in to your service on the page that the link token led to. You must also offer a way to unlink.
 *
 * @throws {LineInputError} when the account ID or the link token is empty.
 * @see https://developers.line.biz/en/docs/messaging-api/linking-accounts/
 */
export async function startAccountLink(
  input: StartAccountLinkInput,
): Promise<{ readonly url: string; readonly nonce: string }> {
  const {
    accountId,
    store,
    lifetime = hour,
    randomBytes = (size) => crypto.getRandomValues(new Uint8Array(size)),
  } = input
  if (typeof accountId !== 'string' || !accountId)
    throw new LineInputError('startAccountLink: accountId is missing; give it as text')
  const nonce = encode(randomBytes(32))
  const url = accountLinkUrl({ ...input, nonce })
  await store.set(keyOf(nonce), JSON.stringify({ accountId }), lifetime)
  return { url, nonce }
}

/**
 * Finds the account that an `accountLink` event is about. A nonce links one LINE user, however often its event comes.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#account-link-event
 * @example
 * receiver.on('accountLink', async ({ event }) => {
 *   const result = await finishAccountLink(event, store)
 *   if (result.status === 'linked') await saveLink(result.accountId, result.userId)
 * })
 */
export async function finishAccountLink(event: AccountLinkEvent, store: Store): Promise<AccountLinkResult> {
  const { nonce, result } = event.link
  const key = keyOf(nonce)
  const userId = event.source?.userId
  const linked = result === 'ok' && userId !== undefined
  // A second look, for when another process has changed the entry since the first.
  for (let look = 0; look < 2; look++) {
    const kept = await store.get(key)
    const { accountId, userId: known } = jsonObject(kept ?? '') ?? {}
    if (kept === undefined || typeof accountId !== 'string') break
    if (known !== undefined)
      return linked && known === userId ? { status: 'linked', accountId, userId } : { status: 'unknown' }
    if (!linked) {
      if (await store.delete(key, kept)) return { status: 'failed', accountId }
    } else if (await store.replace(key, kept, JSON.stringify({ accountId, userId }), remembered)) {
      return { status: 'linked', accountId, userId }
    }
  }
  return result === 'failed' ? { status: 'failed', accountId: undefined } : { status: 'unknown' }
}
