import type { PersonState, Provider } from '../state.js'
import { userIdOf } from '../world.js'
import type { Callback } from './callback.js'
import { Html, html, page } from './html.js'
import type { LoginRequest } from './request.js'
import { loginSettings } from './settings.js'

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

function choice(people: readonly PersonState[], provider: Provider, words: string): Html {
  const options = people.map(
    (person) => html`<option value="${userIdOf(person, provider)}">${person.displayName}</option>`,
  )
  return html`<label>${words}<select name="person" required>${options}</select></label>`
}

/** Asks who it is. There are no passwords and no cameras here: whoever is chosen is believed. */
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
      : html`<p>Nobody uses LINE yet: let the test create a person.</p>`,
  )
}

/** Asks the one who is logged in whether to go on. */
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

const scopeWords: { readonly [scope: string]: string } = {
  profile: 'Main profile info: name, image, status message',
  openid: 'Your internal identifier',
}

/** Asks for consent. */
export function consentScreen({ id, request }: Screen, person: PersonState, offersFriend: boolean): Response {
  const { channel, scopes } = request
  const { name } = loginSettings(channel)
  const needed = scopes.flatMap((scope) => (scopeWords[scope] ? [html`<li>${scopeWords[scope]}</li>`] : []))
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

/** Sends a form to the app. LINE has a script send it; here a button does. */
export function formPostScreen({ redirectUri, fields }: Callback): Response {
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  return page(
    'Back to the app',
    html`<form method="post" action="${redirectUri}">${inputs}<button class="main">Continue</button></form>`,
  )
}
