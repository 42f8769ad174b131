import * as catalog from './catalog.js'
import { type Caller, type CallerOptions, createCaller } from './core/call/caller.js'
import type { TokenSource } from './core/call/token.js'
import { clockKey, systemClock } from './core/clock.js'
import { LineInputError } from './core/errors.js'
import {
  type CallOptions,
  type Endpoint,
  type Methods,
  type MethodsWithResponse,
  nextPage,
  type Operation,
} from './core/operation.js'
import { pageReader } from './core/pages.js'
import type { Secret } from './credentials/secret.js'
import { statelessTokens } from './tokens/sources.js'

/** Who the client is at LINE: a channel access token (or a source of them), or a channel's ID and secret. */
export type ClientCredentials =
  | {
      /** A channel access token, or a source of them such as `statelessTokens`. */
      readonly channelAccessToken: string | Secret | TokenSource
      readonly channelId?: undefined
      readonly channelSecret?: undefined
    }
  | {
      readonly channelAccessToken?: undefined
      /** The channel's ID, decimal digits as text. */
      readonly channelId: string
      /** The channel's secret. Stateless tokens of 15 minutes are minted with it when they are needed. */
      readonly channelSecret: string | Secret
    }

/** Who the client is, and how it calls. */
export type LineClientOptions = ClientCredentials & CallerOptions

interface Groups {
  /** Messages, profiles, followers, webhook endpoint and quota. */
  readonly messaging: typeof catalog.messaging
  /** Issuing, verifying and revoking channel access tokens. */
  readonly tokens: typeof catalog.tokens
  /** Figures about messages, friends and rich menus; 60 calls an hour each. */
  readonly insight: typeof catalog.insight
  /** Making, filling, listing, renaming and deleting audiences. */
  readonly audience: typeof catalog.audience
  /** LIFF apps. They take the token of a LINE Login channel. */
  readonly liff: typeof catalog.liff
  /** LINE Login: tokens of users, ID tokens, profiles, friendship. */
  readonly login: typeof catalog.login
  /** Attaching and detaching module channels, and the control of chats. */
  readonly module: typeof catalog.module
  /** Mission stickers. */
  readonly shop: typeof catalog.shop
  /** Service messages of LINE MINI Apps. They take the token of a LINE MINI App channel. */
  readonly miniApp: typeof catalog.miniApp
}

type Plain = { readonly [G in keyof Groups]: Methods<Groups[G]> }

/** LINE's operations as methods, grouped as in the catalog, under LINE's own names. */
export interface LineClient extends Plain {
  /** The same methods, each answering with request ID, outcome, retry key, status and headers beside the data. */
  readonly withResponse: { readonly [G in keyof Groups]: MethodsWithResponse<Groups[G]> }
  /** Calls any record, also one of your own. */
  call<Input extends object, Output>(
    operation: Operation<Input, Output>,
    input: NoInfer<Input>,
    options?: CallOptions,
  ): Promise<Output>
}

type Records = { readonly [name: string]: Endpoint }
type Send = (operation: Operation<object, unknown>, input: object, options?: CallOptions) => Promise<unknown>

function bind(records: Records, send: Send, listed: boolean): object {
  const methods: { [name: string]: unknown } = {}
  for (const name in records) {
    const record = records[name]
    if (!record) continue
    // The catalog ties each record to its types; here they are all alike.
    const operation = record as Operation<object, unknown>
    const method = (input: object = {}, options?: CallOptions) => send(operation, input, options)
    methods[name] = listed && record.page ? Object.assign(method, { [nextPage]: pageReader(record.page) }) : method
  }
  return methods
}

const groups: { readonly [G in keyof Groups]: Records } = catalog

function credentials(options: ClientCredentials): string | TokenSource {
  const { channelAccessToken: token, channelId, channelSecret } = options
  if (token !== undefined) return typeof token === 'object' && 'reveal' in token ? token.reveal() : token
  if (channelId && channelSecret) return statelessTokens({ channelId, channelSecret })
  throw new LineInputError('createLineClient: give channelAccessToken, or channelId and channelSecret')
}

/**
 * Makes a client of a LINE Official Account or channel.
 *
 * @throws {LineInputError} without credentials, or with what can be none, and in a browser page unless `allowBrowser` is set.
 *
 * @example
 * const line = createLineClient({ channelId, channelSecret })
 * await line.messaging.pushMessage({ to: userId, messages: [{ type: 'text', text: 'hello' }] })
 */
export function createLineClient(options: LineClientOptions): LineClient {
  const caller: Caller = createCaller({ ...options, channelAccessToken: credentials(options) })
  const plain: { [name: string]: object } = {}
  const around: { [name: string]: object } = {}
  for (const name in groups) {
    const records = groups[name as keyof Groups] // the loop's own keys
    plain[name] = bind(records, caller.call, true)
    around[name] = bind(records, caller.callWithResponse, false)
  }
  // Built from the catalog's records one by one, which is what both mapped types say.
  return {
    ...plain,
    withResponse: around,
    call: caller.call,
    [clockKey]: options.clock ?? systemClock,
  } as unknown as LineClient
}
