import { type CallerOptions, createCaller } from '../core/call/caller.js'
import { systemClock } from '../core/clock.js'
import { LineApiError, LineNetworkError } from '../core/errors.js'
import { parseChannelId } from '../credentials/identifiers.js'
import { Findings, kindOf, refuse } from '../credentials/problems.js'
import { assertionKey } from '../keys/assertion-key.js'
import { generateAssertionKey } from '../keys/pair.js'
import type { AssertionKey, AssertionKeyPair, PrivateKeyInput } from '../keys/types.js'
import { assertionGrant } from '../tokens/minted.js'
import {
  getsAllValidChannelAccessTokenKeyIds,
  issueChannelTokenByJWT,
  issueStatelessChannelToken,
} from '../tokens/operations.js'

/** A key exchange that was started. */
export interface KeyExchange {
  /** Keep its private half, sealed, until the person comes back with `kid` and channel ID. */
  readonly pair: AssertionKeyPair
  /** What the person pastes into the console: channel, Basic settings, Assertion signing key, Register a public key. It is open to everybody. */
  readonly publicKeyText: string
}

/** What every proof takes. */
export interface KeyProofOptions extends CallerOptions {
  /** The ID of the Login channel on which the public key was registered, as the person typed it. */
  readonly channelId: string
  /**
   * Also issues a v2.1 token of 60 seconds. It takes one of the channel's 30 places until it ends, and cannot be revoked without the channel secret,
   * so leave it out unless v2.1 tokens are what you will use.
   */
  readonly issueToken?: boolean | undefined
}

/** What the person brought back, and the private key that was kept. */
export interface ProvePrivateKey extends KeyProofOptions {
  /** The `kid` that the console showed, as the person typed it. */
  readonly kid: string
  /** The private half of the key that was shown. */
  readonly privateKey: PrivateKeyInput
  readonly key?: undefined
}

/** A key that was made before, which may sign elsewhere, such as in a key management service. */
export interface ProveMadeKey extends KeyProofOptions {
  /** What `assertionKey` made. */
  readonly key: AssertionKey
  readonly kid?: undefined
  readonly privateKey?: undefined
}

/** What is to be proven: the answers of the person with a private key, or a key that was made of them. */
export type ProveAssertionKeyInput = ProvePrivateKey | ProveMadeKey

/**
 * What is wrong with a key exchange.
 *
 * - `unknown_kid`: no channel has a key of this `kid`. It was mistyped, not registered yet, or deleted.
 * - `key_mismatch`: the key is registered on another channel than the one named.
 * - `clock_skew`: this machine's clock is about 15 minutes off or more, so that its assertions are over before they arrive, or not yet begun.
 * - `assertion_expired`: LINE says that the assertion is over, although the clocks agree. Try again.
 * - `no_place_left`: the channel holds 30 v2.1 tokens already; the key itself is right.
 * - `refused`: LINE refuses for a reason of its own. Most likely the registered key is not the pair of this private key.
 */
export type KeyProofCode =
  | 'unknown_kid'
  | 'key_mismatch'
  | 'clock_skew'
  | 'assertion_expired'
  | 'no_place_left'
  | 'refused'

/** How a key exchange ended. */
export type KeyProof =
  | {
      readonly status: 'proven'
      readonly channelId: string
      /** Ready for `statelessTokens` and `createLoginClient`. */
      readonly key: AssertionKey
      /** How many v2.1 tokens the channel holds now, of 30. */
      readonly tokensInUse: number
    }
  | {
      readonly status: 'refused'
      readonly code: KeyProofCode
      /** What is wrong and what to do, for the person. */
      readonly message: string
      /** How far this machine's clock is ahead of LINE's, in seconds, when that is the cause. */
      readonly clockAhead?: number | undefined
      /** LINE's answer. */
      readonly error: LineApiError
    }

// Assertions are good for 15 minutes either way, see AssertionRequest.expiresIn; one minute of it goes by on the way and in whole seconds.
const longestSkew = 14 * 60

/**
 * Starts the key exchange of a connect wizard: makes the key pair and the text to show.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/generate-json-web-token/
 */
export async function startKeyExchange(): Promise<KeyExchange> {
  const pair = await generateAssertionKey()
  return { pair, publicKeyText: JSON.stringify(pair.publicJwk, null, 2) }
}

function judge(
  error: LineApiError,
  ahead: number | undefined,
): { readonly code: KeyProofCode; readonly message: string; readonly clockAhead?: number } {
  const { status, lineMessage } = error
  if (status === 404)
    return {
      code: 'unknown_kid',
      message: 'LINE knows no key of this kid: copy it again from the console, where the public key was registered',
    }
  if (/clientid of key/i.test(lineMessage))
    return {
      code: 'key_mismatch',
      message: 'The key is registered on another channel: give the channel ID of the page on which it was registered',
    }
  if (/maximum number/i.test(lineMessage))
    return {
      code: 'no_place_left',
      message: 'The key is right, but the channel holds 30 tokens of kind v2.1 already; one has to end first',
    }
  const skewed = ahead !== undefined && Math.abs(ahead) >= longestSkew
  if (skewed && /\bexp\b|expired/i.test(lineMessage)) {
    const side = ahead > 0 ? 'ahead of' : 'behind'
    const message = `The clock of this machine is ${Math.round(Math.abs(ahead) / 60)} minutes ${side} LINE's: set it right`
    return { code: 'clock_skew', message, clockAhead: ahead }
  }
  if (/\bexp\b|expired/i.test(lineMessage))
    return { code: 'assertion_expired', message: 'LINE says that the assertion is over: try again' }
  return {
    code: 'refused',
    message:
      'LINE does not take the key: register the public key that was shown, whole and for this channel, and give its kid',
  }
}

function keyOf({ kid, privateKey, key }: ProveAssertionKeyInput): AssertionKey {
  if (key === undefined) return assertionKey({ kid, privateKey })
  if (typeof key?.assertion !== 'function')
    return refuse('key', kindOf(key), { name: 'a key', allowed: 'what assertionKey() made' })
  // Without types a caller may give both.
  const given: unknown = kid ?? privateKey
  return given === undefined
    ? key
    : refuse('key', 'a kid or a private key beside it', { name: 'a key', allowed: 'either of the two' })
}

/**
 * Proves the key exchange of a connect wizard: that `kid`, channel and private key belong together, by a stateless token and by listing v2.1 tokens.
 *
 * Both use up none of the channel's 30 places for tokens.
 *
 * @throws {LineInputError} when the channel ID, the `kid` or the private key cannot be one; `problems` says what was pasted where.
 * @throws {LineError} when LINE cannot be asked: `LINE_NETWORK`, `LINE_TIMEOUT`, `LINE_RATE_LIMIT`, or `LINE_API` with a status of 500 or more.
 * @see https://developers.line.biz/en/docs/messaging-api/generate-json-web-token/
 */
export async function proveAssertionKey(input: ProveAssertionKeyInput): Promise<KeyProof> {
  const { issueToken, clock = systemClock, fetch: given, ...options } = input
  const findings = new Findings()
  const channelId = findings.take(() => parseChannelId(input.channelId))
  const key = findings.take(() => keyOf(input))
  if (channelId === undefined || key === undefined) throw findings.error()

  // Every answer tells LINE's time, also one that refuses.
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
    await call(issueStatelessChannelToken, await assertionGrant(credentials, clock.now()))
    const { client_assertion_type, client_assertion } = await assertionGrant(credentials, clock.now())
    const { kids } = await call(getsAllValidChannelAccessTokenKeyIds, { client_assertion_type, client_assertion })
    if (!Array.isArray(kids))
      throw new LineNetworkError('The answer lists no tokens; something between here and LINE answered')
    if (issueToken) await call(issueChannelTokenByJWT, await assertionGrant(credentials, clock.now(), 60))
    return { status: 'proven', channelId, key, tokensInUse: kids.length + (issueToken ? 1 : 0) }
  } catch (error) {
    if (!(error instanceof LineApiError) || ![400, 401, 403, 404].includes(error.status)) throw error
    return { status: 'refused', ...judge(error, ahead), error }
  }
}
