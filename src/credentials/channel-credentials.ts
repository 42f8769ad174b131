import { tell } from '../core/call/hooks.js'
import type { Problem } from '../core/errors.js'
import { channelSecretPattern } from '../core/ids.js'
import { checkOptions } from '../core/read-options.js'
import { type ChannelIdOptions, parseChannelId, parseLineId } from './identifiers.js'
import { type ParseOptions, pathOf } from './parse-options.js'
import { Findings, kindOf, readText, refuse, type Subject } from './problems.js'
import { clean, type Form, recognize, tidyName } from './recognize.js'
import { Secret } from './secret.js'

/** The credentials of a Messaging API channel. Pass them to `createLineClient`. */
export interface MessagingCredentials {
  /** The channel ID, a string of digits. */
  readonly channelId: string
  /** The channel secret. */
  readonly channelSecret: Secret
}

/** The credentials of a LINE Login channel. */
export interface LoginCredentials {
  /** The channel ID, a string of digits. */
  readonly channelId: string
  /** The channel secret. */
  readonly channelSecret: Secret
}

/** The five values of a connect form. */
export interface ConnectForm {
  /** The name of the account or the app, which helps people to distinguish accounts. At most 100 UTF-16 code units. */
  readonly accountName?: string | undefined
  /** The channel ID, a string of digits. */
  readonly channelId: string
  /** The channel secret. */
  readonly channelSecret: Secret
  /** The long-lived channel access token. */
  readonly channelAccessToken?: Secret | undefined
  /** The basic ID or premium ID, with `@` and in lower case. */
  readonly lineId?: string | undefined
}

/** `T`, where the properties `K` are required. */
export type Having<T, K extends keyof T> = T & { readonly [P in K]-?: Exclude<T[P], undefined> }

/** Options for reading a connect form. */
export interface ConnectFormOptions<Required extends keyof ConnectForm = never> extends MessagingOptions {
  /** The fields that are required besides channel ID and channel secret. Default: none. */
  readonly required?: readonly Required[] | undefined
}

const misplaced: readonly Form[] = [
  'channel-secret',
  'jwt',
  'token',
  'pem',
  'jwk',
  'bearer',
  'user-id',
  'url',
  'nothing',
]

const accountName: Subject = {
  allowed: 'a name of 1 to 100 characters, not an ID, a secret or a token',
  fits: (text): text is string => text.length <= 100 && !misplaced.includes(recognize(text).form),
}

// A form handler can pass any value: null, an array, a string.
function fieldsOf(values: unknown, name: string): { readonly [field: string]: unknown } {
  if (typeof values === 'object' && values !== null && !Array.isArray(values)) return { ...values }
  return refuse(name, kindOf(values), { allowed: 'an object with a property for each field' })
}

/** The unvalidated values of `T`: strings or secrets from a form, a file or a request. */
export type Unchecked<T> = { readonly [field in keyof T]?: unknown }

/** Options of parsers that accept a value although it was not entered exactly. */
export interface WarningOptions {
  /** Called with the warning when a channel secret was entered in quotes, which are removed. Default: `console.warn` with its message. */
  readonly onWarning?: ((warning: Problem) => void) | undefined
}

/** IDs that are known not to belong to the requested Messaging API channel, and the function that is told of warnings. */
export type MessagingOptions = Pick<ChannelIdOptions, 'loginChannelIds' | 'providerIds'> & WarningOptions

/** IDs that are known not to belong to the requested LINE Login channel, and the function that is told of warnings. */
export type LoginOptions = Pick<ChannelIdOptions, 'messagingChannelIds' | 'providerIds'> & WarningOptions

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
  checkOptions('credentials', options, {})
  const fields = fieldsOf(values, 'credentials')
  const findings = new Findings()
  const channelId = findings.take(() => parseChannelId(fields['channelId'], { ...options, path: 'channelId' }))
  const channelSecret = findings.take(() => parseChannelSecret(fields['channelSecret'], onlyWarnings(options)))
  if (channelId === undefined || channelSecret === undefined) throw findings.error()
  return { channelId, channelSecret }
}

/**
 * Reads the form with which a user connects an Official Account. Channel ID and channel secret are required; `required` names other required fields.
 *
 * Spaces and invisible characters that copying adds are removed. Blank fields count as missing.
 *
 * @throws {LineInputError} with every problem of every field in `problems`, each with a description of what was entered.
 * @example
 * const form = parseConnectForm(Object.fromEntries(await request.formData()), { required: ['lineId'] })
 */
export function parseConnectForm<Required extends keyof ConnectForm = never>(
  values: Unchecked<ConnectForm>,
  options: ConnectFormOptions<Required> = {},
): Having<ConnectForm, Required> {
  checkOptions('parseConnectForm', options, { required: 'array' })
  const fields = fieldsOf(values, 'form')
  const findings = new Findings()
  const required: readonly string[] = options.required ?? []
  const optional = <T>(name: keyof ConnectForm, read: (value: unknown) => T) =>
    findings.optional(fields[name], required.includes(name), () => read(fields[name]))

  const name = optional('accountName', (value) => readText(value, 'accountName', accountName, tidyName))
  const channelId = findings.take(() => parseChannelId(fields['channelId'], { ...options, path: 'channelId' }))
  const channelSecret = findings.take(() => parseChannelSecret(fields['channelSecret'], onlyWarnings(options)))
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
  return form as Having<ConnectForm, Required> // required values were read, or the error above was thrown
}

const otherThings: readonly Form[] = [
  'bearer',
  'assignment',
  'pem',
  'encoded-key',
  'placeholder',
  'masked',
  'user-id',
  'group-id',
  'room-id',
  'uuid',
  'liff-id',
  'digits',
]

// LINE shows secrets of 32 hex characters but documents no format, so longer values are accepted. 33 to 63 hex characters, and a string that was pasted twice, are copying errors.
const notASecret: readonly Form[] = [...otherThings, 'jwt', 'token']

const channelSecret: Subject = {
  allowed: 'a string of 32 hex characters (0 to 9, a to f)',
  fits: (text): text is string => {
    if (channelSecretPattern.test(text)) return true
    if (!/^[\w.~+/=-]{33,256}$/.test(text) || notASecret.includes(recognize(text).form)) return false
    return !/^[0-9a-f]{33,63}$/i.test(text) && text !== text.slice(0, text.length / 2).repeat(2)
  },
  labels: ['channelsecret', 'clientsecret', 'チャネルシークレット'],
  advice: {
    hex: 'Copy it again; a channel secret has exactly 32',
    uuid: "Copy the channel secret from the channel's Basic settings tab",
    'user-id': "Copy the channel secret from the channel's Basic settings tab",
  },
}

// Access tokens are opaque. Strings that are not bearer tokens as defined by RFC 6750, that are short, or that are clearly another kind of value are rejected.
const notAToken: readonly Form[] = [...otherThings, 'hex']

const channelAccessToken: Subject = {
  allowed: 'a string of 40 to 4000 characters from A-Z a-z 0-9 - . _ ~ + / =',
  fits: (text): text is string => /^[\w.~+/-]{40,4000}={0,2}$/.test(text) && !notAToken.includes(recognize(text).form),
  labels: ['channelaccesstoken', 'accesstoken', 'チャネルアクセストークン'],
  advice: {
    text: 'Copy the complete token, without URL encoding',
  },
}

const onlyWarnings = ({ onWarning }: WarningOptions): WarningOptions => ({ onWarning })

const quoted = /^["'`“”„‘’「](.{1,300})["'`“”’」]$/

/**
 * Reads a channel secret. Quotes around it are removed only where a person may have entered them, which `onWarning` is told.
 *
 * @throws {LineInputError} with a description of what was entered.
 */
export function readChannelSecret(value: unknown, path: string, onWarning?: (warning: Problem) => void): Secret {
  let wasQuoted = false
  const prepare = (text: string): string => {
    const entered = clean(text)
    const inside = onWarning && quoted.exec(entered)?.[1]
    wasQuoted = inside !== undefined
    const secret = inside?.trim() ?? entered
    return /^[0-9a-f]{32}$/i.test(secret) ? secret.toLowerCase() : secret
  }
  const secret = new Secret(readText(value, path, channelSecret, prepare))
  const message = `${path} was entered in quotes, which were removed`
  if (wasQuoted) tell(onWarning, { path, found: 'a value in quotes', allowed: channelSecret.allowed, message })
  return secret
}

/**
 * Reads a channel secret, a string or a {@link Secret}, and returns it as a secret.
 *
 * All known channel secrets are 32 hex characters in lower case; upper case is converted. LINE documents no format, so longer values are accepted
 * unless they are clearly another kind of value. Quotes around it are removed with a warning.
 *
 * @throws {LineInputError} with a description of what was entered, for example a channel ID or a token.
 */
export function parseChannelSecret(value: unknown, options: ParseOptions & WarningOptions = {}): Secret {
  const path = pathOf(options, 'channelSecret', { onWarning: 'function' })
  return readChannelSecret(value, path, options.onWarning ?? (({ message }) => console.warn(message)))
}

/**
 * Reads a channel access token of any kind, a string or a {@link Secret}, and wraps it in a {@link Secret}. Line breaks are removed.
 *
 * @see https://developers.line.biz/en/docs/basics/channel-access-token/
 * @throws {LineInputError} with a description of what was entered, for example a token with the prefix `Bearer `.
 */
export function parseChannelAccessToken(value: unknown, options: ParseOptions = {}): Secret {
  const path = pathOf(options, 'channelAccessToken')
  return new Secret(readText(value, path, channelAccessToken, (text) => clean(text).replace(/[\r\n]+/g, '')))
}
