import { createHash } from 'node:crypto'
import { type CreateLoginChannelOptions, createEmulator, type Emulator } from 'line-oa/emulator'
import { call, form } from '../setup.js'

export const callbackUrl = 'https://app.example/callback'
export const authorize = 'https://access.line.me/oauth2/v2.1/authorize'
export const minute = 60_000
export const day = 24 * 60 * minute

export interface Fields {
  readonly [name: string]: string | undefined
}

const given = (fields: Fields): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))

export const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
export const challenge = createHash('sha256').update(verifier).digest('base64url')

/** An emulator with a manual clock, a published LINE Login channel and a person. */
export function setup(options: CreateLoginChannelOptions = {}) {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House' })
  const { settings, ...rest } = options
  const channel = emulator.createLoginChannel({
    published: true,
    linkedAccount: account,
    ...rest,
    settings: { name: 'Tea Shop', callbackUrls: [callbackUrl], ...settings },
  })
  const person = emulator.createPerson({
    displayName: 'Mika',
    pictureUrl: 'https://profile.line-scdn.net/mika',
    statusMessage: 'Tea!',
    email: 'mika@example.com',
  })
  /** The URL of the login page. `undefined` removes a parameter. */
  const url = (changes: Fields = {}) =>
    `${authorize}?${new URLSearchParams(
      given({
        response_type: 'code',
        client_id: channel.channelId,
        redirect_uri: callbackUrl,
        state: 'state1',
        scope: 'profile openid',
        ...changes,
      }),
    )}`
  const secret = { client_id: channel.channelId, client_secret: channel.channelSecret }
  const exchange = (code: string, changes: Fields = {}) =>
    form(
      emulator,
      '/oauth2/v2.1/token',
      given({ grant_type: 'authorization_code', code, redirect_uri: callbackUrl, ...secret, ...changes }),
    )
  /** Logs the person in and returns the authorization code. */
  const codeOf = async (changes: Fields = {}, answers: Parameters<typeof person.login>[1] = {}) =>
    new URL((await person.login(url(changes), answers)).url).searchParams.get('code') ?? ''
  /** Logs the person in and returns the tokens. */
  const tokens = async (changes: Fields = {}, answers: Parameters<typeof person.login>[1] = {}) =>
    (await exchange(await codeOf(changes, answers))).body as Tokens
  const ask = (line: string, token: string) => call(emulator, line, undefined, { token })
  const verify = (token: string) =>
    call(emulator, `GET /oauth2/v2.1/verify?${new URLSearchParams({ access_token: token })}`)
  return { emulator, account, channel, person, url, secret, exchange, codeOf, tokens, ask, verify }
}

/** The tokens of a login. */
export interface Tokens {
  readonly access_token: string
  readonly refresh_token: string
  readonly expires_in: number
  readonly scope: string
  readonly token_type: string
  readonly id_token: string
}

/** Header (0) or payload (1) of a JWT, without any verification. */
export function part(token: string, at: 0 | 1): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[at] ?? '', 'base64url').toString())
}

const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }
const plain = (text: string) => text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? entity)

/** The screens of a login by the value of their main button. */
const screens = { pwd: 'email', lineqr: 'qr-code', linesso: 'session', allow: 'consent', add: 'friend' } as const
export type Screen = (typeof screens)[keyof typeof screens]

/** A browser without JavaScript: it keeps cookies, reads forms and presses buttons. */
export class Browser {
  readonly #emulator: Emulator
  #cookies = ''
  #base = authorize
  text = ''
  status = 0
  headers = new Headers()

  constructor(emulator: Emulator) {
    this.#emulator = emulator
  }

  async #load(url: string, init: RequestInit = {}): Promise<this> {
    const response = await this.#emulator.fetch(url, {
      ...init,
      headers: { ...(this.#cookies && { cookie: this.#cookies }) },
    })
    const kept = response.headers.get('set-cookie')?.split(';')[0]
    if (kept) this.#cookies = kept
    this.#base = url
    this.status = response.status
    this.headers = response.headers
    this.text = await response.text()
    return this
  }

  open(url: string): Promise<this> {
    return this.#load(url)
  }

  get title(): string {
    return plain(/<h1>(.*?)<\/h1>/s.exec(this.text)?.[1] ?? '')
  }

  /** Which screen of the login is shown, by its main button; `undefined` for a page without one. */
  get screen(): Screen | undefined {
    const main = plain(/<button class="main"[^>]*value="([^"]*)"/.exec(this.text)?.[1] ?? '')
    return Object.hasOwn(screens, main) ? screens[main as keyof typeof screens] : undefined // a key of the table
  }

  /** The URL that the browser is redirected to when it leaves LINE. */
  get sentTo(): URL {
    return new URL(this.headers.get('location') ?? 'about:blank')
  }

  /** The query parameters of the redirect to the app. */
  get back(): Record<string, string> {
    return Object.fromEntries(this.sentTo.searchParams)
  }

  get buttons(): string[] {
    return [...this.text.matchAll(/<button[^>]*>(.*?)<\/button>/gs)].map(([, words]) => plain(words ?? ''))
  }

  /** Presses a button. `fields` are the fields of its form that the user sets; `undefined` clears a checkbox. */
  press(words: string, fields: Fields = {}): Promise<this> {
    const forms = [...this.text.matchAll(/<form[^>]* action="([^"]*)"[^>]*>(.*?)<\/form>/gs)]
    for (const [, action = '', content = ''] of forms) {
      const button = [...content.matchAll(/<button([^>]*)>(.*?)<\/button>/gs)].find(
        ([, , label]) => plain(label ?? '') === words,
      )
      if (!button) continue
      const sent: Record<string, string | undefined> = {}
      for (const [, attributes = ''] of content.matchAll(/<(?:input|button)([^>]*)>/gs)) {
        const name = /name="([^"]*)"/.exec(attributes)?.[1]
        const isSent = attributes === button[1] || /type="hidden"|checked/.test(attributes)
        if (name && isSent) sent[name] = plain(/value="([^"]*)"/.exec(attributes)?.[1] ?? '')
      }
      const first = /<select name="(\w+)"[^>]*><option value="([^"]*)"/.exec(content)
      if (first?.[1]) sent[first[1]] = first[2]
      const body = new URLSearchParams(given({ ...sent, ...fields }))
      return this.#load(new URL(plain(action), this.#base).href, { method: 'POST', body })
    }
    throw new Error(`The page has no button ${words}, only ${this.buttons}`)
  }
}
