import type { Operation } from './operation.js'

/** Calls a record and gives its answer. */
export type Call = <Input extends object, Output>(operation: Operation<Input, Output>, input: NoInfer<Input>) => Promise<Output>

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
  get(context: TokenContext): Promise<string>
}
