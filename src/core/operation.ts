import type { Revealable } from './credential-values.js'
/** LINE's hosts: `api.line.me`, `api-data.line.me`, `manager.line.biz` and `access.line.me`. */
export type Host = 'api' | 'data' | 'manager' | 'access'

/**
 * The access token that an operation takes: that of a Messaging API channel (`channel`, the default), of a LINE Login channel or of a user, or none.
 */
export type Auth = 'channel' | 'login-channel' | 'user' | 'none'

/** The kinds of channel access tokens: stateless (15 minutes), v2.1 (up to 30 days, issued with an assertion signing key), short-lived (30 days) and long-lived. */
export type TokenKind = 'stateless' | 'v2.1' | 'short-lived' | 'long-lived'

/**
 * Whether a call may be retried after its response was lost: `safe` always, `keyed` with the same retry key, `never` not at all.
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

interface RawBody<Name extends string> {
  readonly raw: Name
}

/** An operation as plain data, without the types of its input and output. */
export interface Endpoint {
  /** The HTTP method. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** The host that serves the operation. Default: `api`. */
  readonly host?: Host
  /** The path, with `{name}` as the placeholder of an input value. */
  readonly path: `/${string}`
  /** Inputs that are sent in the query, with their types. Default: none. */
  readonly query?: { readonly [name: string]: QueryKind | undefined }
  /** Types of inputs in the path or in a multipart body that are not strings. Default: strings. */
  readonly kinds?: { readonly [name: string]: QueryKind | undefined }
  /** Inputs that are sent in a header, each with the header's name in lower case. Default: none. */
  readonly headers?: { readonly [name: string]: string | undefined }
  /** How all other inputs are sent; `raw` names the input that is sent as the body. Default: `json` for POST and PUT, otherwise `none`. */
  readonly body?: 'json' | 'form' | 'multipart' | 'none' | RawBody<string>
  /** `binary` if LINE responds with a file. Default: JSON. */
  readonly response?: 'binary'
  /** The access token that the operation takes. Default: `channel`. */
  readonly auth?: Auth
  /** The kinds of channel access tokens that the operation accepts. Default: all kinds. */
  readonly tokens?: readonly TokenKind[]
  /** Whether the call may be retried after its response was lost. */
  readonly repeat: Repeat
  /** LINE's rate limit. Default: `2000/s`. */
  readonly rate?: Rate
  /** Body values that distinguish this operation from others with the same method and path. Default: none. */
  readonly when?: { readonly [name: string]: string }
  /** The fields that page through a list. Only on a {@link ListOperation}. */
  readonly page?: {
    /** The output field with the items of the page. */
    readonly items: string
    /** The input field for the cursor or page number. */
    readonly cursor: string
    /** The output field with the next cursor. Default: the list has page numbers. */
    readonly next?: string
    /** The output field that tells whether there are more pages. Default: the list has cursors. */
    readonly more?: string
  }
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

/** Returns whether the response body is the result of the call, so that the call fails if the body is lost. */
export const needsResponseBody = ({ onLostResponse, method }: Endpoint): boolean =>
  onLostResponse === undefined ? method === 'GET' : onLostResponse === 'error'

/** One LINE operation as plain data: how its input is sent, whether it may be retried, and its page in LINE's documentation. */
export interface Operation<Input, Output> extends Endpoint {
  readonly query?: KindsOf<Input>
  readonly kinds?: KindsOf<Input>
  readonly headers?: { readonly [K in KeysOf<Input>]?: string }
  readonly body?: 'json' | 'form' | 'multipart' | 'none' | RawBody<KeysOf<Input>>
  readonly onLostResponse?: (Partial<Output> & object) | 'error'
  /** Never set. It ties the record to its input and output types. */
  readonly [types]?: (input: Input) => Output
}

type KeysTo<T, V> = { [K in keyof T]-?: NonNullable<T[K]> extends V ? K : never }[keyof T] & string

/** The fields that page through a list, either by a cursor or by a page number. */
export type Paging<Input, Output, Item> =
  | {
      /** The output field with the items of the page. */
      readonly items: KeysTo<Output, readonly Item[]>
      /** The input field for the cursor. */
      readonly cursor: KeysTo<Input, string>
      /** The output field with the next cursor. LINE omits it on the last page. */
      readonly next: KeysTo<Output, string>
    }
  | {
      /** The output field with the items of the page. */
      readonly items: KeysTo<Output, readonly Item[]>
      /** The input field for the page number. */
      readonly cursor: KeysTo<Input, number>
      /** The output field that tells whether there are more pages. */
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
   * A UUID that identifies a push, multicast, narrowcast or broadcast. LINE accepts the same key only once within 24 hours.
   * Pass your own to repeat the same call later, for example after a restart. Default: a random UUID.
   */
  readonly retryKey?: string | undefined
  /** Aborts the call. LINE may still have accepted a request that was already sent. Default: no signal. */
  readonly signal?: AbortSignal | undefined
  /** Longest time for one attempt, in milliseconds. Default: the client's. */
  readonly timeout?: number | undefined
  /** Longest time for the call with all its attempts, in milliseconds. Default: the client's. */
  readonly totalTimeout?: number | undefined
  /** An access token for this call only, such as a user's or another channel's. Default: the client's token. */
  readonly accessToken?: string | Revealable | undefined
  /** User ID of the bot that a module channel acts for. Default: none. */
  readonly botId?: string | undefined
}

/** The outcome of a successful call: `already-accepted` means that an earlier attempt was carried out. */
export type Acceptance = 'accepted' | 'already-accepted'

/** LINE's response with its body, status, headers and IDs. */
export interface WithResponse<Output> {
  /** The body as LINE sent it, including fields that this version does not know. */
  readonly data: Output
  /** LINE's `x-line-request-id`. LINE support asks for it, and it identifies a narrowcast when you query its progress. */
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

/** The symbol under which a list method exposes the function that reads a page and builds the input of the next page. */
export const nextPage: unique symbol = Symbol.for('line-oa.nextPage')

/** A list method whose pages hold `Item`s, so that `each` can iterate over it. */
export interface Listed<Item> {
  /** Reads the items of a page and builds the input of the next page. */
  readonly [nextPage]: (
    input: object,
    output: object,
  ) => {
    /** The items of the page. */
    readonly items: readonly Item[]
    /** The input of the next page; `undefined` after the last page. */
    readonly next: object | undefined
  }
}

type Method<Input, Output> = {} extends Input
  ? (input?: Input, options?: CallOptions) => Promise<Output>
  : (input: Input, options?: CallOptions) => Promise<Output>

/** The methods of a client for a group of operation records. */
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
