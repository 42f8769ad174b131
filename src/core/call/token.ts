import { readCredential } from '../credential-values.js'
import { LineInputError } from '../errors.js'
import type { Endpoint, Operation, TokenKind } from '../operation.js'

/** Calls an operation record and returns LINE's response body. */
export type Call = <Input extends object, Output>(
  operation: Operation<Input, Output>,
  input: NoInfer<Input>,
) => Promise<Output>

/** The functions of the client that a token source may use. */
export interface TokenContext {
  /** Calls LINE with the client's fetch, timeouts, retries and hooks. It is the same function for all calls of one client. */
  readonly call: Call
  /** Returns the client's time, in milliseconds since 1970. */
  now(): number
  /** Waits for a number of milliseconds on the client's clock. */
  wait(ms: number): Promise<void>
  /** The token that LINE refused with 401; the source must return a different one. Default: no token was refused. */
  readonly force?: string | undefined
}

/** Provides a client with channel access tokens. The client calls it before every attempt, so a source should cache its token. */
export interface TokenSource {
  /** ID of the channel that the tokens belong to. Only a rate limiter uses it, to distinguish channels. Default: unknown. */
  readonly channelId?: string | undefined
  /** Kind of the tokens. If it is set, a call of an operation that does not accept this kind fails before anything is sent. Default: unknown. */
  readonly kind?: TokenKind | undefined
  /** Returns a valid channel access token. */
  get(context: TokenContext): Promise<string>
}

/** Validates an access token, a string or a `Secret`. Whitespace at its ends and line breaks, which copying or an `.env` file may add, are removed. */
export function readToken(given: unknown, operation?: string): string {
  const name = operation ? `${operation}: the access token` : 'channelAccessToken'
  if (typeof given === 'string' && /^\s{0,20}Bearer\s/i.test(given))
    throw new LineInputError(`Remove the "Bearer " prefix from ${name}; the SDK adds it`, { operation })
  return readCredential(given, name, 'token', operation)
}

/** The token of a call: a fixed token, or a source that is called before each attempt. */
export interface ChosenToken {
  readonly token?: string
  readonly source?: TokenSource
}

/**
 * Selects the token of a call from the options of the call and of the caller.
 *
 * @throws {LineInputError} when the operation requires a token and none was given, or does not accept the kind of token that the source provides.
 */
export function chooseToken(
  { auth = 'channel', tokens: accepted }: Endpoint,
  name: string,
  tokens: string | TokenSource | undefined,
  accessToken: unknown,
): ChosenToken {
  if (auth === 'none') return {}
  if (accessToken !== undefined) return { token: readToken(accessToken, name) }
  if (auth === 'user')
    throw new LineInputError(`${name}: requires a user access token; pass { accessToken }`, { operation: name })
  if (tokens === undefined)
    throw new LineInputError(`${name}: requires a channel access token; pass channelAccessToken`, { operation: name })
  if (typeof tokens === 'string') return { token: tokens }
  if (tokens.kind && accepted?.includes(tokens.kind) === false)
    throw new LineInputError(
      `${name}: does not accept channel access tokens of the kind ${tokens.kind}; use ${accepted.join(' or ')}`,
      {
        operation: name,
      },
    )
  return { source: tokens }
}
