// Every message of line-oa, whole. No other test asserts one. Those of calls in general are in core.test.ts.

import type { AudienceData, SendToManyOptions, UserIds } from 'line-oa'
import {
  audienceBlob,
  basicAuthorization,
  codeChallenge,
  createLineClient,
  deployRichMenu,
  each,
  flex,
  LineAudienceError,
  LineDeploymentError,
  LineNarrowcastError,
  limitBytes,
  lineDate,
  moduleAuthorizeUrl,
  moduleCodeGrant,
  phoneHash,
  quickReply,
  readContent,
  respond,
  richMenuImage,
  sendToMany,
  splitText,
  waitForAudience,
  waitForNarrowcast,
  waitForRichMenuBatch,
  waitUntilReady,
} from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { memoryStore } from 'line-oa/store'
import { samples } from 'line-oa/testing'
import { afterEach, expect, test, vi } from 'vitest'
import { TestClock } from '../clock.js'
import { png } from '../emulator/messaging/rich-menus.js'
import { type ErrorRow, errorOf } from './error-of.js'

afterEach(() => vi.unstubAllGlobals())

const messages = [{ type: 'text' as const, text: 'hello' }]
const secret = '8c570fa6dd201bb328f1c1eac23a96d8'
const userId = (number: number) => `U${number.toString(16).padStart(32, '0')}`

/** A client whose every call gets the same response. */
const answered = (body: object = {}, status = 200) =>
  createLineClient({
    channelAccessToken: 'token',
    clock: new TestClock(),
    random: () => 0,
    fetch: async () => Response.json(body, { status }),
  })

/** A call in a page of a browser. */
const inPage = (call: () => unknown) => () => {
  vi.stubGlobal('window', { document: {} })
  return call()
}

/** A wait that ends after its timeout. */
const timedOut = (wait: (line: ReturnType<typeof createLineClient>) => Promise<unknown>, body: object) => () => {
  const clock = new TestClock()
  const fetch = async () => Response.json(body)
  return clock.settle(wait(createLineClient({ channelAccessToken: 'token', clock, fetch })))
}

/** A client that answers with a file. */
const content = (text: string, headers: { readonly [name: string]: string } = {}) =>
  createLineClient({ channelAccessToken: 'token', fetch: async () => new Response(text, { headers }) })

const audience = (status: string): AudienceData => {
  const sample = samples.getAudienceData()
  return { ...sample, audienceGroup: { ...sample.audienceGroup, status: status as 'READY' }, jobs: [] } // one of LINE's states
}
const withJob = (): AudienceData => ({
  ...audience('READY'),
  jobs:
    samples.getAudienceData().jobs?.map((job) => ({ ...job, jobStatus: 'FAILED', failedType: 'INTERNAL_ERROR' })) ?? [],
})

const event = { webhookEventId: 'e', replyToken: 'r', deliveryContext: { isRedelivery: false } }
const aborted = { signal: AbortSignal.abort() }

/** Responds twice to one event. */
const respondTwice = async () => {
  const it = { ...event }
  await respond(answered(), it, messages)
  return respond(answered(), it, messages)
}

/** Starts a job. JavaScript callers may pass anything. */
const job =
  (options: object, list: unknown = [], sent: unknown = messages) =>
  () =>
    sendToMany(
      answered(),
      list as UserIds,
      sent as typeof messages,
      { jobId: 'spring', ...options } as SendToManyOptions,
    )

/** Runs a job a second time. */
const again =
  (options: object, list: readonly string[] = [userId(1)], sent = messages) =>
  async () => {
    const store = memoryStore()
    await sendToMany(answered(), [userId(1)], messages, { jobId: 'spring', store })
    return sendToMany(answered(), list, sent, { jobId: 'spring', store, ...options })
  }

const many = Array.from({ length: 600 }, (_, number) => userId(number))

/** Runs a job a second time with another list of several batches. */
const againWith = (list: readonly string[]) => async () => {
  const store = memoryStore()
  await sendToMany(answered(), many, messages, { jobId: 'spring', store })
  return sendToMany(answered(), list, messages, { jobId: 'spring', store })
}

/** Runs a job whose store holds something else. */
const foreign = (key: string, value: string) => async () => {
  const store = memoryStore()
  await store.set(key, value)
  return sendToMany(answered(), [userId(1)], messages, { jobId: 'spring', store })
}

/** Runs a job in two processes at once. */
const inTwoProcesses = async () => {
  const store = memoryStore()
  const run = () => sendToMany(answered(), many, messages, { jobId: 'spring', store })
  const ends = await Promise.allSettled([run(), run()])
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

/** Aborts a job after its first batch. */
const abortedJob = () => {
  const stop = new AbortController()
  const onProgress = () => stop.abort()
  return sendToMany(answered(), many, messages, { jobId: 'spring', signal: stop.signal, onProgress })
}

const module = { channelId: '1', redirectUri: 'https://example.com/', scope: ['message:send'], state: 's' }
const challenge = 'BSCQwo_m8Wf0fpjmwkIKmPAJ1A7tiuRSNDnXzODS7QI'
const menu = { width: 1200, height: 810 }

const ascii = (letters: string) => Array.from(letters, (letter) => letter.charCodeAt(0))
const two = (value: number) => [value >> 8, value & 255]
const segment = (marker: number, data: readonly number[]) => [0xff, marker, ...two(data.length + 2), ...data]
const jpeg = (...parts: readonly (readonly number[])[]) => new Uint8Array([[0xff, 0xd8], ...parts].flat())
const frame = (width: number, height: number) => segment(0xc0, [8, ...two(height), ...two(width), 1, 1, 0x11, 0])
const image = (bytes: unknown, size?: typeof menu) => () => richMenuImage(bytes as Uint8Array, size) // what JavaScript callers may pass

const ids =
  (...list: unknown[]) =>
  () =>
    audienceBlob(list as string[]) // what JavaScript callers may pass
function* sameId(count: number) {
  for (let line = 0; line < count; line++) yield userId(1)
}
const bubble = { type: 'bubble' as const, body: { type: 'box' as const, layout: 'vertical' as const, contents: [] } }

test.each<readonly [what: string, call: () => unknown, ...ErrorRow]>([
  [
    'createLineClient: no credentials',
    () => createLineClient({} as { channelAccessToken: string }),
    'LINE_INPUT',
    undefined,
    'createLineClient requires channelAccessToken, or channelId and channelSecret',
  ],
  [
    'createLineClient: a secret in a page',
    inPage(() => createLineClient({ channelId: '1', channelSecret: secret })),
    'LINE_INPUT',
    undefined,
    'A secret or token in a browser page can be read by every visitor; call from a server, or set allowBrowser',
  ],
  [
    'createLineClient: a token in a page',
    inPage(() => createLineClient({ channelAccessToken: 'token' })),
    'LINE_INPUT',
    undefined,
    'A secret or token in a browser page can be read by every visitor; call from a server, or set allowBrowser',
  ],
  [
    'createLineClient: ID and secret swapped',
    () => createLineClient({ channelId: secret, channelSecret: '1234567890' }),
    'LINE_INPUT',
    undefined,
    "channelId must be a string of digits; copy it from the channel's Basic settings tab",
  ],
  [
    'createLineClient: an ID with a letter',
    () => createLineClient({ channelId: '@shop', channelSecret: secret }),
    'LINE_INPUT',
    undefined,
    "channelId must be a string of digits; copy it from the channel's Basic settings tab",
  ],
  [
    'createLineClient: an ID with a space',
    () => createLineClient({ channelId: '12 34', channelSecret: secret }),
    'LINE_INPUT',
    undefined,
    "channelId must be a string of digits; copy it from the channel's Basic settings tab",
  ],
  [
    'createLineClient: an empty secret',
    () => createLineClient({ channelId: '1', channelSecret: '  ' }),
    'LINE_INPUT',
    undefined,
    'channelSecret is missing or empty',
  ],
  [
    'createLineClient: a secret with a space',
    () => createLineClient({ channelId: '1', channelSecret: 'a b' }),
    'LINE_INPUT',
    undefined,
    'channelSecret contains characters that are not allowed in a channel secret, such as spaces or quotes; pass only the value',
  ],
  [
    'createLineClient: an empty token',
    () => createLineClient({ channelAccessToken: '' }),
    'LINE_INPUT',
    undefined,
    'channelAccessToken is missing or empty',
  ],
  [
    'lineDate: NaN',
    () => lineDate(Number.NaN),
    'LINE_INPUT',
    undefined,
    'lineDate requires a Date or milliseconds since 1970, up to the year 9999',
  ],
  [
    'each: a negative max',
    () => Array.fromAsync(each(answered().messaging.getFollowers, {}, { max: -1 })),
    'LINE_INPUT',
    undefined,
    'each: max must be an integer of 0 or more',
  ],
  [
    'phoneHash: empty',
    () => phoneHash(''),
    'LINE_INPUT',
    undefined,
    'phoneHash: the phone number is empty. It must be in E.164 format, such as +818000001234',
  ],
  [
    'phoneHash: national form',
    () => phoneHash('08000001234'),
    'LINE_INPUT',
    undefined,
    'phoneHash: the phone number is in national format. Replace its leading 0 with + and the country code. It must be in E.164 format, such as +818000001234',
  ],
  [
    'phoneHash: no plus',
    () => phoneHash('818000001234'),
    'LINE_INPUT',
    undefined,
    'phoneHash: the phone number has no + before the country code. It must be in E.164 format, such as +818000001234',
  ],
  [
    'phoneHash: hyphens',
    () => phoneHash('+81-80-0000-1234'),
    'LINE_INPUT',
    undefined,
    'phoneHash: the phone number contains hyphens, spaces, brackets or similar characters. Remove them. It must be in E.164 format, such as +818000001234',
  ],
  [
    'phoneHash: full-width digits',
    () => phoneHash('+８１８０００００１２３４'),
    'LINE_INPUT',
    undefined,
    'phoneHash: the phone number contains characters other than + and the ASCII digits 0 to 9. It must be in E.164 format, such as +818000001234',
  ],
  [
    'phoneHash: a letter',
    () => phoneHash('+81800000123x'),
    'LINE_INPUT',
    undefined,
    'phoneHash: the phone number contains characters other than + and the ASCII digits 0 to 9. It must be in E.164 format, such as +818000001234',
  ],
  [
    'phoneHash: a zero after the country code',
    () => phoneHash('+8108000001234'),
    'LINE_INPUT',
    undefined,
    'phoneHash: the phone number has a 0 after the country code. Remove it. It must be in E.164 format, such as +818000001234',
  ],
  [
    'phoneHash: too short',
    () => phoneHash('+123456'),
    'LINE_INPUT',
    undefined,
    'phoneHash: the phone number must be + followed by 7 to 15 digits, and the first digit must not be 0. It must be in E.164 format, such as +818000001234',
  ],
  [
    'phoneHash: a number',
    // The types forbid this value; plain JavaScript may pass it.
    () => phoneHash(818000001234 as unknown as string),
    'LINE_INPUT',
    undefined,
    'phoneHash: the phone number must be a string, because a number would lose its +. It must be in E.164 format, such as +818000001234',
  ],
  [
    'richMenuImage: 799 wide',
    image(png(799, 400)),
    'LINE_INPUT',
    'image',
    'richMenuImage: image must be 800 to 2500 pixels wide, but is 799 x 400 pixels',
  ],
  [
    'richMenuImage: 2501 wide',
    image(png(2501, 1000)),
    'LINE_INPUT',
    'image',
    'richMenuImage: image must be 800 to 2500 pixels wide, but is 2501 x 1000 pixels',
  ],
  [
    'richMenuImage: 249 high',
    image(png(800, 249)),
    'LINE_INPUT',
    'image',
    'richMenuImage: image must be at least 250 pixels high, but is 800 x 249 pixels',
  ],
  [
    'richMenuImage: too high for its width',
    image(png(2500, 1725)),
    'LINE_INPUT',
    'image',
    'richMenuImage: image must be at least 1.45 times as wide as it is high, but is 2500 x 1725 pixels',
  ],
  [
    'richMenuImage: too many bytes',
    image(png(2500, 1686, 1024 * 1024 + 1)),
    'LINE_INPUT',
    'image',
    'richMenuImage: image must be at most 1 MB (1048576 bytes), but is 1048577 bytes long',
  ],
  [
    'richMenuImage: several problems',
    image(png(100, 100, 1024 * 1024 + 1)),
    'LINE_INPUT',
    'image, image, image, image',
    'richMenuImage: image must be at most 1 MB (1048576 bytes), but is 1048577 bytes long; image must be 800 to 2500 pixels wide, but is 100 x 100 pixels; image must be at least 250 pixels high, but is 100 x 100 pixels; image must be at least 1.45 times as wide as it is high, but is 100 x 100 pixels',
  ],
  [
    'richMenuImage: no bytes',
    image(new Uint8Array()),
    'LINE_INPUT',
    'image',
    'richMenuImage: image must be a JPEG or a PNG, but is empty',
  ],
  [
    'richMenuImage: a text',
    image(new TextEncoder().encode('menu.png')),
    'LINE_INPUT',
    'image',
    'richMenuImage: image must be a JPEG or a PNG, but is an unknown format',
  ],
  [
    'richMenuImage: a GIF',
    image(new Uint8Array(ascii('GIF89a\x20\x03\xfa\x00'))),
    'LINE_INPUT',
    'image',
    'richMenuImage: image must be a JPEG or a PNG, but is a GIF',
  ],
  [
    'richMenuImage: a WebP',
    image(new Uint8Array(ascii('RIFF\0\0\0\0WEBPVP8 '))),
    'LINE_INPUT',
    'image',
    'richMenuImage: image must be a JPEG or a PNG, but is a WebP',
  ],
  [
    'richMenuImage: a HEIC',
    image(new Uint8Array(ascii('\0\0\0\x18ftypheic'))),
    'LINE_INPUT',
    'image',
    'richMenuImage: image must be a JPEG or a PNG, but is a HEIC',
  ],
  [
    'richMenuImage: an AVIF',
    image(new Uint8Array(ascii('\0\0\0\x1cftypavif'))),
    'LINE_INPUT',
    'image',
    'richMenuImage: image must be a JPEG or a PNG, but is an AVIF',
  ],
  [
    'richMenuImage: a PNG with another first chunk',
    image(png(1200, 810).fill(0x58, 12, 16)),
    'LINE_INPUT',
    'image',
    'richMenuImage: image must be a JPEG or a PNG, but is a PNG with a damaged header',
  ],
  [
    'richMenuImage: a PNG that breaks off',
    image(png(1200, 810).subarray(0, 20)),
    'LINE_INPUT',
    'image',
    'richMenuImage: image must be a JPEG or a PNG, but is a truncated PNG',
  ],
  [
    'richMenuImage: a JPEG without a frame',
    image(jpeg(segment(0xda, [0]))),
    'LINE_INPUT',
    'image',
    'richMenuImage: image must be a JPEG or a PNG, but is a JPEG with a damaged header',
  ],
  [
    'richMenuImage: a JPEG that breaks off',
    image(jpeg(frame(1200, 810)).subarray(0, 6)),
    'LINE_INPUT',
    'image',
    'richMenuImage: image must be a JPEG or a PNG, but is a truncated JPEG',
  ],
  [
    'richMenuImage: a JPEG without a height',
    image(jpeg(frame(1200, 0))),
    'LINE_INPUT',
    'image',
    'richMenuImage: image must be at least 250 pixels high, but is 1200 x 0 pixels',
  ],
  [
    'richMenuImage: one pixel',
    image(png(1, 1)),
    'LINE_INPUT',
    'image, image, image',
    'richMenuImage: image must be 800 to 2500 pixels wide, but is 1 x 1 pixels; image must be at least 250 pixels high, but is 1 x 1 pixels; image must be at least 1.45 times as wide as it is high, but is 1 x 1 pixels',
  ],
  [
    'richMenuImage: other proportions than the menu',
    image(png(1200, 800), menu),
    'LINE_INPUT',
    'image',
    'richMenuImage: image must be in the aspect ratio of the menu, 1200 x 810, but is 1200 x 800 pixels',
  ],
  [
    'richMenuImage: a path',
    image('menu.png'),
    'LINE_INPUT',
    undefined,
    'richMenuImage: image must be a Blob, Uint8Array or ArrayBuffer. Read the file first',
  ],
  [
    'moduleAuthorizeUrl: no channel ID',
    () => moduleAuthorizeUrl({ ...module, channelId: '' }),
    'LINE_INPUT',
    undefined,
    'moduleAuthorizeUrl: channelId is required',
  ],
  [
    'moduleAuthorizeUrl: a redirect URL without a host',
    () => moduleAuthorizeUrl({ ...module, redirectUri: '/auth' }),
    'LINE_INPUT',
    undefined,
    'moduleAuthorizeUrl: redirectUri must be an absolute URL, exactly as registered',
  ],
  [
    'moduleAuthorizeUrl: no state',
    () => moduleAuthorizeUrl({ ...module, state: '' }),
    'LINE_INPUT',
    undefined,
    'moduleAuthorizeUrl: state must consist of letters and digits, because LINE does not accept characters that need URL encoding',
  ],
  [
    'moduleAuthorizeUrl: half a character',
    () => moduleAuthorizeUrl({ ...module, region: 'J\ud800' }),
    'LINE_INPUT',
    undefined,
    'moduleAuthorizeUrl: region contains half of a surrogate pair, which cannot be sent',
  ],
  [
    'moduleAuthorizeUrl: a state in base64',
    () => moduleAuthorizeUrl({ ...module, state: 'a+b/c=' }),
    'LINE_INPUT',
    undefined,
    'moduleAuthorizeUrl: state must consist of letters and digits, because LINE does not accept characters that need URL encoding',
  ],
  [
    'moduleAuthorizeUrl: several scopes in one text',
    () => moduleAuthorizeUrl({ ...module, scope: ['message:send message:receive'] }),
    'LINE_INPUT',
    undefined,
    'moduleAuthorizeUrl: scope must be an array of names without spaces',
  ],
  [
    'moduleAuthorizeUrl: several brand types in one text',
    () => moduleAuthorizeUrl({ ...module, brandType: ['premium verified'] }),
    'LINE_INPUT',
    undefined,
    'moduleAuthorizeUrl: brandType must be an array of names without spaces',
  ],
  [
    'moduleAuthorizeUrl: a challenge with padding',
    () => moduleAuthorizeUrl({ ...module, codeChallenge: `${challenge}=` }),
    'LINE_INPUT',
    undefined,
    'moduleAuthorizeUrl: codeChallenge must be a SHA-256 in base64url, 43 characters without padding',
  ],
  [
    'basicAuthorization: an empty secret',
    () => basicAuthorization({ channelId: '1', channelSecret: '' }),
    'LINE_INPUT',
    undefined,
    'basicAuthorization: channelSecret is empty or has characters that are not allowed in a channel secret',
  ],
  [
    'basicAuthorization: a secret with a space',
    () => basicAuthorization({ channelId: '1', channelSecret: 'a b' }),
    'LINE_INPUT',
    undefined,
    'basicAuthorization: channelSecret is empty or has characters that are not allowed in a channel secret',
  ],
  [
    'basicAuthorization: an ID with a colon',
    () => basicAuthorization({ channelId: '1:2', channelSecret: secret }),
    'LINE_INPUT',
    undefined,
    'basicAuthorization: channelId is empty or has characters that are not allowed in a channel ID',
  ],
  [
    'audienceBlob: no IDs',
    ids(),
    'LINE_INPUT',
    'the file',
    'audience file: the file must be at least 1 line long, but is empty',
  ],
  [
    'audienceBlob: an empty line',
    ids(userId(1), ''),
    'LINE_INPUT',
    'line 2',
    'audience file: line 2 must be a user ID (U followed by 32 hex digits), but is an empty string',
  ],
  [
    'audienceBlob: spaces',
    ids(userId(1), '  '),
    'LINE_INPUT',
    'line 2',
    'audience file: line 2 must be a user ID (U followed by 32 hex digits), but is a string of spaces',
  ],
  [
    'audienceBlob: a line end',
    ids(userId(1), `${userId(2)}\r`),
    'LINE_INPUT',
    'line 2',
    'audience file: line 2 must be a user ID (U followed by 32 hex digits), but is a string with leading or trailing whitespace',
  ],
  [
    'audienceBlob: two IDs in one',
    ids(`${userId(1)}\n${userId(2)}`),
    'LINE_INPUT',
    'line 1',
    'audience file: line 1 must be a user ID (U followed by 32 hex digits), but is a string of 67 UTF-16 code units',
  ],
  [
    'audienceBlob: a display name',
    ids('Brown'),
    'LINE_INPUT',
    'line 1',
    'audience file: line 1 must be a user ID (U followed by 32 hex digits), but is a string of 5 UTF-16 code units',
  ],
  [
    'audienceBlob: undefined',
    ids(userId(1), undefined),
    'LINE_INPUT',
    'line 2',
    'audience file: line 2 must be a user ID (U followed by 32 hex digits), but is missing',
  ],
  [
    'audienceBlob: null',
    ids(userId(1), null),
    'LINE_INPUT',
    'line 2',
    'audience file: line 2 must be a user ID (U followed by 32 hex digits), but is missing',
  ],
  [
    'audienceBlob: a number',
    ids(userId(1), 7),
    'LINE_INPUT',
    'line 2',
    'audience file: line 2 must be a user ID (U followed by 32 hex digits), but is a number',
  ],
  [
    'audienceBlob: an object',
    ids(userId(1), {}),
    'LINE_INPUT',
    'line 2',
    'audience file: line 2 must be a user ID (U followed by 32 hex digits), but is an object',
  ],
  [
    'audienceBlob: a user ID as an advertising ID',
    () => audienceBlob([userId(1)], { isIfaAudience: true }),
    'LINE_INPUT',
    'line 1',
    'audience file: line 1 must be an advertising ID (a UUID), but is a string of 33 UTF-16 code units',
  ],
  [
    'audienceBlob: 1,500,001 IDs',
    () => audienceBlob(sameId(1_500_001)),
    'LINE_INPUT',
    'the file',
    'audience file: the file must be at most 1,500,000 lines long, but is longer',
  ],
  [
    'flex: no alternative text',
    () => flex(bubble),
    'LINE_INPUT',
    undefined,
    'flex: altText is required, because the contents have no text to build it from',
  ],
  [
    'respond: no reply token',
    () => respond(answered(), { ...event, replyToken: undefined }, messages),
    'LINE_INPUT',
    undefined,
    'Cannot respond to event e: it has no reply token, because LINE sends none for events that cannot be replied to. Use pushMessage instead',
  ],
  [
    'respond: an answered event',
    respondTwice,
    'LINE_INPUT',
    undefined,
    'Cannot respond to event e: it was already answered, or may have been. Pass all messages in one call, or push the rest',
  ],
  [
    'respond: an aborted signal',
    () => respond(answered(), { ...event }, messages, aborted),
    'LINE_ABORTED',
    undefined,
    "POST /v2/bot/message/reply: aborted by the caller's signal",
  ],
  [
    'sendToMany: no job ID',
    job({ jobId: '' }),
    'LINE_INPUT',
    undefined,
    'sendToMany: jobId must be a non-empty string that you choose. Use a new one for each send',
  ],
  [
    'sendToMany: a rate of 0',
    job({ rate: 0 }),
    'LINE_INPUT',
    undefined,
    'sendToMany: rate must be a number of requests per second above 0',
  ],
  [
    'sendToMany: an infinite rate',
    job({ rate: Number.POSITIVE_INFINITY }),
    'LINE_INPUT',
    undefined,
    'sendToMany: rate must be a number of requests per second above 0',
  ],
  [
    'sendToMany: no requests at once',
    job({ concurrency: 0 }),
    'LINE_INPUT',
    undefined,
    'sendToMany: concurrency must be a positive integer',
  ],
  [
    'sendToMany: an unknown way to deduplicate',
    job({ dedupe: 'none' }),
    'LINE_INPUT',
    undefined,
    "sendToMany: dedupe must be 'batch' or 'all'",
  ],
  [
    'sendToMany: one user',
    job({}, userId(1)),
    'LINE_INPUT',
    undefined,
    'sendToMany: userIds must be an array, a Set or another iterable. To send to one user, use pushMessage',
  ],
  [
    'sendToMany: an object instead of a list',
    job({}, {}),
    'LINE_INPUT',
    undefined,
    'sendToMany: userIds must be an array, a Set or another iterable. To send to one user, use pushMessage',
  ],
  [
    'sendToMany: messages that are not a list',
    job({}, [], { type: 'text', text: 'hello' }),
    'LINE_INPUT',
    undefined,
    'sendToMany: messages must be an array of 1 to 5 message objects',
  ],
  [
    'sendToMany: messages with a BigInt',
    job({}, [], [{ type: 'text', text: 1n }]),
    'LINE_INPUT',
    undefined,
    'sendToMany: messages cannot be serialized as JSON. They contain a cycle, a BigInt or a toJSON method that throws',
  ],
  [
    'sendToMany: a number as an ID',
    job({}, [1]),
    'LINE_INPUT',
    'userIds[0]',
    'sendToMany: userIds[0] must be a user ID, but is a number',
  ],
  [
    'sendToMany: null as an ID',
    job({}, [userId(1), null]),
    'LINE_INPUT',
    'userIds[1]',
    'sendToMany: userIds[1] must be a user ID, but is null',
  ],
  [
    'sendToMany: undefined as an ID',
    job({}, [undefined]),
    'LINE_INPUT',
    'userIds[0]',
    'sendToMany: userIds[0] must be a user ID, but is undefined',
  ],
  [
    'sendToMany: an object as an ID',
    job({}, [{}]),
    'LINE_INPUT',
    'userIds[0]',
    'sendToMany: userIds[0] must be a user ID, but is an object',
  ],
  [
    'sendToMany: an empty ID',
    job({}, ['']),
    'LINE_INPUT',
    'userIds[0]',
    'sendToMany: userIds[0] must be a user ID, but is an empty string',
  ],
  [
    'sendToMany: an ID with a line end',
    job({}, [`${userId(1)}\r`]),
    'LINE_INPUT',
    'userIds[0]',
    'sendToMany: userIds[0] must be a user ID, but is a string with spaces or line breaks',
  ],
  [
    'sendToMany: other messages',
    again({}, undefined, [{ type: 'text' as const, text: 'Summer is here' }]),
    'LINE_INPUT',
    undefined,
    'sendToMany: messages differ from those of the first run of job spring, so nothing was sent. Use another jobId for another send',
  ],
  [
    'sendToMany: another way to deduplicate',
    again({ dedupe: 'batch' }),
    'LINE_INPUT',
    undefined,
    'sendToMany: dedupe differs from that of the first run of job spring. Run it again with the same option',
  ],
  [
    'sendToMany: an empty list',
    again({}, []),
    'LINE_INPUT',
    undefined,
    'sendToMany: userIds differs from the list that the job was started with (it ends before index 0), so nothing was sent. Pass the same list, or use another jobId for another send',
  ],
  [
    'sendToMany: another list',
    againWith(many.slice(1)),
    'LINE_INPUT',
    undefined,
    'sendToMany: userIds differs from the list that the job was started with (between indexes 0 and 499), so nothing was sent. Pass the same list, or use another jobId for another send',
  ],
  [
    'sendToMany: a shorter list',
    againWith(many.slice(0, 500)),
    'LINE_INPUT',
    undefined,
    'sendToMany: userIds differs from the list that the job was started with (it ends before index 500), so nothing was sent. Pass the same list, or use another jobId for another send',
  ],
  [
    'sendToMany: a foreign value in the store',
    foreign('line-oa:job:spring', 'a secret of another program'),
    'LINE_INPUT',
    undefined,
    'sendToMany: store has another value under the key of job spring, not a checkpoint. Use another jobId or another store',
  ],
  [
    'sendToMany: a foreign batch in the store',
    foreign('line-oa:job-batch:0:spring', '{"key":1}'),
    'LINE_INPUT',
    undefined,
    'sendToMany: store has another value under the key of job spring, not a checkpoint. Use another jobId or another store',
  ],
  [
    'sendToMany: another process',
    inTwoProcesses,
    'LINE_INPUT',
    undefined,
    'sendToMany: job spring is already running, possibly in another process. Wait until it ends',
  ],
  [
    'sendToMany: an abort before the start',
    job(aborted),
    'LINE_ABORTED',
    undefined,
    'sendToMany: the signal aborted job spring. Run it again to continue',
  ],
  [
    'sendToMany: an abort',
    abortedJob,
    'LINE_ABORTED',
    undefined,
    'sendToMany: the signal aborted job spring. Run it again to continue',
  ],
  [
    'waitForNarrowcast: no request ID',
    () => waitForNarrowcast(answered(), { requestId: undefined, acceptedRequestId: undefined }),
    'LINE_INPUT',
    undefined,
    'waitForNarrowcast: the response to the narrowcast has no request ID',
  ],
  [
    'waitForNarrowcast: an aborted signal',
    () => waitForNarrowcast(answered(), 'r', aborted),
    'LINE_ABORTED',
    undefined,
    "narrowcast r: the wait was aborted by the caller's signal",
  ],
  [
    'waitForNarrowcast: a timeout',
    timedOut((line) => waitForNarrowcast(line, 'r', { timeout: 1500, interval: 1000 }), {
      phase: 'sending',
      acceptedTime: '2026-01-01T00:00:00.000Z',
    }),
    'LINE_TIMEOUT',
    undefined,
    'narrowcast r: not finished within 1500 ms; it may still finish later',
  ],
  [
    'waitForNarrowcast: failed without a code',
    () => waitForNarrowcast(answered({ phase: 'failed' }), 'r'),
    'LINE_API',
    undefined,
    'GET /v2/bot/message/progress/narrowcast -> 200 failed',
  ],
  [
    'waitForNarrowcast: failed with code 1',
    () => waitForNarrowcast(answered({ phase: 'failed', errorCode: 1 }), 'r'),
    'LINE_API',
    undefined,
    'GET /v2/bot/message/progress/narrowcast -> 200 failed. Internal error at LINE, or the monthly quota is used up. Check the counts before you send again',
  ],
  [
    'waitForNarrowcast: failed with code 2',
    () => waitForNarrowcast(answered({ phase: 'failed', errorCode: 2 }), 'r'),
    'LINE_API',
    undefined,
    'GET /v2/bot/message/progress/narrowcast -> 200 failed. Filters and audiences must leave at least 50 recipients. Widen them',
  ],
  [
    'waitForNarrowcast: failed with code 3',
    () => waitForNarrowcast(answered({ phase: 'failed', errorCode: 3 }), 'r'),
    'LINE_API',
    undefined,
    'GET /v2/bot/message/progress/narrowcast -> 200 failed. The retry key was already accepted. Use the acceptedRequestId of that response',
  ],
  [
    'waitForNarrowcast: failed with code 4',
    () => waitForNarrowcast(answered({ phase: 'failed', errorCode: 4 }), 'r'),
    'LINE_API',
    undefined,
    'GET /v2/bot/message/progress/narrowcast -> 200 failed. If several audiences are combined, each must have at least 50 members',
  ],
  [
    'waitForNarrowcast: failed with code 5',
    () => waitForNarrowcast(answered({ phase: 'failed', errorCode: 5 }), 'r'),
    'LINE_API',
    undefined,
    'GET /v2/bot/message/progress/narrowcast -> 200 failed. The monthly quota does not suffice for all recipients, and forbidPartialDelivery is set',
  ],
  [
    'waitForNarrowcast: failed with an unknown code',
    () => waitForNarrowcast(answered({ phase: 'failed', errorCode: 99 }), 'r'),
    'LINE_API',
    undefined,
    'GET /v2/bot/message/progress/narrowcast -> 200 failed',
  ],
  [
    'waitForAudience: failed',
    () => waitForAudience(answered(audience('FAILED')), 1),
    'LINE_API',
    undefined,
    'GET /v2/bot/audienceGroup/{audienceGroupId} -> 200 FAILED',
  ],
  [
    'waitForAudience: expired',
    () => waitForAudience(answered(audience('EXPIRED')), 1),
    'LINE_API',
    undefined,
    'GET /v2/bot/audienceGroup/{audienceGroupId} -> 200 EXPIRED. Audiences expire 180 days after their creation. Create a new one',
  ],
  [
    'waitForAudience: inactive',
    () => waitForAudience(answered(audience('INACTIVE')), 1),
    'LINE_API',
    undefined,
    'GET /v2/bot/audienceGroup/{audienceGroupId} -> 200 INACTIVE',
  ],
  [
    'waitForAudience: a failed job',
    () => waitForAudience(answered(withJob()), 1),
    'LINE_API',
    undefined,
    'GET /v2/bot/audienceGroup/{audienceGroupId} -> 200 INTERNAL_ERROR',
  ],
  [
    'waitForAudience: an aborted signal',
    () => waitForAudience(answered(), 1, aborted),
    'LINE_ABORTED',
    undefined,
    "audience 1: the wait was aborted by the caller's signal",
  ],
  [
    'waitForAudience: a timeout',
    timedOut((line) => waitForAudience(line, 1, { timeout: 25_000 }), audience('IN_PROGRESS')),
    'LINE_TIMEOUT',
    undefined,
    'audience 1: not finished within 25000 ms; it may still finish later',
  ],
  [
    'waitForRichMenuBatch: an aborted signal',
    () => waitForRichMenuBatch(answered(), 'r', aborted),
    'LINE_ABORTED',
    undefined,
    "rich menu batch r: the wait was aborted by the caller's signal",
  ],
  [
    'waitUntilReady: failed',
    () => waitUntilReady(answered({ status: 'failed' }), '1'),
    'LINE_API',
    undefined,
    'GET /v2/bot/message/{messageId}/content/transcoding -> 200 failed. LINE could not prepare this video or audio. Ask the user to send it again',
  ],
  [
    'waitUntilReady: an aborted signal',
    () => waitUntilReady(answered(), '1', aborted),
    'LINE_ABORTED',
    undefined,
    "content of message 1: the wait was aborted by the caller's signal",
  ],
  [
    'waitUntilReady: a timeout',
    timedOut((line) => waitUntilReady(line, '1', { timeout: 10_000 }), { status: 'processing' }),
    'LINE_TIMEOUT',
    undefined,
    'content of message 1: not finished within 10000 ms; it may still finish later',
  ],
  [
    'readContent: a file that is too long',
    () => readContent(content('x'.repeat(3001), { 'content-length': '3001' }), '1', { maxBytes: 3000 }),
    'LINE_INPUT',
    undefined,
    'the file is larger than maxBytes (3000 bytes)',
  ],
  [
    'readContent: a file that turns out too long',
    async () => new Response((await readContent(content('x'.repeat(3001)), '1', { maxBytes: 3000 })).stream).text(),
    'LINE_INPUT',
    undefined,
    'the file is larger than maxBytes (3000 bytes)',
  ],
  [
    'limitBytes: NaN',
    async () => limitBytes(await content('x').messaging.getMessageContent({ messageId: '1' }), Number.NaN),
    'LINE_INPUT',
    undefined,
    'limitBytes: maxBytes must be a number of bytes, at least 0',
  ],
])('%s', async (_, call, ...expected) => {
  expect(await errorOf(call)).toEqual(expected)
})

const wrong: unknown = 5
const line = answered()

// What plain JavaScript passes. Types do not allow it, so each value is cast.
test.each<readonly [string, () => unknown, string]>([
  [
    'each',
    () => each(wrong as never).next(),
    'each: list must be a method of a client that returns pages, such as line.messaging.getFollowers',
  ],
  ['codeChallenge', () => codeChallenge(wrong as string), 'codeChallenge: codeVerifier must be a string'],
  ['splitText', () => splitText(wrong as string), 'splitText: text must be a string'],
  [
    'quickReply',
    () => quickReply(wrong as never),
    'quickReply: each button must be an action, or an item with an action',
  ],
  [
    'limitBytes',
    () => limitBytes(wrong as never, 1),
    'limitBytes: content must be a file with a stream, such as getMessageContent() returns',
  ],
  [
    'readContent: client',
    () => readContent(wrong as never, '1'),
    'readContent: line must be a client, such as createLineClient() returns',
  ],
  [
    'readContent: message',
    () => readContent(line, wrong as string),
    'readContent: messageId must be the ID of a message, a string of digits',
  ],
  [
    'waitUntilReady: options',
    () => waitUntilReady(line, '1', wrong as never),
    'waitUntilReady: the options must be an object',
  ],
  [
    'waitUntilReady: timeout',
    () => waitUntilReady(line, '1', { timeout: '5' as never }),
    'waitUntilReady: timeout must be a number of milliseconds',
  ],
  [
    'waitForAudience: ID',
    () => waitForAudience(line, 'x' as never),
    'waitForAudience: audienceGroupId must be an integer',
  ],
  [
    'waitForAudience: failures',
    () => waitForAudience(line, 1, { knownFailures: wrong as never }),
    'waitForAudience: knownFailures must be an array',
  ],
  [
    'waitForRichMenuBatch',
    () => waitForRichMenuBatch(line, wrong as string),
    'waitForRichMenuBatch: requestId must be the request ID of a rich menu batch',
  ],
  ['deployRichMenu', () => deployRichMenu(line, {} as never), 'deployRichMenu: menu and alias are required'],
  [
    'richMenuImage',
    () => richMenuImage(png(), wrong as never),
    'richMenuImage: menu must be the size of a rich menu, with width and height in pixels',
  ],
  [
    'moduleCodeGrant',
    () => moduleCodeGrant({} as never, {} as never),
    'moduleCodeGrant: scope is required, as in the authorize URL',
  ],
  ['audienceBlob', () => audienceBlob(wrong as never), 'audienceBlob: ids must be an array or another iterable of IDs'],
  [
    'LineAudienceError',
    () => new LineAudienceError(wrong as never, undefined),
    'LineAudienceError: audience must be the data of an audience',
  ],
  [
    'LineNarrowcastError',
    () => new LineNarrowcastError(wrong as never),
    'LineNarrowcastError: progress must be the progress of a narrowcast',
  ],
  [
    'LineDeploymentError',
    () => new LineDeploymentError(wrong as never, 'a', 'b'),
    'LineDeploymentError requires an array of errors, the ID of the rich menu and the alias',
  ],
])('a value of the wrong type: %s', async (_, call, message) => {
  expect(await errorOf(call)).toEqual(['LINE_INPUT', undefined, message])
})

test('deployRichMenu: a rollback that fails', async () => {
  const emulator = createEmulator({ clock: 'manual' })
  const { channelId, channelSecret } = emulator.createAccount({ name: 'Tea House' })
  const { fetch, clock } = emulator
  const line = createLineClient({ channelId, channelSecret, fetch, clock, random: () => 0 })
  emulator.faults.add({ operation: 'setRichMenuImage', answer: 400, times: 1 })
  emulator.faults.add({ operation: 'deleteRichMenu', answer: 400, times: 1 })
  const size = { width: 2500, height: 1686 }
  const richMenu = { size, selected: false, name: 'Tea', chatBarText: 'Menu', areas: [] }
  const error: unknown = await deployRichMenu(line, { menu: richMenu, image: png(), alias: 'main' }).catch(
    (thrown: unknown) => thrown,
  )
  const [left] = (await line.messaging.getRichMenuList()).richmenus
  expect(error).toBeInstanceOf(LineDeploymentError)
  expect(error instanceof LineDeploymentError && [error.code, error.richMenuId, error.message]).toEqual([
    'LINE_API',
    left?.richMenuId,
    `deployRichMenu: the deployment failed, and so did its rollback. Rich menu ${left?.richMenuId} or a changed alias main may be left behind`,
  ])
})
