import { type Caller, type CallerOptions, createCaller } from '../core/call/caller.js'
import { systemClock } from '../core/clock.js'
import { LineInputError, LineNetworkError } from '../core/errors.js'
import type { Operation } from '../core/operation.js'
import { property } from '../core/property.js'
import { checkOptions } from '../core/read-options.js'
import { isApiError, type LineApiError } from '../core/response-errors.js'
import { parseChannelId } from '../credentials/identifiers.js'
import { Findings, kindOf, refuse } from '../credentials/problems.js'
import {
  getsAllValidChannelAccessTokenKeyIds,
  issueChannelTokenByJWT,
  issueStatelessChannelToken,
} from '../tokens/operations.js'
import { assertionGrant } from '../tokens/sources.js'
import { assertionKey } from './assertion-key.js'
import { generateAssertionKey } from './pair.js'
import type { AssertionKey, AssertionKeyPair, PrivateKeyInput } from './types.js'

/** A key exchange that was started. */
export interface KeyExchange {
  /** The key pair. Store its private key, encrypted, until the user returns with `kid` and channel ID. */
  readonly pair: AssertionKeyPair
  /** The public key as JSON, which the user registers in the channel's Basic settings tab under Assertion signing key. It is not secret. */
  readonly publicKeyText: string
}

/** The options of every key proof, and of its calls. */
export interface KeyProofOptions extends CallerOptions {
  /** The ID of the channel on which the public key was registered, as the user entered it. */
  readonly channelId: string
  /**
   * Whether to also issue a channel access token v2.1, which expires after 60 seconds. It counts toward the 30 tokens of the channel until it expires, and cannot
   * be revoked without the channel secret, so set it only if you will use tokens v2.1. Default: `false`.
   */
  readonly issueToken?: boolean | undefined
  /** `login` refuses a key that is registered on a Messaging API channel. Default: the result tells the kind of the channel. */
  readonly channelKind?: 'login' | undefined
}

/** The user's input and the stored private key. */
export interface ProvePrivateKey extends KeyProofOptions {
  /** The `kid` that the LINE Developers Console showed, as the user entered it. */
  readonly kid: string
  /** The private key that belongs to the registered public key. */
  readonly privateKey: PrivateKeyInput
  /** Not allowed with `kid` and `privateKey`. */
  readonly key?: undefined
}

/** A key that was created with `assertionKey`. It may sign with a key stored elsewhere, for example in a key management service. */
export interface ProveMadeKey extends KeyProofOptions {
  /** The result of `assertionKey`. */
  readonly key: AssertionKey
  /** Not allowed with `key`. */
  readonly kid?: undefined
  /** Not allowed with `key`. */
  readonly privateKey?: undefined
}

/** The key to prove: the user's input with a private key, or a key that was created from them. */
export type ProveAssertionKeyInput = ProvePrivateKey | ProveMadeKey

/**
 * Why LINE refused a key:
 *
 * - `unknown_kid`: no channel has a key with this `kid`. It was mistyped, is not registered yet, or was deleted.
 * - `key_mismatch`: the key is registered on another channel.
 * - `clock_skew`: this machine's clock differs from LINE's by about 15 minutes or more, so its assertions have expired when they arrive, or are not valid yet.
 * - `assertion_expired`: LINE reports that the assertion has expired, although the clocks agree. Try again.
 * - `no_place_left`: the key is valid, but the channel already has 30 channel access tokens v2.1.
 * - `messaging_channel_given`: the key is valid, but the channel is a Messaging API channel, and `channelKind: 'login'` was passed.
 * - `refused`: LINE refused for another reason. Most likely, the registered public key does not match this private key.
 */
export type KeyProofCode =
  | 'unknown_kid'
  | 'key_mismatch'
  | 'clock_skew'
  | 'assertion_expired'
  | 'no_place_left'
  | 'messaging_channel_given'
  | 'refused'

/** A key exchange that succeeded. */
export interface ProvenKey {
  /** The key is registered on the channel and works. */
  readonly status: 'proven'
  /** The channel ID, normalized. */
  readonly channelId: string
  /** The key, ready for `statelessTokens` and `createLoginClient`. */
  readonly key: AssertionKey
  /** The number of channel access tokens v2.1 that the channel has now, of at most 30. */
  readonly tokensInUse: number
  /** The kind of the channel, if LINE shows it: a Messaging API channel has a bot. */
  readonly channelKind: 'messaging' | 'other'
  /** `messaging_channel_given` if the key was registered on a Messaging API channel; a wizard that sets up LINE Login needs another one. */
  readonly code?: 'messaging_channel_given' | undefined
  /** What the code means, for the user. */
  readonly message?: string | undefined
}

/** A key exchange that LINE refused. */
export interface RefusedKey {
  /** LINE does not accept the key. */
  readonly status: 'refused'
  /** The reason, for programs to switch on. */
  readonly code: KeyProofCode
  /** The reason and what to do, for the user. */
  readonly message: string
  /** How far this machine's clock is ahead of LINE's, in seconds; negative when it is behind. Only with the code `clock_skew`. */
  readonly clockAhead?: number | undefined
  /** LINE's error response. Missing for `messaging_channel_given`, where LINE accepted the key. */
  readonly error?: LineApiError | undefined
}

/** The result of a key exchange. */
export type KeyProof = ProvenKey | RefusedKey

// Assertions tolerate a clock difference of 15 minutes (see AssertionRequest.expiresIn). One minute is reserved for the request and for rounding to seconds.
const longestSkew = 14 * 60

/**
 * Starts the key exchange of a connect wizard: creates the key pair and the text to show to the user.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/generate-json-web-token/
 */
export async function startKeyExchange(): Promise<KeyExchange> {
  const pair = await generateAssertionKey()
  return { pair, publicKeyText: JSON.stringify(pair.publicJwk, null, 2) }
}

function expired(ahead: number | undefined): Pick<RefusedKey, 'code' | 'message' | 'clockAhead'> {
  if (ahead === undefined || Math.abs(ahead) < longestSkew)
    return { code: 'assertion_expired', message: 'LINE reports that the assertion has expired; try again' }
  const minutes = Math.round(Math.abs(ahead) / 60)
  const offset = minutes % 60 === 0 ? `${minutes / 60} hour${minutes === 60 ? '' : 's'}` : `${minutes} minutes`
  const zone = minutes % 60 === 0 ? '. The clock may be set to another time zone' : ''
  const side = ahead > 0 ? 'ahead of' : 'behind'
  return {
    code: 'clock_skew',
    message: `This machine's clock is ${offset} ${side} LINE's; correct it${zone}`,
    clockAhead: ahead,
  }
}

async function explain(
  error: LineApiError,
  ahead: number | undefined,
): Promise<Pick<RefusedKey, 'code' | 'message' | 'clockAhead'>> {
  const { refusalReason } = await import('../core/call/api-error.js')
  switch (error.status === 404 ? 'unknown-kid' : refusalReason(error)) {
    case 'unknown-kid':
      return {
        code: 'unknown_kid',
        message: 'LINE does not know this kid; copy it from the page on which the public key was registered',
      }
    case 'key-of-another-channel':
      return {
        code: 'key_mismatch',
        message: 'The key is registered on another channel; enter the ID of the channel on which it was registered',
      }
    case 'token-limit':
      return {
        code: 'no_place_left',
        message:
          'The key is valid, but the channel already has 30 channel access tokens v2.1; revoke one, or wait until one expires',
      }
    case 'assertion-expired':
    case 'token-expired':
      return expired(ahead)
    default:
      return {
        code: 'refused',
        message:
          'LINE rejected the assertion; most likely the registered public key does not match the private key. Register the complete public key on this channel, and enter its kid',
      }
  }
}

function keyOf({ kid, privateKey, key }: ProveAssertionKeyInput): AssertionKey {
  if (key === undefined) return assertionKey({ kid, privateKey })
  if (typeof key?.assertion !== 'function')
    return refuse('key', kindOf(key), { allowed: 'the result of assertionKey()' })
  // A caller without types can pass both.
  const given: unknown = kid ?? privateKey
  if (given === undefined) return key
  return refuse('key', 'both', { allowed: 'omitted if kid or privateKey is passed' })
}

const messagingChannel =
  'The key is valid, but this is a Messaging API channel; for LINE Login, register the public key on a LINE Login channel'

// The record of `getBotInfo` stands in the client's catalog, which a key exchange does not load.
const botInfo: Operation<object, object> = {
  method: 'GET',
  path: '/v2/bot/info',
  repeat: 'safe',
  docs: 'https://developers.line.biz/en/reference/messaging-api/#get-bot-info',
}

// Only a Messaging API channel has a bot. Any answer but its information leaves the kind open.
async function hasBot(call: Caller['call'], accessToken: string): Promise<boolean> {
  try {
    const bot = await call(botInfo, {}, { accessToken })
    return typeof property(bot, 'userId') === 'string'
  } catch (error) {
    if (isApiError(error) && error.status < 500 && error.status !== 429) return false
    throw error
  }
}

/**
 * Finishes the key exchange of a connect wizard: proves that `kid`, channel and private key match, by issuing a stateless token and by listing
 * the channel access tokens v2.1. Neither counts toward the 30 tokens of the channel.
 *
 * @throws {LineInputError} if the channel ID, the `kid` or the private key is not valid; `problems` describes what was entered.
 * @throws {LineError} when LINE is unavailable: `LINE_NETWORK`, `LINE_TIMEOUT`, `LINE_RATE_LIMIT`, or `LINE_API` with a status of 500 or more.
 * @see https://developers.line.biz/en/docs/messaging-api/generate-json-web-token/
 */
export async function proveAssertionKey(input: ProveAssertionKeyInput): Promise<KeyProof> {
  checkOptions('proveAssertionKey', input, { fetch: 'function', clock: 'with now setTimeout clearTimeout' })
  const { issueToken, channelKind, clock = systemClock, fetch: given, ...options } = input
  if (channelKind !== undefined && channelKind !== 'login')
    throw new LineInputError("proveAssertionKey: channelKind must be 'login'")
  const findings = new Findings()
  const channelId = findings.take(() => parseChannelId(input.channelId))
  const key = findings.take(() => keyOf(input))
  if (channelId === undefined || key === undefined) throw findings.error()

  // Every response has LINE's time, including a refusal.
  let ahead: number | undefined
  const watched: typeof fetch = async (url, init) => {
    const response = await (given ?? globalThis.fetch)(url, init)
    const lineTime = Date.parse(response.headers.get('date') ?? '')
    if (Number.isFinite(lineTime)) ahead = Math.round((clock.now() - lineTime) / 1000)
    return response
  }
  const { call } = createCaller({ ...options, clock, fetch: watched })
  const credentials = { channelId, assertionKey: key }
  try {
    const issued = await call(issueStatelessChannelToken, await assertionGrant(credentials, clock.now()))
    const { client_assertion_type, client_assertion } = await assertionGrant(credentials, clock.now())
    const { kids } = await call(getsAllValidChannelAccessTokenKeyIds, { client_assertion_type, client_assertion })
    if (!Array.isArray(kids))
      throw new LineNetworkError(
        'GET /oauth2/v2.1/tokens/kid: the response has no list of tokens; it may come from a proxy between this program and LINE',
      )
    if (issueToken) await call(issueChannelTokenByJWT, await assertionGrant(credentials, clock.now(), 60))
    const isMessaging = await hasBot(call, issued.access_token)
    if (isMessaging && channelKind === 'login')
      return { status: 'refused', code: 'messaging_channel_given', message: messagingChannel }
    const proof = { status: 'proven', channelId, key, tokensInUse: kids.length + (issueToken ? 1 : 0) } as const
    return isMessaging
      ? { ...proof, channelKind: 'messaging', code: 'messaging_channel_given', message: messagingChannel }
      : { ...proof, channelKind: 'other' }
  } catch (error) {
    if (!isApiError(error) || ![400, 401, 403, 404].includes(error.status)) throw error
    return { status: 'refused', ...(await explain(error, ahead)), error }
  }
}
