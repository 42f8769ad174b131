import { readText, refuse, type Subject } from './problems.js'
import { decimalId, type Form, recognize } from './recognize.js'
import { clean } from './text.js'

/** A channel ID: decimal digits, kept as a text. */
export type ChannelId = `${number}`

/** A provider ID: decimal digits, kept as a text. No answer of LINE's APIs has it. */
export type ProviderId = `${number}`

/** The ID that people find an Official Account by: its basic ID or its premium ID, with `@` and in lower case. */
export type LineId = `@${string}`

/** The ID that every Official Account has from the start: `@` and 8 letters or digits. */
export type BasicId = `@${string}`

/** An ID that was bought for an Official Account. Its form alone does not tell it from a basic ID. */
export type PremiumId = `@${string}`

/** The ID of a person or of a bot, different for each provider; for modules one that begins with `LU`. */
export type UserId = `U${string}` | `LU${string}-U${string}`

/** The ID of a group chat. */
export type GroupId = `C${string}`

/** The ID of a multi-person chat. */
export type RoomId = `R${string}`

/** The ID of a LIFF app: the ID of its channel, a hyphen, and letters and digits whose case matters. */
export type LiffId = `${string}-${string}`

/** A UUID that makes a send repeatable for 24 hours. */
export type RetryKey = `${string}-${string}-${string}-${string}-${string}`

/** How a parser names what it reads. */
export interface ParseOptions {
  /** What the problems call the value, such as the name of a form field; the name of the thing by default. */
  readonly path?: string | undefined
}

/** IDs that are known to belong to something else than the channel that is asked for. */
export interface ChannelIdOptions extends ParseOptions {
  /** IDs of LINE Login channels, to be refused where a Messaging API channel's is wanted. */
  readonly loginChannelIds?: readonly string[] | undefined
  /** IDs of Messaging API channels, to be refused where a LINE Login channel's is wanted. */
  readonly messagingChannelIds?: readonly string[] | undefined
  /** IDs of providers, which look the same as those of channels. */
  readonly providerIds?: readonly string[] | undefined
}

const whereLineId = 'The LINE ID begins with @ and stands at the top of LINE Official Account Manager'

const channelId: Subject<ChannelId> = {
  name: 'a channel ID',
  allowed: '5 to 15 digits (10 in all known ones)',
  fits: isChannelId,
  advice: {
    'line-id': 'The channel ID is another one: it stands on the Messaging API page of LINE Official Account Manager',
  },
}

const providerId: Subject<ProviderId> = {
  name: 'a provider ID',
  allowed: '5 to 15 digits (10 in all known ones)',
  fits: isProviderId,
}

const lineIdAdvice = {
  digits: `If it is the LINE ID, write it with its @`,
  'user-id': whereLineId,
  email: whereLineId,
  url: whereLineId,
}

const lineId: Subject<LineId> = {
  name: 'a LINE ID',
  allowed: '@ and 1 to 20 letters, digits, dots, underscores or hyphens',
  fits: isLineId,
  advice: lineIdAdvice,
}

const basicId: Subject<BasicId> = {
  name: 'a basic ID',
  allowed: '@ and 8 letters or digits',
  fits: isBasicId,
  advice: { ...lineIdAdvice, 'line-id': 'A premium ID is not a basic ID' },
}

const premiumId: Subject<PremiumId> = { ...lineId, name: 'a premium ID', fits: isPremiumId }

const userId: Subject<UserId> = {
  name: 'a user ID',
  allowed: 'U and 32 hex characters (0 to 9, a to f), or LU... with two such parts for modules',
  fits: isUserId,
  advice: { 'line-id': 'Webhooks and LINE Login give user IDs; people do not see them' },
}

const groupId: Subject<GroupId> = {
  name: 'a group ID',
  allowed: 'C and 32 hex characters (0 to 9, a to f)',
  fits: isGroupId,
}

const roomId: Subject<RoomId> = {
  name: 'a room ID',
  allowed: 'R and 32 hex characters (0 to 9, a to f)',
  fits: isRoomId,
}

const kid: Subject = {
  name: 'the kid of an assertion key',
  allowed:
    'what LINE showed when the public key was registered: a UUID in all known cases, at most 128 letters, digits and - . _ ~',
  fits: (text): text is string => isAssertionKid(text),
  advice: {
    digits: 'It goes where the channel ID is asked for',
    jwk: 'Register the public key in the LINE Developers Console; the kid is what LINE shows then',
    pem: 'Register the public key in the LINE Developers Console; the kid is what LINE shows then',
  },
}

const liffId: Subject<LiffId> = {
  name: 'a LIFF ID',
  allowed: 'the digits of its channel ID, a hyphen, and 1 to 32 letters or digits',
  fits: isLiffId,
  advice: {
    url: 'The LIFF ID is the first part of the path of a LIFF URL',
    digits: 'This is the part before the hyphen only',
  },
}

const retryKey: Subject<RetryKey> = {
  name: 'a retry key',
  allowed: 'a UUID in hex form with hyphens, such as crypto.randomUUID() makes',
  fits: isRetryKey,
}

// What may stand in a kid by its characters and is something else.
const otherForms: ReadonlySet<Form> = new Set([
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
])

/** Tells whether a value is a channel ID as it stands, with nothing to clean. */
export function isChannelId(value: unknown): value is ChannelId {
  return typeof value === 'string' && decimalId.test(value)
}

/** Tells whether a value is a provider ID as it stands, with nothing to clean. */
export function isProviderId(value: unknown): value is ProviderId {
  return typeof value === 'string' && decimalId.test(value)
}

/** Tells whether a value is a basic or premium ID in the form that {@link parseLineId} gives. */
export function isLineId(value: unknown): value is LineId {
  return typeof value === 'string' && /^@[0-9a-z._-]{1,20}$/.test(value)
}

/** Tells whether a value has the form of a basic ID as {@link parseBasicId} gives it. Some premium IDs have it too. */
export function isBasicId(value: unknown): value is BasicId {
  return typeof value === 'string' && /^@[0-9a-z]{8}$/.test(value)
}

/** Tells whether a value has the form of a premium ID as {@link parsePremiumId} gives it. Every basic ID has it too. */
export function isPremiumId(value: unknown): value is PremiumId {
  return isLineId(value)
}

/** Tells whether a value is the ID of a person or a bot, those of modules included. */
export function isUserId(value: unknown): value is UserId {
  return typeof value === 'string' && /^(?:U[0-9a-f]{32}|LU[0-9a-f]{32}-U[0-9a-f]{32})$/.test(value)
}

/** Tells whether a value is the ID of a group chat. */
export function isGroupId(value: unknown): value is GroupId {
  return typeof value === 'string' && /^C[0-9a-f]{32}$/.test(value)
}

/** Tells whether a value is the ID of a multi-person chat. */
export function isRoomId(value: unknown): value is RoomId {
  return typeof value === 'string' && /^R[0-9a-f]{32}$/.test(value)
}

/** Tells whether a value may be the `kid` of an assertion key. It has no form of its own, so only what is plainly something else is not. */
export function isAssertionKid(value: unknown): boolean {
  return typeof value === 'string' && /^[\w.~-]{1,128}$/.test(value) && !otherForms.has(recognize(value).form)
}

/** Tells whether a value is the ID of a LIFF app. */
export function isLiffId(value: unknown): value is LiffId {
  return typeof value === 'string' && /^\d{5,15}-[0-9A-Za-z]{1,32}$/.test(value)
}

/** Tells whether a value is a retry key. */
export function isRetryKey(value: unknown): value is RetryKey {
  return typeof value === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
}

/**
 * Reads a channel ID. Spaces, invisible characters and full-width digits from copying are put right.
 *
 * LINE states no form: 5 to 15 digits are taken, and all known IDs have 10.
 *
 * @throws {LineInputError} saying what was pasted instead, or what the ID is known to belong to.
 */
export function parseChannelId(value: unknown, options: ChannelIdOptions = {}): ChannelId {
  const { path = 'channelId' } = options
  const id = readText(value, path, channelId)
  const wanted = (allowed: string) => ({ name: 'what is wanted here', allowed })
  if (options.loginChannelIds?.includes(id)) {
    const where = 'It stands on the Messaging API page of LINE Official Account Manager'
    refuse(path, 'the ID of a LINE Login channel', wanted('the ID of a Messaging API channel'), where)
  }
  if (options.messagingChannelIds?.includes(id)) {
    const where = 'It stands in the LINE Developers Console, in the basic settings of the LINE Login channel'
    refuse(path, 'the ID of a Messaging API channel', wanted('the ID of a LINE Login channel'), where)
  }
  if (options.providerIds?.includes(id))
    refuse(path, 'the ID of a provider', wanted('the ID of a channel of that provider'))
  return id
}

/**
 * Reads a provider ID, which the address of the provider's page in the LINE Developers Console ends with.
 *
 * LINE states no form: 5 to 15 digits are taken.
 *
 * @throws {LineInputError} saying what was pasted instead.
 */
export function parseProviderId(value: unknown, options: ParseOptions = {}): ProviderId {
  return readText(value, options.path ?? 'providerId', providerId)
}

// The @ may be left out, but not where digits alone or a LIFF ID would become a LINE ID by it.
function withAt(text: string): string {
  const id = clean(text).toLowerCase()
  if (id.startsWith('@')) return id.replace(/^@+/, '@')
  return decimalId.test(id) || isLiffId(id) ? id : `@${id}`
}

/**
 * Reads the LINE ID of an Official Account, be it the basic or the premium one, with or without `@`, full-width or not.
 *
 * Gives it with `@` and in lower case, so that two of them can be compared; read LINE's own `basicId` the same way to compare with it.
 * LINE states no form: 1 to 20 letters, digits, dots, underscores and hyphens are taken.
 *
 * @throws {LineInputError} saying what was pasted instead, such as a user ID, an e-mail address or a channel ID.
 */
export function parseLineId(value: unknown, options: ParseOptions = {}): LineId {
  return readText(value, options.path ?? 'lineId', lineId, withAt)
}

/**
 * Reads a basic ID, with or without `@`: 8 letters or digits in all known ones. Gives it with `@` and in lower case.
 *
 * @throws {LineInputError} saying what was pasted instead.
 */
export function parseBasicId(value: unknown, options: ParseOptions = {}): BasicId {
  return readText(value, options.path ?? 'basicId', basicId, withAt)
}

/**
 * Reads a premium ID, with or without `@`. Gives it with `@` and in lower case.
 *
 * A basic ID passes too: only LINE can tell them apart.
 *
 * @throws {LineInputError} saying what was pasted instead.
 */
export function parsePremiumId(value: unknown, options: ParseOptions = {}): PremiumId {
  return readText(value, options.path ?? 'premiumId', premiumId, withAt)
}

/**
 * Reads a user ID, those of module channels included.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/getting-user-ids/
 * @throws {LineInputError} saying what was pasted instead, such as the ID of a group or a LINE ID.
 */
export function parseUserId(value: unknown, options: ParseOptions = {}): UserId {
  return readText(value, options.path ?? 'userId', userId)
}

/**
 * Reads the ID of a group chat.
 *
 * @throws {LineInputError} saying what was pasted instead.
 */
export function parseGroupId(value: unknown, options: ParseOptions = {}): GroupId {
  return readText(value, options.path ?? 'groupId', groupId)
}

/**
 * Reads the ID of a multi-person chat.
 *
 * @throws {LineInputError} saying what was pasted instead.
 */
export function parseRoomId(value: unknown, options: ParseOptions = {}): RoomId {
  return readText(value, options.path ?? 'roomId', roomId)
}

/**
 * Reads the `kid` that LINE showed when the public key was registered.
 *
 * All known ones are UUIDs. LINE states no form, so any other text of at most 128 letters, digits, `-`, `.`, `_` and `~` passes
 * unless it is plainly something else, such as a channel ID.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/generate-json-web-token/
 * @throws {LineInputError} saying what was pasted instead.
 */
export function parseAssertionKid(value: unknown, options: ParseOptions = {}): string {
  return readText(value, options.path ?? 'kid', kid)
}

/**
 * Reads the ID of a LIFF app. The part behind the hyphen has 8 characters in all known ones; 1 to 32 are taken, and their case is kept.
 *
 * @throws {LineInputError} saying what was pasted instead.
 */
export function parseLiffId(value: unknown, options: ParseOptions = {}): LiffId {
  return readText(value, options.path ?? 'liffId', liffId)
}

/**
 * Reads a retry key: a UUID, whose case is kept.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/retrying-api-request/
 * @throws {LineInputError} saying what was pasted instead.
 */
export function parseRetryKey(value: unknown, options: ParseOptions = {}): RetryKey {
  return readText(value, options.path ?? 'retryKey', retryKey)
}
