import { LineInputError } from '../errors.js'
import type { Operation, TokenKind } from '../operation.js'

/** Calls a record and gives its answer. */
export type Call = <Input extends object, Output>(
  operation: Operation<Input, Output>,
  input: NoInfer<Input>,
) => Promise<Output>

/** What a token source is given to work with. */
export interface TokenContext {
  /** Calls LINE through the client's own transport: its fetch, deadlines, repeats and hooks. The same function for all calls of one client. */
  readonly call: Call
  /** The client's time, in milliseconds since 1970. */
  now(): number
  /** Waits on the client's clock. */
  wait(ms: number): Promise<void>
  /** The token that LINE has just refused with 401: give another one. */
  readonly force?: string | undefined
}

/** Where a client gets its channel access tokens. It is asked before every attempt, so it keeps a token for as long as it is good. */
export interface TokenSource {
  /** The channel whose tokens these are. It only goes to the client's limiter, so that one which processes share can tell channels apart. */
  readonly channelId?: string | undefined
  /** What kind its tokens are of. Where it is known, an operation that takes none of that kind is refused before anything is sent. */
  readonly kind?: TokenKind | undefined
  get(context: TokenContext): Promise<string>
}

/** A channel access token as it goes into the header. Spaces and line breaks around it are what a clipboard or an `.env` file adds. */
export function readToken(given: string, operation?: string): string {
  const token = given.trim()
  const problem = !token
    ? 'it is empty'
    : /^Bearer\s/i.test(token)
      ? 'it goes without "Bearer", which is put in front'
      : // The runtime would refuse such a header too, but in an error that quotes it.
        !/^[\x21-\x7e]+$/.test(token) && 'it holds what no token has, such as spaces'
  if (problem)
    throw new LineInputError(`${operation ?? 'channelAccessToken'}: this is no channel access token: ${problem}`, {
      operation,
    })
  return token
}
