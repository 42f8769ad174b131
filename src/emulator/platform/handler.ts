import { LineInputError } from '../../core/errors.js'
import type { Endpoint, Operation } from '../../core/operation.js'
import type { UserToken } from '../login/state.js'
import type { AccountState, Channel, LoginChannelState, MessagingChannel, ModuleChannelState, Token } from '../state.js'
import type { World } from '../world.js'
import type { InputMessages } from './error-messages.js'
import type { Incoming } from './exchange.js'

/** The context of a call, which every handler gets with its input. */
export interface OpenCall {
  readonly world: World
  readonly operation: Endpoint
  /** The `x-line-request-id` of this request. */
  readonly requestId: string
  readonly request: Incoming
  /** When the request arrived, in milliseconds since 1970. */
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
  /** The module channel that calls for the account; `undefined` for the account's own calls. */
  readonly module?: ModuleChannelState | undefined
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

/** The contexts of calls, by the kind of token that their records take. */
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
  /** Whether LINE sends no body. The output is still checked against the contract. */
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

/** A handler without the types of its record, which were checked where it was joined with the record. */
export type AnyHandler = (input: object, call: OpenCall) => unknown

/** What LINE does at one operation. */
export interface Route {
  readonly operation: Endpoint
  readonly handler: AnyHandler
  /** What LINE says at this operation about an input that breaks its contract, where that differs from its common texts. */
  readonly messages?: InputMessages | undefined
}

/**
 * Joins the handlers of a topic with its records. A handler file exports the result as `routes`.
 *
 * @param handlers one for each record; a topic whose records take different tokens has one object for each kind.
 * @throws {LineInputError} when a record takes another token than its handler is written for.
 */
export function route<Ops extends object, Auth extends keyof Calls>(
  auth: Auth,
  operations: Ops,
  handlers: Partial<Handlers<Ops, Calls[Auth]>>,
  { messages }: { readonly messages?: InputMessages | undefined } = {},
): readonly Route[] {
  return Object.entries(handlers).map(([name, handler]) => {
    const operation = Reflect.get(operations, name) as Endpoint // `Handlers` takes no other names
    if ((operation.auth ?? 'channel') !== (auth === 'module' ? 'channel' : auth))
      throw new LineInputError(`${name} takes a token of kind ${operation.auth}, but its handler expects kind ${auth}`)
    // The input has passed the record's contract, and the call was authenticated, before a handler is called.
    return { operation, handler: handler as AnyHandler, messages }
  })
}
