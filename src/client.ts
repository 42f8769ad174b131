import * as catalog from './catalog.js'
import { type Caller, type CallerOptions, createCaller } from './core/call/caller.js'
import { readToken, type TokenSource } from './core/call/token.js'
import { channelKey, secretKey } from './core/client-channel.js'
import { clockKey, systemClock } from './core/clock.js'
import { readCredential } from './core/credential-values.js'
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
import { property } from './core/property.js'
import type { Secret } from './credentials/secret.js'
import { type ChannelSecretCredentials, statelessTokens } from './tokens/sources.js'

/** The credentials of a client: a channel access token or a token source, or a channel ID and a channel secret. */
export type ClientCredentials =
  | {
      /** A channel access token, or a token source such as `statelessTokens`. */
      readonly channelAccessToken: string | Secret | TokenSource
      /** The channel ID, a string of digits. It saves `sendToMany` and `respond` one call that asks LINE for the account of the token. */
      readonly channelId?: string | undefined
      /** The channel secret. With a token, calls do not use it, but a receiver that gets the client does. */
      readonly channelSecret?: string | Secret | undefined
    }
  | {
      /** A channel access token, or a token source, that is used instead of tokens that the client issues. */
      readonly channelAccessToken?: string | Secret | TokenSource | undefined
      /** The channel ID, a string of digits. */
      readonly channelId: string
      /** The channel secret. The client issues stateless channel access tokens (15 minutes) with it when it needs them. */
      readonly channelSecret: string | Secret
    }

/** The credentials of a client and the options of its calls. */
export type LineClientOptions = ClientCredentials & CallerOptions

interface Groups {
  /** Messages, profiles, followers, webhook endpoint and quota. */
  readonly messaging: typeof catalog.messaging
  /** Issues, verifies and revokes channel access tokens. */
  readonly tokens: typeof catalog.tokens
  /** Statistics of messages, friends and rich menus; 60 calls per hour for each operation. */
  readonly insight: typeof catalog.insight
  /** Creates, fills, lists, renames and deletes audiences. */
  readonly audience: typeof catalog.audience
  /** LIFF apps. Requires the token of a LINE Login channel. */
  readonly liff: typeof catalog.liff
  /** LINE Login: user access tokens, ID tokens, profiles, friendship. */
  readonly login: typeof catalog.login
  /** Attaches and detaches module channels, and controls chats. */
  readonly module: typeof catalog.module
  /** Mission stickers. */
  readonly shop: typeof catalog.shop
  /** Service messages of LINE MINI Apps. Requires the token of a LINE MINI App channel. */
  readonly miniApp: typeof catalog.miniApp
}

type Plain = { readonly [G in keyof Groups]: Methods<Groups[G]> }

/** LINE's operations as methods, grouped as in the catalog and named as in LINE's reference. */
export interface LineClient extends Plain {
  /** The same methods, each returning request ID, outcome, retry key, status and headers together with the data. */
  readonly withResponse: { readonly [G in keyof Groups]: MethodsWithResponse<Groups[G]> }
  /** Calls any operation record, including records that you define. */
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
    // The catalog's types tie each record to its input and output; here all records are treated alike.
    const operation = record as Operation<object, unknown>
    const method = (input: object = {}, options?: CallOptions) => send(operation, input, options)
    methods[name] = listed && record.page ? Object.assign(method, { [nextPage]: pageReader(record.page) }) : method
  }
  return methods
}

const groups: { readonly [G in keyof Groups]: Records } = catalog

function credentials(options: ClientCredentials): string | TokenSource {
  const { channelAccessToken: token, channelId, channelSecret } = options
  if (token !== undefined)
    return typeof property(token, 'get') === 'function' ? (token as TokenSource) : readToken(token) // `get` is what makes a source
  if (channelId === undefined && channelSecret === undefined)
    throw new LineInputError('createLineClient requires channelAccessToken, or channelId and channelSecret')
  // A missing one of both is named.
  return statelessTokens({ channelId, channelSecret } as ChannelSecretCredentials)
}

/**
 * Creates a client for a channel.
 *
 * @throws {LineInputError} when credentials are missing or malformed, and in a browser page unless `allowBrowser` is set.
 *
 * @example
 * const line = createLineClient({ channelId, channelSecret })
 * await line.messaging.pushMessage({ to: userId, messages: [{ type: 'text', text: 'hello' }] })
 */
export function createLineClient(options: LineClientOptions): LineClient {
  if (typeof options !== 'object' || options === null)
    throw new LineInputError('createLineClient requires options: channelAccessToken, or channelId and channelSecret')
  const token = credentials(options)
  const channelId =
    options.channelId === undefined ? undefined : readCredential(options.channelId, 'channelId', 'channelId')
  const secret =
    options.channelSecret === undefined
      ? undefined
      : readCredential(options.channelSecret, 'channelSecret', 'channelSecret')
  const caller: Caller = createCaller({ ...options, channelAccessToken: token })
  const plain: { [name: string]: object } = {}
  const around: { [name: string]: object } = {}
  for (const name in groups) {
    const records = groups[name as keyof Groups] // `name` is a key of groups
    plain[name] = bind(records, caller.call, true)
    around[name] = bind(records, caller.callWithResponse, false)
  }
  return {
    ...plain,
    withResponse: around,
    call: caller.call,
    [clockKey]: options.clock ?? systemClock,
    [secretKey]: () => secret,
    [channelKey]: channelId ?? (typeof token === 'object' ? token.channelId : undefined),
  } as unknown as LineClient
}
