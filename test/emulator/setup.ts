import {
  type Account,
  type CreateAccountOptions,
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  type LoginChannel,
  type ModuleChannel,
} from 'line-oa/emulator'
import { expect } from 'vitest'

/** A response of LINE as it came over the wire. */
export interface LineResponse {
  readonly status: number
  readonly headers: Headers
  /** The parsed body; `undefined` when it is empty. */
  readonly body: unknown
}

export const api = 'https://api.line.me'

/** The error that the emulator throws when a test makes a mistake, for `toThrow` and `toEqual`. */
export const inputError = expect.objectContaining({ code: 'LINE_INPUT' })

/**
 * An error response of LINE, for `toMatchObject`. Each property is that of one entry of `details`, in order.
 * The texts are listed in test/messages/emulator.test.ts.
 */
export const refusal = (status: number, ...properties: readonly string[]) => ({
  status,
  body: {
    message: expect.any(String),
    ...(properties.length > 0 && {
      details: properties.map((property) => ({ message: expect.any(String), property })),
    }),
  },
})

/** An error response of one of LINE's OAuth endpoints, for `toMatchObject`. */
export const oauthRefusal = (error: string) => ({ status: 400, body: { error, error_description: expect.any(String) } })

/** Reads a response to its end and parses its body. */
export async function read(response: Response): Promise<LineResponse> {
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined }
}

/** What a call carries besides its body. */
export interface Extras {
  readonly token?: string | undefined
  readonly headers?: { readonly [name: string]: string }
}

/** Calls LINE over plain HTTP, without the client. An object is sent as JSON. */
export async function call(
  emulator: Emulator,
  line: string,
  body?: object | string,
  { token, headers }: Extras = {},
): Promise<LineResponse> {
  const [method = '', path = ''] = line.split(' ')
  const response = await emulator.fetch(path.startsWith('/') ? api + path : path, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return read(response)
}

/** Posts a form. */
export async function form(
  emulator: Emulator,
  path: string,
  fields: { readonly [name: string]: string },
): Promise<LineResponse> {
  return read(await emulator.fetch(api + path, { method: 'POST', body: new URLSearchParams(fields) }))
}

/** Gets a stateless channel access token with the channel secret. */
export async function tokenFor(
  emulator: Emulator,
  { channelId, channelSecret }: Account | LoginChannel | ModuleChannel,
): Promise<string> {
  const { body } = await form(emulator, '/oauth2/v3/token', {
    grant_type: 'client_credentials',
    client_id: channelId,
    client_secret: channelSecret,
  })
  return (body as { access_token: string }).access_token // the response to the call above
}

/** A text message. */
export const text = (words: string) => ({ type: 'text' as const, text: words })

/** An emulator with a manual clock, an account, a friend of it, and functions that call LINE with the account's token. */
export async function setup(options: EmulatorOptions & { readonly account?: Partial<CreateAccountOptions> } = {}) {
  const emulator = createEmulator({ clock: 'manual', ...options })
  const account = emulator.createAccount({ name: 'Tea House', kind: 'verified', ...options.account })
  const token = account.issueLongLivedToken()
  const person = emulator.createPerson({ displayName: 'Mika', language: 'ja' })
  await person.addFriend(account)
  const line = (what: string, body?: object | string, extras?: Extras) =>
    call(emulator, what, body, { token, ...extras })
  const push = (to: string, words = 'hi', headers: { readonly [name: string]: string } = {}) =>
    line('POST /v2/bot/message/push', { to, messages: [text(words)] }, { headers })
  return { emulator, account, token, person, userId: person.userIdFor(account), line, push }
}

/** A webhook receiver that records every request and answers with the given response. */
export function inbox(
  answer: (request: Request, body: Delivered) => Response | Promise<Response> = () => new Response(),
) {
  const requests: { readonly headers: Headers; readonly raw: string; readonly body: Delivered }[] = []
  return {
    requests,
    events: () => requests.flatMap(({ body }) => body.events),
    fetch: async (request: Request) => {
      const raw = await request.clone().text()
      const body = JSON.parse(raw) as Delivered // what the emulator posts
      requests.push({ headers: request.headers, raw, body })
      return answer(request, body)
    },
  }
}

/** The body of a webhook request. */
export interface Delivered {
  readonly destination: string
  readonly events: readonly DeliveredEvent[]
}

/** A webhook event, with the fields that tests look at. */
export interface DeliveredEvent {
  readonly type: string
  readonly webhookEventId: string
  readonly timestamp: number
  readonly replyToken?: string
  readonly source?: { readonly type: string; readonly userId?: string; readonly groupId?: string }
  readonly deliveryContext: { readonly isRedelivery: boolean }
  readonly message?: { readonly id: string; readonly quoteToken?: string; readonly [field: string]: unknown }
  readonly [field: string]: unknown
}
