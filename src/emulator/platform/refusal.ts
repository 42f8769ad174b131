import {
  groupIdPattern,
  requestIdPattern,
  richMenuAliasIdPattern,
  richMenuIdPattern,
  roomIdPattern,
  userIdPattern,
} from '../../core/ids.js'
import { errorMessages, type RefusalBody } from './error-messages.js'

/** Thrown by a handler to refuse a request. */
export class Refusal extends Error {
  readonly status: number
  readonly body: RefusalBody
  readonly headers: { readonly [name: string]: string }

  constructor(status: number, body: RefusalBody, headers: { readonly [name: string]: string } = {}) {
    super(`${status}`)
    this.name = 'Refusal'
    this.status = status
    this.body = body
    this.headers = headers
  }
}

/** Refuses a request with a status and LINE's text. */
export function refuse(status: number, body: RefusalBody | string): never {
  throw new Refusal(status, typeof body === 'string' ? { message: body } : body)
}

/** The IDs whose format is checked, under LINE's names. */
export type FormName = 'userId' | 'groupId' | 'roomId' | 'richMenuId' | 'richMenuAliasId' | 'requestId'

const forms: { readonly [name in FormName]: RegExp } = {
  userId: userIdPattern,
  groupId: groupIdPattern,
  roomId: roomIdPattern,
  richMenuId: richMenuIdPattern,
  richMenuAliasId: richMenuAliasIdPattern,
  requestId: requestIdPattern,
}

/** Returns whether a text has the format of an ID. It does not have to exist. */
export function isOfForm(name: FormName, text: string): boolean {
  return forms[name].test(text)
}

/** Refuses an ID with an invalid format in the path or the query. */
export function checkParameter(name: FormName, text: string): void {
  if (!isOfForm(name, text)) refuse(400, errorMessages.parameter(name))
}
