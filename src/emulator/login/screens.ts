import type { PersonState, ProviderState } from '../state.js'
import { userIdOf } from '../world.js'
import { loginSettings } from './channel.js'
import type { Callback, LoginRequest } from './request.js'

/** A piece of HTML. Texts that are put into it are escaped. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

const entities: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? '')

/** What can stand in a template: text, HTML, lists of HTML, or nothing. */
export type Inserted = string | Html | readonly Html[] | undefined | false

const written = (value: Inserted): string => {
  if (typeof value === 'string') return escaped(value)
  if (value instanceof Html) return value.text
  return value ? value.map(({ text }) => text).join('') : ''
}

/** Writes HTML. */
export function html(texts: TemplateStringsArray, ...values: readonly Inserted[]): Html {
  return new Html(texts.map((text, at) => text + written(values[at])).join(''))
}

const style = /* @__PURE__ */ new Html(`
  body { margin: 0; background: #f5f6f7; color: #1f1f1f; font: 16px/1.5 system-ui, sans-serif }
  main { max-width: 26rem; margin: 2rem auto; padding: 1.5rem 2rem 2rem; background: #fff; border-radius: .75rem }
  h1 { font-size: 1.4rem } h2 { font-size: 1rem; margin-top: 2rem }
  form { margin: 1rem 0 } label { display: block; margin: .5rem 0 }
  select, button { box-sizing: border-box; width: 100%; padding: .7rem; font: inherit; border: 1px solid #b7b7b7; border-radius: .4rem }
  button { margin-top: .6rem; background: #fff; cursor: pointer }
  button.main { background: #06733c; border-color: #06733c; color: #fff; font-weight: 600 }
  .qr { font: 700 1.2rem monospace; text-align: center; padding: 2rem; border: 4px dashed #1f1f1f }
  footer { color: #595959; font-size: .85rem; text-align: center }
`)

/** Renders a login page, which says that it comes from an emulator. */
export function page(
  title: string,
  body: Html,
  status = 200,
  headers: { readonly [name: string]: string } = {},
): Response {
  const { text } = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
<footer>An emulator stands in for LINE here.</footer>
</body>
</html>
`
  return new Response(text, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src https:; base-uri 'none'; frame-ancestors 'none'",
      ...headers,
    },
  })
}

/** Where the forms of the pages go. */
export const actions = {
  login: '/oauth2/v2.1/login',
  consent: '/oauth2/v2.1/consent',
  friend: '/oauth2/v2.1/friend',
} as const

/** A page of a login that is under way. */
export interface Screen {
  /** The login's ID, which every form carries. */
  readonly id: string
  readonly request: LoginRequest
}

const form = (action: string, id: string, content: Html) => html`<form method="post" action="${action}">
<input type="hidden" name="login" value="${id}">
${content}
</form>`

const button = (name: string, value: string, words: string, main = false) =>
  html`<button${main ? new Html(' class="main"') : undefined} name="${name}" value="${value}">${words}</button>`

function choice(people: readonly PersonState[], provider: ProviderState, words: string): Html {
  const options = people.map(
    (person) => html`<option value="${userIdOf(person, provider)}">${person.displayName}</option>`,
  )
  return html`<label>${words}<select name="person" required>${options}</select></label>`
}

/** Asks which user logs in. There are no passwords and no cameras; any user can be chosen. */
export function loginScreen({ id, request }: Screen, people: readonly PersonState[], by: 'pwd' | 'lineqr'): Response {
  const { channel, canSwitch, autoLogin } = request
  const other = by === 'pwd' ? 'lineqr' : 'pwd'
  const own =
    by === 'pwd'
      ? html`${choice(people, channel.provider, 'Account')}${button('by', 'pwd', 'Log in', true)}`
      : html`<p class="qr">QR code</p>${choice(people, channel.provider, 'Whose phone scans it?')}${button('by', 'lineqr', 'Scan', true)}`
  const automatic = html`<h2>In the LINE app of a phone</h2>
${form(
  actions.login,
  id,
  html`${choice(people, channel.provider, 'Whose phone is it?')}
${button('by', 'lineautologin', 'Log in automatically')}
${button('by', 'failed-autologin', 'Let auto login fail')}`,
)}`
  return page(
    by === 'pwd' ? 'Log in with your e-mail address' : 'Log in with a QR code',
    people.length
      ? html`${form(actions.login, id, own)}
${canSwitch && form(actions.login, id, button('show', other, by === 'pwd' ? 'Use a QR code' : 'Use your e-mail address'))}
${autoLogin && automatic}`
      : html`<p>There are no LINE users yet. Create one with emulator.createPerson().</p>`,
  )
}

/** Asks the logged-in user whether to continue with this account. */
export function sessionScreen({ id, request }: Screen, person: PersonState): Response {
  return page(
    'Log in with LINE',
    html`<p>You are logged in to LINE as <strong>${person.displayName}</strong>.</p>
${form(
  actions.login,
  id,
  html`${button('by', 'linesso', 'Log in', true)}
${button('show', request.qrFirst ? 'lineqr' : 'pwd', 'Use another account')}`,
)}`,
  )
}

const scopeTexts: { readonly [scope: string]: string } = {
  profile: 'Main profile info: name, image, status message',
  openid: 'Your internal identifier',
}

/** Asks for consent. */
export function consentScreen({ id, request }: Screen, person: PersonState, offersFriend: boolean): Response {
  const { channel, scopes } = request
  const { name } = loginSettings(channel)
  const needed = scopes.flatMap((scope) => (scopeTexts[scope] ? [html`<li>${scopeTexts[scope]}</li>`] : []))
  const email = html`<label><input type="checkbox" name="email" value="yes" checked> E-mail address ${person.email ? `(${person.email})` : '(none)'}</label>`
  const friend = html`<label><input type="checkbox" name="friend" value="yes"> Add ${channel.linkedAccount?.name} as a friend</label>`
  return page(
    `${name} asks for your permission`,
    html`<p>Provider: ${channel.provider.name}</p>
<p>The following is given to the provider:</p>
<ul>${needed}</ul>
${form(
  actions.consent,
  id,
  html`${scopes.includes('email') && email}
${offersFriend && friend}
${button('answer', 'allow', 'Allow', true)}
${button('answer', 'cancel', 'Cancel')}`,
)}`,
  )
}

/** Offers the linked account. */
export function friendScreen({ id, request }: Screen): Response {
  const account = request.channel.linkedAccount
  return page(
    `Add ${account?.name} as a friend?`,
    html`<p>${account?.basicId}</p>
${form(actions.friend, id, html`${button('answer', 'add', 'Add', true)}${button('answer', 'skip', 'Not now')}`)}`,
  )
}

/** LINE's own error page. */
export function errorScreen(message: string): Response {
  return page('400 Bad Request', html`<p>${message}</p>`, 400)
}

/** Posts a form to the app. At LINE a script submits it; here a button does. */
export function formPostScreen({ redirectUri, fields }: Callback): Response {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  return page(
    'Back to the app',
    html`<form method="post" action="${redirectUri}">${inputs}<button class="main">Continue</button></form>`,
  )
}
