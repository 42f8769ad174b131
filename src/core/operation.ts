/** The machines of LINE: `api.line.me`, `api-data.line.me`, `manager.line.biz` and `access.line.me`. */
export type Host = 'api' | 'data' | 'manager' | 'access'

/**
 * Whose token an operation takes: the channel's own (`channel`, the default), that of a LINE Login channel, a user's, or none.
 */
export type Auth = 'channel' | 'login-channel' | 'user' | 'none'

/** The kinds of channel access tokens. */
export type TokenKind = 'stateless' | 'v2.1' | 'short-lived' | 'long-lived'

/**
 * What may be done again after an answer got lost: `safe` calls by their nature, `keyed` calls under a retry key, `never` the rest.
 */
export type Repeat = 'safe' | 'keyed' | 'never'

/** A rate limit of LINE per channel, endpoint and HTTP method, such as `2000/s`, `60/min` or `60/h`. */
export type Rate = `${number}/${'s' | 'min' | 'h'}`

/** How a query parameter is read back from its text. */
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

/** An operation as plain data, whatever its input and output are. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Default: `api`. */
  readonly host?: Host
  /** With `{name}` where a value of the input goes. */
  readonly path: `/${string}`
  /** Inputs that travel in the query. */
  readonly query?: { readonly [name: string]: QueryKind | undefined }
  /** Inputs of the path or of a multipart body that are no text, though they travel as text. */
  readonly kinds?: { readonly [name: string]: QueryKind | undefined }
  /** Inputs that travel in a header, each with the header's name in lower case. */
  readonly headers?: { readonly [name: string]: string | undefined }
  /** How all other inputs travel. Default: `json` for POST and PUT, else `none`. `raw` names the one input that is the body itself. */
  readonly body?: 'json' | 'form' | 'multipart' | 'none' | { readonly raw: string }
  /** Set when LINE answers with a file. */
  readonly response?: 'binary'
  /** Default: `channel`. */
  readonly auth?: Auth
  /** The kinds of channel access tokens that it takes. Default: all of them. */
  readonly tokens?: readonly TokenKind[]
  readonly repeat: Repeat
  /** Default: `2000/s`. */
  readonly rate?: Rate
  /** Body values that tell this operation from others under the same method and path. */
  readonly when?: { readonly [name: string]: string }
  /** How a list goes on; only on a {@link ListOperation}. */
  readonly page?: { readonly items: string; readonly cursor: string; readonly next?: string; readonly more?: string }
  /**
   * What is given where LINE accepted the call and its answer, or this part of it, did not come; `error` where the caller is lost without the
   * answer. Left out, it is `{}`, as LINE answers itself, and for a GET `error`.
   */
  readonly lost?: object | 'error'
  /** LINE's page, below `https://developers.line.biz/en/reference/`. */
  readonly docs: string
}

/** How the body of an operation travels. */
export const bodyKind = ({ body, method }: Endpoint): NonNullable<Endpoint['body']> =>
  body ?? (method === 'POST' || method === 'PUT' ? 'json' : 'none')

/** Whether the answer is what a call is for, so that losing it is losing the call. */
export const needsAnswer = ({ lost, method }: Endpoint): boolean =>
  lost === undefined ? method === 'GET' : lost === 'error'

/** One operation of LINE as plain data: how the input travels, what may be repeated, where LINE describes it. */
export interface Operation<Input, Output> extends Endpoint {
  readonly query?: KindsOf<Input>
  readonly kinds?: KindsOf<Input>
  readonly headers?: { readonly [K in KeysOf<Input>]?: string }
  readonly body?: 'json' | 'form' | 'multipart' | 'none' | { readonly raw: KeysOf<Input> }
  readonly lost?: (Partial<Output> & object) | 'error'
  /** Never set; it ties the record to its types. */
  readonly [types]?: (input: Input) => Output
}

type KeysTo<T, V> = { [K in keyof T]-?: NonNullable<T[K]> extends V ? K : never }[keyof T] & string

/** Where a page's items stand and how the next page is asked for: by a cursor, or by number while there is more. */
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

/** An operation that lists something page by page; `each` walks over it. */
export interface ListOperation<Input, Output, Item> extends Operation<Input, Output> {
  readonly page: Paging<Input, Output, Item>
}

/** What one call may be told beside its input. */
export interface CallOptions {
  /**
   * The key under which LINE accepts a push, multicast, narrowcast or broadcast once only, for 24 hours. A UUID.
   * The SDK makes one when it is left out; pass your own to make the same call again later, after a restart say.
   */
  readonly retryKey?: string | undefined
  /** Ends the call. A request that is already under way may still have been accepted by LINE. */
  readonly signal?: AbortSignal | undefined
  /** Longest time for one attempt, in milliseconds. */
  readonly timeout?: number | undefined
  /** Longest time for the whole call with all its attempts, in milliseconds. */
  readonly totalTimeout?: number | undefined
  /** A token for this call alone: a user's token, or another channel's. */
  readonly accessToken?: string | undefined
  /** The user ID of the bot that a module channel acts for. */
  readonly botId?: string | undefined
}

/** What LINE did with a request that succeeded: `already-accepted` when an earlier attempt had done the work. */
export type Acceptance = 'accepted' | 'already-accepted'

/** An answer with what came around its body. */
export interface WithResponse<Output> {
  /** The body as LINE sent it, fields unknown to the SDK included. */
  readonly data: Output
  /** `x-line-request-id`, which LINE's support asks for and which narrowcast progress is read by. */
  readonly requestId: string | undefined
  /** The request ID of the attempt that was accepted, when this one met an accepted retry key. */
  readonly acceptedRequestId: string | undefined
  readonly outcome: Acceptance
  /** The retry key that the call was made under, if it took one. */
  readonly retryKey: string | undefined
  readonly status: number
  readonly headers: Headers
}

/** The key under which a list method carries the step from one page to the next. */
export const turn: unique symbol = Symbol.for('line-oa.turn')

/** Marks a method whose pages hold `Item`s, so that `each` can walk over them. */
export interface Listed<Item> {
  readonly [turn]: (
    input: object,
    output: object,
  ) => { readonly items: readonly Item[]; readonly next: object | undefined }
}

type Method<Input, Output> = {} extends Input
  ? (input?: Input, options?: CallOptions) => Promise<Output>
  : (input: Input, options?: CallOptions) => Promise<Output>

/** The methods that a group of records gives. */
export type Methods<Ops> = {
  readonly [K in keyof Ops]: Ops[K] extends ListOperation<infer Input, infer Output, infer Item>
    ? Method<Input, Output> & Listed<Item>
    : Ops[K] extends Operation<infer Input, infer Output>
      ? Method<Input, Output>
      : never
}

/** The same methods, each answering with what came around the body too. */
export type MethodsWithResponse<Ops> = {
  readonly [K in keyof Ops]: Ops[K] extends Operation<infer Input, infer Output>
    ? Method<Input, WithResponse<Output>>
    : never
}
