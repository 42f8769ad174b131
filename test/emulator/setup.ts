import {
  type Account,
  type CreateAccountOptions,
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  type LoginChannel,
  type ModuleChannel,
} from 'line-oa/emulator'

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** The parsed body; `undefined` when it is empty. */
  readonly body: unknown
}

export const api = 'https://api.line.me'

export async function read(response: Response): Promise<Answer> {
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined }
}

export interface Extras {
  readonly token?: string | undefined
  readonly headers?: { readonly [name: string]: string }
}

/** Calls LINE as somebody without an SDK does. An object is sent as JSON. */
export async function call(
  emulator: Emulator,
  line: string,
  body?: object | string,
  { token, headers }: Extras = {},
): Promise<Answer> {
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
): Promise<Answer> {
  return read(await emulator.fetch(api + path, { method: 'POST', body: new URLSearchParams(fields) }))
}

/** Gets a stateless token by the channel's secret. */
export async function tokenFor(
  emulator: Emulator,
  { channelId, channelSecret }: Account | LoginChannel | ModuleChannel,
): Promise<string> {
  const { body } = await form(emulator, '/oauth2/v3/token', {
    grant_type: 'client_credentials',
    client_id: channelId,
    client_secret: channelSecret,
  })
  return (body as { access_token: string }).access_token // the answer of the call above
}

export const text = (words: string) => ({ type: 'text' as const, text: words })

/** An emulator that stands still, an account, a friend of it, and what calls LINE for the account. */
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

/** A receiver that keeps what it is sent, and answers with a status. */
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

export interface Delivered {
  readonly destination: string
  readonly events: readonly DeliveredEvent[]
}

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
