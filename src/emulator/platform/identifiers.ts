import { refuse } from './refusal.js'
import { words } from './words.js'

/** The IDs whose form is checked, under the names that LINE has for them in its calls. */
export type FormName = 'userId' | 'groupId' | 'roomId' | 'richMenuId' | 'richMenuAliasId' | 'requestId'

const forms: { readonly [name in FormName]: RegExp } = {
  userId: /^U[0-9a-f]{32}$/,
  groupId: /^C[0-9a-f]{32}$/,
  roomId: /^R[0-9a-f]{32}$/,
  richMenuId: /^richmenu-[0-9a-f]{32}$/,
  richMenuAliasId: /^[a-z0-9_-]{1,32}$/,
  requestId: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
}

/** Tells whether a text has the form of an ID, whoever's it may be. */
export function isOfForm(name: FormName, text: string): boolean {
  return forms[name].test(text)
}

/** Refuses an ID of another form in the path or the query. */
export function checkParameter(name: FormName, text: string): void {
  if (!isOfForm(name, text)) refuse(400, words.parameter(name))
}
