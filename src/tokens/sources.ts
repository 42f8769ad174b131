import { operationName } from '../core/call/request.js'
import type { Call, TokenContext, TokenSource } from '../core/call/token.js'
import { readCredential } from '../core/credential-values.js'
import { LineInputError, LineNetworkError } from '../core/errors.js'
import type { Endpoint, TokenKind } from '../core/operation.js'
import { property } from '../core/property.js'
import { checkOptions } from '../core/read-options.js'
import type { Secret } from '../credentials/secret.js'
import type { AssertionKey } from '../keys/types.js'
import { issueStatelessChannelToken } from './operations.js'
import type { AssertionGrant, ChannelSecretGrant, IssuedToken } from './types.js'

/** A channel that authenticates with its channel secret. */
export interface ChannelSecretCredentials {
  /** Channel ID: a string of digits. */
  readonly channelId: string
  /** Channel secret. */
  readonly channelSecret: string | Secret
}

/** A channel that authenticates with an assertion signing key. */
export interface AssertionCredentials {
  /** Channel ID: a string of digits. */
  readonly channelId: string
  /** The key, from `assertionKey` of `line-oa/keys`. */
  readonly assertionKey: AssertionKey
}

/**
 * Creates the request for a token with a channel secret. It trims the whitespace that a clipboard or an `.env` file can add.
 *
 * @throws {LineInputError} if the channel ID or the channel secret is malformed, for example because they are swapped.
 */
export function secretGrant({ channelId, channelSecret }: ChannelSecretCredentials): ChannelSecretGrant {
  const id = readCredential(channelId, 'channelId', 'channelId')
  const secret = readCredential(channelSecret, 'channelSecret', 'channelSecret')
  return { grant_type: 'client_credentials', client_id: id, client_secret: secret }
}

/**
 * Reads the credentials of a channel.
 *
 * @throws {LineInputError} if the channel ID is malformed, or neither a channel secret nor an assertion key is valid.
 */
export function readChannel<Credentials extends Partial<ChannelSecretCredentials & AssertionCredentials>>(
  credentials: Credentials,
  name: string,
): Credentials & { readonly channelId: string } {
  if (typeof credentials !== 'object' || credentials === null)
    throw new LineInputError(`${name}: the options must be an object with a channelId`)
  const channelId = readCredential(credentials.channelId, 'channelId', 'channelId')
  if ('assertionKey' in credentials) {
    if (typeof property(credentials.assertionKey, 'assertion') !== 'function')
      throw new LineInputError(`${name}: assertionKey must be the result of assertionKey() of line-oa/keys`)
  } else readCredential(credentials.channelSecret, 'channelSecret', 'channelSecret')
  return { ...credentials, channelId }
}

/** Creates the request for a token with an assertion. It signs a new assertion every time, because LINE has rejected one that it saw twice. */
export async function assertionGrant(
  { channelId, assertionKey }: AssertionCredentials,
  now: number,
  tokenLifetime?: number,
): Promise<AssertionGrant> {
  return {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertionKey.assertion({ channelId, now, tokenLifetime }),
  }
}

/**
 * Asserts that a response has what its operation is called for. A proxy in front of LINE can respond with 200, too.
 *
 * @throws {LineNetworkError} if it does not.
 */
export function assertAnswered(holds: boolean, what: string, record: Endpoint): void {
  if (holds) return
  const operation = operationName(record)
  throw new LineNetworkError(
    `${operation}: the response has no ${what}; it may come from a proxy between this program and LINE`,
    { operation },
  )
}

/** A token and its lifetime. */
export interface Minted {
  readonly token: string
  /** When the token was requested, in milliseconds since 1970. */
  readonly mintedAt: number
  /** When the token expires, in milliseconds since 1970. */
  readonly expiresAt: number
}

/** Reads a token from LINE's response. Its lifetime starts with the request, because it is not known when LINE issued it. */
export function minted(issued: IssuedToken, mintedAt: number, record: Endpoint): Minted {
  const { access_token: token, expires_in: seconds } = issued
  assertAnswered(typeof token === 'string' && typeof seconds === 'number', 'token', record)
  return { token, mintedAt, expiresAt: mintedAt + seconds * 1000 }
}

const maxMargin = 86_400_000

/**
 * Whether a token can still be used. It is not fresh if LINE has rejected it, in the last tenth of its lifetime (at most a day), or if it was
 * minted in the future.
 */
export function isFresh(minted: Minted, context: TokenContext): boolean {
  const now = context.now()
  const margin = Math.min((minted.expiresAt - minted.mintedAt) / 10, maxMargin)
  // If the clock was set back, the token would seem to live longer, so it counts as expired.
  return minted.token !== context.force && now >= minted.mintedAt - 1000 && now < minted.expiresAt - margin
}

/** Whether LINE still accepts a token, as far as its lifetime tells: it may be in the part of its lifetime in which it is renewed. */
export function isValid(minted: Minted, context: TokenContext): boolean {
  const now = context.now()
  return minted.token !== context.force && now >= minted.mintedAt - 1000 && now < minted.expiresAt
}

/** Creates a source that keeps one token per client. However many calls wait for the next token, it is minted once. */
export function renewing(
  channelId: string,
  kind: TokenKind,
  mint: (context: TokenContext) => Promise<Minted>,
): TokenSource {
  const clients = new WeakMap<Call, { held?: Minted; minting?: Promise<Minted> }>()
  return {
    channelId,
    kind,
    async get(context) {
      checkOptions(kind, { context: context ?? null }, { context: 'with call now wait' })
      let client = clients.get(context.call)
      if (!client) clients.set(context.call, (client = {}))
      const state = client
      if (state.held && isFresh(state.held, context)) return state.held.token
      const minting = (state.minting ??= mint(context)
        .then((minted) => (state.held = minted))
        .finally(() => delete state.minting))
      try {
        const { token } = await minting
        if (token !== context.force) return token
        // This token was requested before LINE rejected it. The next request takes the rejection into account.
        return (state.held = await mint(context)).token
      } catch (error) {
        // If LINE issues no new token, the old one is used until it expires.
        const { held } = state
        if (held && isValid(held, context)) return held.token
        throw error
      }
    },
  }
}

/**
 * Creates a source of stateless channel access tokens. They live for 15 minutes, their number is not limited, and they cannot be revoked.
 * The client uses it by default.
 *
 * @throws {LineInputError} if the channel ID or the channel secret is malformed.
 * @see https://developers.line.biz/en/docs/basics/channel-access-token/
 */
export function statelessTokens(credentials: ChannelSecretCredentials | AssertionCredentials): TokenSource {
  const channel = readChannel(credentials, 'statelessTokens')
  return renewing(channel.channelId, 'stateless', async ({ call, now }) => {
    const mintedAt = now()
    const grant = 'assertionKey' in channel ? await assertionGrant(channel, mintedAt) : secretGrant(channel)
    return minted(await call(issueStatelessChannelToken, grant), mintedAt, issueStatelessChannelToken)
  })
}
