/** LINE's hosts: `api.line.me`, `api-data.line.me`, `manager.line.biz` and `access.line.me`. */
export type Host = 'api' | 'data' | 'manager' | 'access'

/**
 * Which access token an operation takes: the Messaging API channel's (`channel`, the default), a LINE Login channel's, a user's, or none.
 */
export type Auth = 'channel' | 'login-channel' | 'user' | 'none'

/** The kinds of channel access tokens: stateless (15 minutes), v2.1 (up to 30 days, signed by a key), short-lived (30 days) and long-lived. */
export type TokenKind = 'stateless' | 'v2.1' | 'short-lived' | 'long-lived'

/**
 * Whether a call may be sent again after its response was lost: `safe` always, `keyed` under its retry key, `never` not at all.
 */
export type Repeat = 'safe' | 'keyed' | 'never'

/** A rate limit of LINE for one channel, endpoint and HTTP method, such as `2000/s`, `60/min` or `60/h`. */
export type Rate = `${number}/${'s' | 'min' | 'h'}`

/** The type that a query parameter has in the input. */
export type QueryKind = 'string' | 'number' | 'boolean' | 'string[]'

type KindOf<V> = V extends readonly unknown[]
  ? 'string[]'
  : V extends string
    ? 'string'
    : V extends number
      ? 'number'
      : V extends boolean
        ? 'boolean'
        : never

type KeysOf<T> = T extends unknown ? keyof T & string : never

type KindsOf<Input> = {
  readonly [K in KeysOf<Input>]?: Input extends { readonly [P in K]?: infer V } ? KindOf<NonNullable<V>> : QueryKind
}

declare const types: unique symbol

/** An operation as plain data, without the types of its input and output. */
export interface Endpoint {
  /** The HTTP method. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** The host that serves the operation. Default: `api`. */
  readonly host?: Host
  /** The path, with `{name}` in the place of an input value. */
  readonly path: `/${string}`
  /** Inputs that are sent in the query, with their types. Default: none. */
  readonly query?: { readonly [name: string]: QueryKind | undefined }
  /** Types of inputs that are sent as text in the path or in a multipart body but are not strings. Default: strings. */
  readonly kinds?: { readonly [name: string]: QueryKind | undefined }
  /** Inputs that are sent in a header, each with the header's name in lower case. Default: none. */
  readonly headers?: { readonly [name: string]: string | undefined }
  /** How all other inputs are sent; `raw` names the input that is the body itself. Default: `json` for POST and PUT, otherwise `none`. */
  readonly body?: 'json' | 'form' | 'multipart' | 'none' | { readonly raw: string }
  /** `binary` where LINE responds with a file. Default: JSON. */
  readonly response?: 'binary'
  /** The access token that the operation takes. Default: `channel`. */
  readonly auth?: Auth
  /** The kinds of channel access tokens that the operation accepts. Default: all kinds. */
  readonly tokens?: readonly TokenKind[]
  /** Whether the call may be sent again after its response was lost. */
  readonly repeat: Repeat
  /** LINE's rate limit. Default: `2000/s`. */
  readonly rate?: Rate
  /** Body values that distinguish this operation from others with the same method and path. Default: none. */
  readonly when?: { readonly [name: string]: string }
  /** The fields that page through a list: the output's items and next cursor (or `more` flag), and the input's cursor. Only on a {@link ListOperation}. */
  readonly page?: { readonly items: string; readonly cursor: string; readonly next?: string; readonly more?: string }
  /**
   * What a call returns when LINE accepted it but the response body, or a part of it, was lost; `error` makes the call fail instead.
   * Default: `{}`, and `error` for GET.
   */
  readonly onLostResponse?: object | 'error'
  /** LINE's page, relative to `https://developers.line.biz/en/reference/`. */
  readonly docs: string
}

/** Returns how the body of an operation is sent. */
export const bodyKind = ({ body, method }: Endpoint): NonNullable<Endpoint['body']> =>
  body ?? (method === 'POST' || method === 'PUT' ? 'json' : 'none')

/** Tells whether a call is made for its response body, so that losing the body fails the call. */
export const needsResponseBody = ({ onLostResponse, method }: Endpoint): boolean =>
  onLostResponse === undefined ? method === 'GET' : onLostResponse === 'error'

/** One LINE operation as plain data: how its input is sent, whether it may be retried, where LINE documents it. */
export interface Operation<Input, Output> extends Endpoint {
  readonly query?: KindsOf<Input>
  readonly kinds?: KindsOf<Input>
  readonly headers?: { readonly [K in KeysOf<Input>]?: string }
  readonly body?: 'json' | 'form' | 'multipart' | 'none' | { readonly raw: KeysOf<Input> }
  readonly onLostResponse?: (Partial<Output> & object) | 'error'
  /** Never set. It ties the record to its input and output types. */
  readonly [types]?: (input: Input) => Output
}

type KeysTo<T, V> = { [K in keyof T]-?: NonNullable<T[K]> extends V ? K : never }[keyof T] & string

/** Names the fields that page through a list: by a cursor, or by a page number while there are more pages. */
export type Paging<Input, Output, Item> =
  | {
      readonly items: KeysTo<Output, readonly Item[]>
      readonly cursor: KeysTo<Input, string>
      readonly next: KeysTo<Output, string>
    }
  | {
      readonly items: KeysTo<Output, readonly Item[]>
      readonly cursor: KeysTo<Input, number>
      readonly more: KeysTo<Output, boolean>
    }

/** An operation that returns a list page by page; `each` iterates over it. */
export interface ListOperation<Input, Output, Item> extends Operation<Input, Output> {
  /** The fields that page through the list. */
  readonly page: Paging<Input, Output, Item>
}

/** Options of one call. */
export interface CallOptions {
  /**
   * A UUID under which LINE accepts a push, multicast, narrowcast or broadcast only once within 24 hours.
   * Pass your own to make the same call again later, for example after a restart. Default: a random UUID.
   */
  readonly retryKey?: string | undefined
  /** Aborts the call. LINE may still have accepted a request that was already sent. Default: no signal. */
  readonly signal?: AbortSignal | undefined
  /** Longest time for one attempt, in milliseconds. Default: the client's. */
  readonly timeout?: number | undefined
  /** Longest time for the call with all its attempts, in milliseconds. Default: the client's. */
  readonly totalTimeout?: number | undefined
  /** An access token for this call only, such as a user's or another channel's. Default: the client's token. */
  readonly accessToken?: string | undefined
  /** User ID of the bot that a module channel acts for. Default: none. */
  readonly botId?: string | undefined
}

/** The outcome of a successful call: `already-accepted` means that an earlier attempt was carried out. */
export type Acceptance = 'accepted' | 'already-accepted'

/** LINE's response with its body, status, headers and IDs. */
export interface WithResponse<Output> {
  /** The body as LINE sent it, including fields that this version does not know. */
  readonly data: Output
  /** LINE's `x-line-request-id`. LINE's support asks for it, and a narrowcast's progress is read by it. */
  readonly requestId: string | undefined
  /** Request ID of the attempt that LINE accepted, when this attempt was a duplicate. */
  readonly acceptedRequestId: string | undefined
  /** Whether this attempt or an earlier one was carried out. */
  readonly outcome: Acceptance
  /** The retry key of the call, for operations that take one. */
  readonly retryKey: string | undefined
  /** The HTTP status. */
  readonly status: number
  /** The response headers. */
  readonly headers: Headers
}

/** The symbol under which a list method carries the function that reads a page and makes the input of the next one. */
export const nextPage: unique symbol = Symbol.for('line-oa.nextPage')

/** A list method whose pages hold `Item`s, so that `each` can iterate over it. */
export interface Listed<Item> {
  /** Reads the items of a page and makes the input of the next page. */
  readonly [nextPage]: (
    input: object,
    output: object,
  ) => { readonly items: readonly Item[]; readonly next: object | undefined }
}

type Method<Input, Output> = {} extends Input
  ? (input?: Input, options?: CallOptions) => Promise<Output>
  : (input: Input, options?: CallOptions) => Promise<Output>

/** The methods that a group of operation records becomes on a client. */
export type Methods<Ops> = {
  readonly [K in keyof Ops]: Ops[K] extends ListOperation<infer Input, infer Output, infer Item>
    ? Method<Input, Output> & Listed<Item>
    : Ops[K] extends Operation<infer Input, infer Output>
      ? Method<Input, Output>
      : never
}

/** The same methods, each returning status, headers and IDs together with the body. */
export type MethodsWithResponse<Ops> = {
  readonly [K in keyof Ops]: Ops[K] extends Operation<infer Input, infer Output>
    ? Method<Input, WithResponse<Output>>
    : never
}
