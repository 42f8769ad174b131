import { type ChannelIdOptions, parseChannelId, parseLineId } from './identifiers.js'
import { Findings, kindOf, readText, refuse, type Subject } from './problems.js'
import { type Form, recognize } from './recognize.js'
import type { Secret } from './secret.js'
import { parseChannelAccessToken, parseChannelSecret } from './secrets.js'
import { tidyName } from './text.js'

/** What a program needs to act for a Messaging API channel: the client takes it as it is. */
export interface MessagingCredentials {
  readonly channelId: string
  readonly channelSecret: Secret
}

/** What a program needs to act for a LINE Login channel. */
export interface LoginCredentials {
  readonly channelId: string
  readonly channelSecret: Secret
}

/** The five values that a connect form asks for. */
export interface ConnectForm {
  /** The name of the account, or of the app, for people to tell accounts apart. At most 100 UTF-16 units. */
  readonly accountName?: string | undefined
  readonly channelId: string
  readonly channelSecret: Secret
  /** The long-lived token of the console. */
  readonly channelAccessToken?: Secret | undefined
  /** The basic or premium ID, with `@` and in lower case. */
  readonly lineId?: string | undefined
}

/** `T`, of which `K` is certainly there. */
export type Having<T, K extends keyof T> = T & { readonly [P in K]-?: Exclude<T[P], undefined> }

/** How a connect form is read. */
export interface ConnectFormOptions<Required extends keyof ConnectForm = never> extends MessagingOptions {
  /** The fields that must be filled beside channel ID and channel secret. */
  readonly required?: readonly Required[] | undefined
}

const misplaced: ReadonlySet<Form> = new Set([
  'channel-secret',
  'jwt',
  'token',
  'pem',
  'jwk',
  'bearer',
  'user-id',
  'url',
  'nothing',
])

const accountName: Subject = {
  name: 'an account name',
  allowed: 'a text of 1 to 100 characters that is no ID, secret or token',
  fits: (text): text is string => text.length <= 100 && !misplaced.has(recognize(text).form),
}

// What a form handler hands over may be anything: a null, a list of values, a text.
function fieldsOf(values: unknown, name: string): { readonly [field: string]: unknown } {
  if (typeof values === 'object' && values !== null && !Array.isArray(values)) return { ...values }
  return refuse(name, kindOf(values), { name: 'what holds the values', allowed: 'an object with one member for each' })
}

/** The values of `T` before they are read: texts or secrets, straight from a form, a file or a request. */
export type Unchecked<T> = { readonly [field in keyof T]?: unknown }

/** IDs that are known not to belong to the Messaging API channel that is asked for. */
export type MessagingOptions = Pick<ChannelIdOptions, 'loginChannelIds' | 'providerIds'>

/** IDs that are known not to belong to the LINE Login channel that is asked for. */
export type LoginOptions = Pick<ChannelIdOptions, 'messagingChannelIds' | 'providerIds'>

/**
 * Reads the credentials of a Messaging API channel.
 *
 * @throws {LineInputError} with every problem of every field in `problems`.
 */
export function parseMessagingCredentials(
  values: Unchecked<MessagingCredentials>,
  options: MessagingOptions = {},
): MessagingCredentials {
  return readChannel(values, options)
}

/**
 * Reads the credentials of a LINE Login channel.
 *
 * @throws {LineInputError} with every problem of every field in `problems`.
 */
export function parseLoginCredentials(
  values: Unchecked<LoginCredentials>,
  options: LoginOptions = {},
): LoginCredentials {
  return readChannel(values, options)
}

function readChannel(values: unknown, options: MessagingOptions & LoginOptions): MessagingCredentials {
  const fields = fieldsOf(values, 'credentials')
  const findings = new Findings()
  const channelId = findings.take(() => parseChannelId(fields['channelId'], { ...options, path: 'channelId' }))
  const channelSecret = findings.take(() => parseChannelSecret(fields['channelSecret']))
  if (channelId === undefined || channelSecret === undefined) throw findings.error()
  return { channelId, channelSecret }
}

/**
 * Reads what a person filled in to connect an Official Account. Channel ID and channel secret must be there; `required` names what else must.
 *
 * What copying leaves behind is cleaned. Blank fields count as left out.
 *
 * @throws {LineInputError} with every problem of every field in `problems`, each saying what was pasted where.
 * @example
 * const form = parseConnectForm(Object.fromEntries(await request.formData()), { required: ['lineId'] })
 */
export function parseConnectForm<Required extends keyof ConnectForm = never>(
  values: Unchecked<ConnectForm>,
  options: ConnectFormOptions<Required> = {},
): Having<ConnectForm, Required> {
  const fields = fieldsOf(values, 'form')
  const findings = new Findings()
  const required: readonly string[] = options.required ?? []
  const optional = <T>(name: keyof ConnectForm, read: (value: unknown) => T) =>
    findings.optional(fields[name], required.includes(name), () => read(fields[name]))

  const name = optional('accountName', (value) => readText(value, 'accountName', accountName, tidyName))
  const channelId = findings.take(() => parseChannelId(fields['channelId'], { ...options, path: 'channelId' }))
  const channelSecret = findings.take(() => parseChannelSecret(fields['channelSecret']))
  const channelAccessToken = optional('channelAccessToken', (value) => parseChannelAccessToken(value))
  const lineId = optional('lineId', (value) => parseLineId(value))
  if (channelId === undefined || channelSecret === undefined || findings.problems.length > 0) throw findings.error()
  const form: ConnectForm = {
    ...(name !== undefined && { accountName: name }),
    channelId,
    channelSecret,
    ...(channelAccessToken && { channelAccessToken }),
    ...(lineId && { lineId }),
  }
  return form as Having<ConnectForm, Required> // what is required was read, or the error above was thrown
}
