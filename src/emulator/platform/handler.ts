import type { Endpoint, Operation } from '../../core/operation.js'
import type { UserToken } from '../login/ledger.js'
import type { AccountState, Channel, LoginChannelState, MessagingChannel, Token } from '../state.js'
import type { World } from '../world.js'
import type { Wording } from './words.js'

/** What every handler is given beside its input. */
export interface OpenCall {
  readonly world: World
  readonly operation: Endpoint
  /** The `x-line-request-id` of this request. */
  readonly requestId: string
  readonly request: Request
  /** When it came, in milliseconds since 1970. */
  readonly now: number
}

/** A call with a channel access token. */
export interface ChannelCall extends OpenCall {
  readonly channel: Channel
  readonly token: Token
}

/** A call for an Official Account, with a token of its Messaging API channel. */
export interface BotCall extends ChannelCall {
  readonly channel: MessagingChannel
  readonly account: AccountState
}

/** A call with a token of a LINE Login channel. */
export interface LoginChannelCall extends ChannelCall {
  readonly channel: LoginChannelState
}

/** A call about module channels. A module channel names the account that it calls for in a header, where it calls for one. */
export interface ModuleCall extends ChannelCall {
  readonly account: AccountState | undefined
}

/** A call with the access token of a user. */
export interface UserCall extends OpenCall {
  readonly userToken: UserToken
}

/** What calls come with, by whose token their records take. */
export interface Calls {
  readonly channel: BotCall
  readonly 'login-channel': LoginChannelCall
  readonly user: UserCall
  /** Records of module channels, which take the token of any channel. */
  readonly module: ModuleCall
  readonly none: OpenCall
}

/** An answer that is more than status 200 and a JSON object. */
export class Reply<Output> {
  readonly output: Output
  readonly status: number
  /** Whether LINE sends no body at all. The contract is checked all the same. */
  readonly empty: boolean

  constructor(output: Output, how: { readonly status?: number; readonly empty?: boolean }) {
    this.output = output
    this.status = how.status ?? 200
    this.empty = how.empty ?? false
  }
}

type Answer<Output> = Output | Reply<Output>

/** What LINE does at one operation. It refuses by throwing a `Refusal`. */
export type Handler<Input, Output, Call> = (input: Input, call: Call) => Answer<Output> | Promise<Answer<Output>>

/** The handlers of a topic: one for each of its records, typed by the record. */
export type Handlers<Ops, Call = BotCall> = {
  readonly [K in keyof Ops]: Ops[K] extends Operation<infer Input, infer Output> ? Handler<Input, Output, Call> : never
}

/** A handler whose types its record has proved. */
export type AnyHandler = (input: object, call: OpenCall) => unknown

/** The handlers of a topic, under its records, with the words it has of its own for a broken input. */
export type Room = readonly (readonly [operation: Endpoint, handler: AnyHandler, wording?: Wording | undefined])[]

/**
 * Puts the handlers of a topic under their records.
 *
 * @param wording what LINE says at these operations of an input that breaks its contract, where that is not what it says elsewhere.
 * @throws {TypeError} when a record takes another token than its handler is written for.
 */
export function room<Ops extends { readonly [name: string]: Endpoint }, Auth extends keyof Calls>(
  auth: Auth,
  operations: Ops,
  handlers: Handlers<Ops, Calls[Auth]>,
  wording?: Wording,
): Room {
  return Object.entries(operations).map(([name, operation]) => {
    if ((operation.auth ?? 'channel') !== (auth === 'module' ? 'channel' : auth))
      throw new TypeError(`${name} takes a token of kind ${operation.auth}, its handler one of kind ${auth}`)
    // The input has passed the record's contract, and the call was made for its auth, before a handler is called.
    return [operation, handlers[name] as unknown as AnyHandler, wording]
  })
}
