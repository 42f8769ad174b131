import {
  channelIdPattern,
  groupIdPattern,
  isUserIdText,
  liffIdPattern,
  lineIdPattern,
  roomIdPattern,
  uuidPattern,
} from '../core/ids.js'
import { type ParseOptions, pathOf } from './parse-options.js'
import { readText, refuse, type Subject } from './problems.js'
import { clean, type Form, recognize } from './recognize.js'

/** A channel ID: a string of digits. */
export type ChannelId = `${number}`

/** A provider ID: a string of digits. LINE's APIs do not return it. */
export type ProviderId = `${number}`

/** The ID that users search to find an Official Account: its basic ID or its premium ID, with `@` and in lower case. */
export type LineId = `@${string}`

/** The ID that every Official Account has: `@` and 8 letters or digits. */
export type BasicId = `@${string}`

/** An ID that was bought for an Official Account. It can have the same form as a basic ID. */
export type PremiumId = `@${string}`

/** The ID of a user or a bot, different for each provider. For module channels it begins with `LU`. */
export type UserId = `U${string}` | `LU${string}-U${string}`

/** The ID of a group chat. */
export type GroupId = `C${string}`

/** The ID of a multi-person chat. */
export type RoomId = `R${string}`

/** The ID of a LIFF app: its channel ID, a hyphen, and letters and digits, which are case-sensitive. */
export type LiffId = `${string}-${string}`

/** A UUID that makes a send idempotent for 24 hours. */
export type RetryKey = `${string}-${string}-${string}-${string}-${string}`

/** IDs that are known to belong to something other than the requested channel. */
export interface ChannelIdOptions extends ParseOptions {
  /** IDs of LINE Login channels, which are rejected if a Messaging API channel is requested. Default: none. */
  readonly loginChannelIds?: readonly string[] | undefined
  /** IDs of Messaging API channels, which are rejected if a LINE Login channel is requested. Default: none. */
  readonly messagingChannelIds?: readonly string[] | undefined
  /** IDs of providers, which have the same form as channel IDs. Default: none. */
  readonly providerIds?: readonly string[] | undefined
}

const whereLineId = 'Copy the LINE ID, which begins with @, from the top of LINE Official Account Manager'

const channelId: Subject<ChannelId> = {
  allowed: 'a string of 5 to 15 digits (all known IDs have 10)',
  fits: isChannelId,
  labels: ['channelid', 'clientid', 'チャネルid'],
  link: /^developers\.line\.biz\/console\/channel\/(\d+)(?:\/|$)/i,
  advice: {
    url: 'Enter only the channel ID',
    'line-id': 'Copy the channel ID from the Messaging API page of LINE Official Account Manager',
  },
}

const providerId: Subject<ProviderId> = {
  allowed: 'a string of 5 to 15 digits (all known IDs have 10)',
  fits: isProviderId,
  labels: ['provider', 'providerid', 'プロバイダーid'],
  link: /^developers\.line\.biz\/console\/provider\/(\d+)(?:\/|$)/i,
  advice: { url: 'Enter only the provider ID' },
}

// Links that open the chat with an account or add it as a friend, and the pages of LINE Official Account Manager.
const lineIdPlaces = {
  labels: ['id', 'basicid', 'botbasicid', 'premiumid', 'accountid', 'ベーシックid', 'プレミアムid'],
  link: /^(?:(?:line\.me\/)?(?:R\/)?(?:ti\/p|oaMessage|nv\/recommendOA)|manager\.line\.biz\/account)\/(@[\w.-]{1,20})(?:\/|$)/i,
}

const lineIdAdvice = {
  digits: 'If it is the LINE ID, add the @',
  'user-id': whereLineId,
  email: whereLineId,
  url: whereLineId,
}

const lineId: Subject<LineId> = {
  allowed: '@ followed by 1 to 20 letters, digits, dots, underscores or hyphens',
  fits: isLineId,
  ...lineIdPlaces,
  advice: lineIdAdvice,
}

const basicId: Subject<BasicId> = {
  allowed: '@ followed by 8 letters or digits',
  fits: isBasicId,
  ...lineIdPlaces,
  advice: { ...lineIdAdvice, 'line-id': 'A premium ID is not a basic ID' },
}

const premiumId: Subject<PremiumId> = { ...lineId, fits: isPremiumId }

const userId: Subject<UserId> = {
  allowed:
    'U followed by 32 hex characters (0 to 9, a to f), or for module channels LU, 32 hex characters, a hyphen and the user ID of the bot',
  fits: isUserId,
  labels: ['userid', 'ユーザーid'],
  advice: { 'line-id': 'Get user IDs from webhook events or LINE Login; LINE does not show them to users' },
}

const groupId: Subject<GroupId> = {
  allowed: 'C followed by 32 hex characters (0 to 9, a to f)',
  fits: isGroupId,
  labels: ['groupid'],
}

const roomId: Subject<RoomId> = {
  allowed: 'R followed by 32 hex characters (0 to 9, a to f)',
  fits: isRoomId,
  labels: ['roomid'],
}

const kid: Subject = {
  allowed:
    'the kid that LINE shows for the registered public key: usually a UUID, at most 128 characters from A-Z a-z 0-9 - . _ ~',
  fits: (text): text is string => isAssertionKid(text),
  labels: ['kid', 'keyid'],
  advice: {
    jwk: 'Register the public key in the LINE Developers Console, which then shows the kid',
    pem: 'Register the public key in the LINE Developers Console, which then shows the kid',
  },
}

const liffId: Subject<LiffId> = {
  allowed: 'a channel ID, a hyphen, and 1 to 32 letters or digits',
  fits: isLiffId,
  labels: ['liffid'],
  link: /^(?:(?:liff|miniapp)\.line\.me|app)\/(\d{5,15}-[0-9A-Za-z]{1,32})(?:\/|$)/i,
  advice: {
    url: 'The LIFF ID is the first part of the path of a LIFF URL',
    digits: 'A LIFF ID has a second part after a hyphen',
  },
}

const retryKey: Subject<RetryKey> = {
  allowed: 'a UUID with hyphens, for example crypto.randomUUID()',
  fits: isRetryKey,
}

// Forms that consist of the characters of a kid but are another kind of value.
const otherForms: readonly Form[] = [
  'placeholder',
  'encoded-key',
  'pem',
  'masked',
  'channel-secret',
  'user-id',
  'group-id',
  'room-id',
  'liff-id',
  'jwt',
  'digits',
  'token',
]

/** Returns whether a value is a channel ID that needs no normalization. */
export function isChannelId(value: unknown): value is ChannelId {
  return typeof value === 'string' && channelIdPattern.test(value)
}

/** Returns whether a value is a provider ID that needs no normalization. */
export function isProviderId(value: unknown): value is ProviderId {
  return typeof value === 'string' && channelIdPattern.test(value)
}

/** Returns whether a value is a basic ID or premium ID in the form that {@link parseLineId} returns. */
export function isLineId(value: unknown): value is LineId {
  return typeof value === 'string' && lineIdPattern.test(value)
}

/** Returns whether a value has the form of a basic ID that {@link parseBasicId} returns. Some premium IDs have it too. */
export function isBasicId(value: unknown): value is BasicId {
  return typeof value === 'string' && /^@[0-9a-z]{8}$/.test(value)
}

/** Returns whether a value has the form of a premium ID that {@link parsePremiumId} returns. Every basic ID has it too. */
export function isPremiumId(value: unknown): value is PremiumId {
  return isLineId(value)
}

/** Returns whether a value is the ID of a user or a bot, including module channels. */
export function isUserId(value: unknown): value is UserId {
  return typeof value === 'string' && isUserIdText(value)
}

/** Returns whether a value is the ID of a group chat. */
export function isGroupId(value: unknown): value is GroupId {
  return typeof value === 'string' && groupIdPattern.test(value)
}

/** Returns whether a value is the ID of a multi-person chat. */
export function isRoomId(value: unknown): value is RoomId {
  return typeof value === 'string' && roomIdPattern.test(value)
}

/** Returns whether a value can be the `kid` of an assertion signing key. LINE documents no format, so only clearly different values are rejected. */
export function isAssertionKid(value: unknown): boolean {
  return typeof value === 'string' && /^[\w.~-]{1,128}$/.test(value) && !otherForms.includes(recognize(value).form)
}

/** Returns whether a value is the ID of a LIFF app. */
export function isLiffId(value: unknown): value is LiffId {
  return typeof value === 'string' && liffIdPattern.test(value)
}

/** Returns whether a value is a retry key. */
export function isRetryKey(value: unknown): value is RetryKey {
  return typeof value === 'string' && uuidPattern.test(value)
}

/**
 * Reads a channel ID, also from a link to the console or together with its label. Spaces at the ends and invisible characters are removed, and
 * full-width digits are converted.
 *
 * LINE documents no format: 5 to 15 digits are accepted, and all known IDs have 10.
 *
 * @throws {LineInputError} if the value is not a channel ID, or is known to belong to something else. The message describes what was entered.
 */
export function parseChannelId(value: unknown, options: ChannelIdOptions = {}): ChannelId {
  const path = pathOf(options, 'channelId', {
    loginChannelIds: 'array',
    messagingChannelIds: 'array',
    providerIds: 'array',
  })
  const id = readText(value, path, channelId)
  if (options.loginChannelIds?.includes(id)) {
    const where = 'Copy it from the Messaging API page of LINE Official Account Manager'
    refuse(path, 'the ID of a LINE Login channel', { allowed: 'the ID of a Messaging API channel' }, where)
  }
  if (options.messagingChannelIds?.includes(id)) {
    const where = 'Copy it from the Basic settings tab of the LINE Login channel in the LINE Developers Console'
    refuse(path, 'the ID of a Messaging API channel', { allowed: 'the ID of a LINE Login channel' }, where)
  }
  if (options.providerIds?.includes(id))
    refuse(
      path,
      'a provider ID',
      { allowed: 'the ID of a channel' },
      'Copy the channel ID from the Basic settings tab of the channel',
    )
  return id
}

/**
 * Reads a provider ID, which is the end of the URL of the provider's page in the LINE Developers Console.
 *
 * LINE documents no format: 5 to 15 digits are accepted.
 *
 * @throws {LineInputError} with a description of what was entered.
 */
export function parseProviderId(value: unknown, options: ParseOptions = {}): ProviderId {
  return readText(value, pathOf(options, 'providerId'), providerId)
}

// The @ may be missing, but adding it must not turn digits or a LIFF ID into a LINE ID.
function withAt(text: string): string {
  const id = clean(text).toLowerCase()
  if (id.startsWith('@')) return id.replace(/^@+/, '@')
  return channelIdPattern.test(id) || isLiffId(id) ? id : `@${id}`
}

/**
 * Reads the LINE ID of an Official Account: its basic ID or premium ID, with or without `@`, full-width or not.
 *
 * The result has an `@` and is in lower case, so that two LINE IDs can be compared; read LINE's `basicId` the same way to compare with it.
 * LINE documents no format: 1 to 20 letters, digits, dots, underscores and hyphens are accepted.
 *
 * @throws {LineInputError} with a description of what was entered, for example a user ID, an email address or a channel ID.
 */
export function parseLineId(value: unknown, options: ParseOptions = {}): LineId {
  return readText(value, pathOf(options, 'lineId'), lineId, withAt)
}

/**
 * Reads a basic ID, with or without `@`: 8 letters or digits in all known cases. The result has an `@` and is in lower case.
 *
 * @throws {LineInputError} with a description of what was entered.
 */
export function parseBasicId(value: unknown, options: ParseOptions = {}): BasicId {
  return readText(value, pathOf(options, 'basicId'), basicId, withAt)
}

/**
 * Reads a premium ID, with or without `@`. The result has an `@` and is in lower case.
 *
 * A basic ID passes too; only LINE can tell them apart.
 *
 * @throws {LineInputError} with a description of what was entered.
 */
export function parsePremiumId(value: unknown, options: ParseOptions = {}): PremiumId {
  return readText(value, pathOf(options, 'premiumId'), premiumId, withAt)
}

/**
 * Reads a user ID, including those of module channels.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/getting-user-ids/
 * @throws {LineInputError} with a description of what was entered, for example a group ID or a LINE ID.
 */
export function parseUserId(value: unknown, options: ParseOptions = {}): UserId {
  return readText(value, pathOf(options, 'userId'), userId)
}

/**
 * Reads the ID of a group chat.
 *
 * @throws {LineInputError} with a description of what was entered.
 */
export function parseGroupId(value: unknown, options: ParseOptions = {}): GroupId {
  return readText(value, pathOf(options, 'groupId'), groupId)
}

/**
 * Reads the ID of a multi-person chat.
 *
 * @throws {LineInputError} with a description of what was entered.
 */
export function parseRoomId(value: unknown, options: ParseOptions = {}): RoomId {
  return readText(value, pathOf(options, 'roomId'), roomId)
}

/**
 * Reads the `kid` that LINE assigned when the public key was registered.
 *
 * All known ones are UUIDs. LINE documents no format, so any other string of at most 128 letters, digits, `-`, `.`, `_` and `~` passes
 * unless it is clearly another kind of value, for example a channel ID.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/generate-json-web-token/
 * @throws {LineInputError} with a description of what was entered.
 */
export function parseAssertionKid(value: unknown, options: ParseOptions = {}): string {
  return readText(value, pathOf(options, 'kid'), kid)
}

/**
 * Reads the ID of a LIFF app. The part after the hyphen has 8 characters in all known IDs; 1 to 32 are accepted. The case is preserved.
 *
 * @throws {LineInputError} with a description of what was entered.
 */
export function parseLiffId(value: unknown, options: ParseOptions = {}): LiffId {
  return readText(value, pathOf(options, 'liffId'), liffId)
}

/**
 * Reads a retry key, a UUID. The case is preserved.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/retrying-api-request/
 * @throws {LineInputError} with a description of what was entered.
 */
export function parseRetryKey(value: unknown, options: ParseOptions = {}): RetryKey {
  return readText(value, pathOf(options, 'retryKey'), retryKey)
}
