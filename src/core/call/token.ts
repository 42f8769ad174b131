import { LineInputError } from '../errors.js'
import type { Endpoint, Operation, TokenKind } from '../operation.js'

/** Calls an operation record and returns LINE's response body. */
export type Call = <Input extends object, Output>(
  operation: Operation<Input, Output>,
  input: NoInfer<Input>,
) => Promise<Output>

/** What a token source gets from the client that asks it. */
export interface TokenContext {
  /** Calls LINE with the client's own fetch, deadlines, retries and hooks. It is the same function for all calls of one client. */
  readonly call: Call
  /** Returns the client's time, in milliseconds since 1970. */
  now(): number
  /** Waits for a number of milliseconds on the client's clock. */
  wait(ms: number): Promise<void>
  /** The token that LINE refused with 401; the source must return a different one. Default: no token was refused. */
  readonly force?: string | undefined
}

/** Provides a client with channel access tokens. The client asks before every attempt, so a source caches its token. */
export interface TokenSource {
  /** ID of the channel that the tokens belong to. It is only used to tell channels apart in a rate limiter. Default: unknown. */
  readonly channelId?: string | undefined
  /** Kind of the tokens. Where it is known, an operation that does not accept the kind is refused before anything is sent. Default: unknown. */
  readonly kind?: TokenKind | undefined
  /** Returns a valid channel access token. */
  get(context: TokenContext): Promise<string>
}

/** Reads a channel access token. Spaces and line breaks at its edges come from a clipboard or an `.env` file and are removed. */
export function readToken(given: string, operation?: string): string {
  const token = given.trim()
  const name = operation ? `${operation}: the access token` : 'channelAccessToken'
  const refuse = (message: string) => new LineInputError(message, { operation })
  if (!token) throw refuse(`${name} is empty`)
  if (/^Bearer\s/i.test(token)) throw refuse(`Remove the "Bearer " prefix from ${name}; the SDK adds it`)
  // The runtime refuses such a header too, but its error quotes the token.
  if (!/^[\x21-\x7e]+$/.test(token))
    throw refuse(`${name} contains characters that are not allowed in a token, such as spaces`)
  return token
}

/** The token of a call: a fixed one, or a source to ask before each attempt. */
export interface ChosenToken {
  readonly token?: string
  readonly source?: TokenSource
}

/**
 * Chooses the token of a call from its options and those of its caller.
 *
 * @throws {LineInputError} when the operation needs a token and there is none, or does not accept the kind of the source's tokens.
 */
export function chooseToken(
  { auth = 'channel', tokens: accepted }: Endpoint,
  name: string,
  tokens: string | TokenSource | undefined,
  accessToken: string | undefined,
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
      `${name}: does not accept a ${tokens.kind} channel access token, only ${accepted.join(', ')}`,
      {
        operation: name,
      },
    )
  return { source: tokens }
}
