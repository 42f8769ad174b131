import fc from 'fast-check'
import { LineInputError } from 'line-oa'
import {
  isAssertionKid,
  isBasicId,
  isChannelId,
  isGroupId,
  isLiffId,
  isLineId,
  isPremiumId,
  isProviderId,
  isRetryKey,
  isRoomId,
  isUserId,
  parseAssertionKid,
  parseAssertionPrivateKey,
  parseBasicId,
  parseChannelAccessToken,
  parseChannelId,
  parseChannelSecret,
  parseConnectForm,
  parseGroupId,
  parseLiffId,
  parseLineId,
  parsePremiumId,
  parseProviderId,
  parseRetryKey,
  parseRoomId,
  parseUserId,
  parseWebhookUrl,
} from 'line-oa/credentials'
import { describe, expect, test } from 'vitest'
import { testPem } from '../keys/fixed-key.js'
import { refusal } from './refusal.js'
import { samples } from './samples.js'

const {
  channelId,
  lineId,
  userId,
  moduleUserId,
  groupId,
  roomId,
  kid,
  liffId,
  channelSecret,
  channelAccessToken,
  jwt,
} = samples
const hex = userId.slice(1)
const seed = 20260101

const identifiers: [
  name: string,
  parse: (value: unknown) => string,
  is: (value: unknown) => boolean,
  good: readonly string[],
  bad: readonly string[],
][] = [
  [
    'channelId',
    parseChannelId,
    isChannelId,
    [channelId, '12345', '1'.repeat(15)],
    ['1234', '1'.repeat(16), '-1657000001', '1.5e9'],
  ],
  [
    'providerId',
    parseProviderId,
    isProviderId,
    ['2003000001', '12345', '1'.repeat(15)],
    ['1234', '1'.repeat(16), 'me'],
  ],
  [
    'lineId',
    parseLineId,
    isLineId,
    [lineId, '@a', '@line.shop_1-2', `@${'a'.repeat(20)}`, '@0800123456'],
    ['@', `@${'a'.repeat(21)}`, '@a b!', '@日本'],
  ],
  ['basicId', parseBasicId, isBasicId, [lineId, '@abc1234d', '@12345678'], ['@abc1234', '@abc1234de', '@ab.1234d']],
  ['premiumId', parsePremiumId, isPremiumId, ['@line.shop_1-2', lineId], [`@${'a'.repeat(21)}`, '@a/b']],
  [
    'userId',
    parseUserId,
    isUserId,
    [userId, moduleUserId],
    [`U${hex.slice(1)}`, `U${hex}0`, `u${hex}`, `U${hex.toUpperCase()}`, `LU${hex}`, `U${hex}-U${hex}`],
  ],
  ['groupId', parseGroupId, isGroupId, [groupId], [`C${hex.slice(1)}`, userId, roomId]],
  ['roomId', parseRoomId, isRoomId, [roomId], [`R${hex}0`, userId, groupId]],
  [
    'kid',
    parseAssertionKid,
    isAssertionKid,
    [kid, 'k', 'my-key_1.~', 'a'.repeat(79)],
    ['a/b', channelId, channelSecret, userId, jwt, 'a'.repeat(129)],
  ],
  [
    'liffId',
    parseLiffId,
    isLiffId,
    [liffId, '1657000001-a', `12345-${'Z'.repeat(32)}`],
    ['1657000001', '1657000001-', `1657000001-${'a'.repeat(33)}`, 'abc-AbcdEfgh'],
  ],
  [
    'retryKey',
    parseRetryKey,
    isRetryKey,
    [kid, kid.toUpperCase()],
    [kid.replaceAll('-', ''), `{${kid}}`, kid.slice(1)],
  ],
]

describe.each(identifiers)('%s', (name, parse, is, good, bad) => {
  test.each(good)('accepts %s unchanged', (id) => {
    expect(parse(id)).toBe(id)
    expect(is(id)).toBe(true)
  })

  test.each(bad)('refuses %s', (id) => {
    expect(is(id)).toBe(false)
    expect(refusal(() => parse(id)).problems).toMatchObject([{ path: name }])
  })

  test.each([undefined, null, '', ' \n\u200b', 1657000001, {}, [good[0]], true])('refuses %j', (value) => {
    expect(is(value)).toBe(false)
    expect(refusal(() => parse(value)).problems).toMatchObject([{ path: name }])
  })
})

describe('characters that copying adds', () => {
  const space = [' ', '\t', '\n', '\r\n', '\u00a0', '\u3000', '\u2009']
  const invisible = [
    '\u200b',
    '\u200c',
    '\u200d',
    '\u200e',
    '\u200f',
    '\u2060',
    '\ufeff',
    '\u00ad',
    '\ufe0f',
    '\0',
    '\u001b',
  ]
  const edge = fc.array(fc.constantFrom(...space, ...invisible), { maxLength: 4 }).map((marks) => marks.join(''))
  /** A value as it may be pasted, with `marks` inside. */
  const dirty = (id: string, marks: readonly string[] = invisible) =>
    fc
      .tuple(
        fc.array(fc.tuple(fc.nat(id.length), fc.constantFrom(...marks), fc.boolean()), { maxLength: 12 }),
        edge,
        edge,
      )
      .map(([changes, before, after]) => {
        const characters = [...id].map((character, at) => {
          const full = changes.some(([where, , widen]) => widen && where === at)
          return full ? String.fromCharCode(character.charCodeAt(0) + 0xfee0) : character
        })
        for (const [at, mark] of changes) characters.splice(at, 0, mark)
        return before + characters.join('') + after
      })

  test.each(identifiers)(
    'are removed from a %s: white space at the ends, and invisible ones wherever they are',
    (_name, parse, _is, good) => {
      const texts = fc.constantFrom(...good).chain((id) => fc.tuple(fc.constant(id), dirty(id)))
      fc.assert(
        fc.property(texts, ([id, text]) => parse(text) === id),
        { seed },
      )
    },
  )

  test('are removed from secrets and tokens', () => {
    fc.assert(
      fc.property(dirty(channelSecret), (text) => parseChannelSecret(text).reveal() === channelSecret),
      { seed },
    )
    fc.assert(
      fc.property(
        dirty(channelAccessToken, [...invisible, '\n', '\r\n']),
        (text) => parseChannelAccessToken(text).reveal() === channelAccessToken,
      ),
      { seed },
    )
  })

  test.each(identifiers)('are refused inside a %s if they are white space', (name, parse, _is, good) => {
    for (const id of good.filter(({ length }) => length > 2))
      for (const mark of space)
        for (const at of [1, Math.floor(id.length / 2), id.length - 1])
          expect(refusal(() => parse(id.slice(0, at) + mark + id.slice(at))).problems).toMatchObject([{ path: name }])
  })

  test('are refused inside secrets if they are white space, and inside tokens unless they are line breaks', () => {
    const split = (text: string, mark: string) => text.slice(0, 9) + mark + text.slice(9)
    for (const mark of space) {
      expect(refusal(() => parseChannelSecret(split(channelSecret, mark))).problems).toHaveLength(1)
      if (mark.trim() || /[\r\n]/.test(mark)) continue
      expect(refusal(() => parseChannelAccessToken(split(channelAccessToken, mark))).problems).toHaveLength(1)
    }
  })

  test('are removed at once: cleaning twice changes nothing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...identifiers), fc.string({ unit: 'binary' }), ([, parse], text) => {
        let once: string
        try {
          once = parse(text)
        } catch (error) {
          return error instanceof LineInputError
        }
        return parse(once) === once
      }),
      { seed, numRuns: 2000 },
    )
  })
})

describe('a LINE ID', () => {
  test.each([
    ['216rujvq', lineId],
    ['＠２１６ｒｕｊｖｑ', lineId],
    ['﹫216rujvq', lineId],
    ['@@216rujvq', lineId],
    [' @216rujvq ', lineId],
    ['@216RUJVQ', lineId],
    ['Line.Shop', '@line.shop'],
  ])('%s is read as %s', (text, id) => {
    expect(parseLineId(text)).toBe(id)
    expect(parsePremiumId(text)).toBe(id)
  })

  test('is read the same with or without @, and in any case', () => {
    const handle = fc.stringMatching(/^[a-z][0-9a-z._-]{0,19}$/)
    fc.assert(
      fc.property(
        handle,
        (text) => parseLineId(text) === `@${text}` && parseLineId(`＠${text.toUpperCase()}`) === `@${text}`,
      ),
      { seed },
    )
  })

  test.each([
    [channelId],
    [userId],
    ['owner@shop.example'],
    ['https://lin.ee/AbCdEfg'],
    ['@216 rujvq'],
    [liffId],
    [channelSecret],
  ])('refuses %s', (text) => {
    expect(refusal(() => parseLineId(text)).problems).toMatchObject([{ path: 'lineId' }])
  })

  test('of the premium kind is not a basic ID', () => {
    expect(refusal(() => parseBasicId('@line.shop')).problems).toMatchObject([{ path: 'basicId' }])
  })
})

describe('an error about a pasted value', () => {
  test.each<[field: string, (value: unknown) => unknown, pasted: string]>([
    ['channelId', parseChannelId, channelSecret],
    ['channelId', parseChannelId, channelAccessToken],
    ['channelId', parseChannelId, jwt],
    ['channelId', parseChannelId, lineId],
    ['channelId', parseChannelId, userId],
    ['channelId', parseChannelId, liffId],
    ['channelId', parseChannelId, `"${channelId}"`],
    ['channelId', parseChannelId, `“${channelId}”`],
    ['channelId', parseChannelId, `「${channelId}」`],
    ['channelId', parseChannelId, `LINE_PROVIDER_ID=${channelId}`],
    ['channelId', parseChannelId, `${channelId} ${channelId}`],
    ['channelId', parseChannelId, 'hunter2'],
    ['channelSecret', parseChannelSecret, channelId],
    ['channelSecret', parseChannelSecret, channelAccessToken],
    ['channelSecret', parseChannelSecret, jwt],
    ['channelSecret', parseChannelSecret, userId],
    ['channelSecret', parseChannelSecret, kid],
    ['channelSecret', parseChannelSecret, channelSecret.slice(1)],
    ['channelSecret', parseChannelSecret, `${channelSecret}0`],
    ['channelSecret', parseChannelSecret, channelSecret.repeat(2)],
    ['channelSecret', parseChannelSecret, channelSecret.slice(1).toUpperCase()],
    ['channelId', parseChannelId, `'${channelId}'`],
    ['channelSecret', parseChannelSecret, '••••••••••••••••'],
    ['channelAccessToken', parseChannelAccessToken, `Bearer ${channelAccessToken}`],
    ['channelAccessToken', parseChannelAccessToken, `Authorization: Bearer ${jwt}`],
    ['channelAccessToken', parseChannelAccessToken, channelSecret],
    ['channelAccessToken', parseChannelAccessToken, channelId],
    ['channelAccessToken', parseChannelAccessToken, moduleUserId],
    ['channelAccessToken', parseChannelAccessToken, encodeURIComponent(channelAccessToken)],
    ['channelAccessToken', parseChannelAccessToken, `${channelAccessToken.slice(0, 60)}…`],
    ['channelAccessToken', parseChannelAccessToken, `{"access_token":"${jwt}"}`],
    ['channelAccessToken', parseChannelAccessToken, testPem],
    ['channelAccessToken', parseChannelAccessToken, `LINE_ID_TOKEN=${jwt}`],
    ['channelSecret', parseChannelSecret, `CHANNEL_ACCESS_TOKEN=${channelSecret}`],
    ['channelSecret', parseChannelSecret, testPem.slice(0, 200)],
    ['userId', parseUserId, lineId],
    ['userId', parseUserId, groupId],
    ['groupId', parseGroupId, roomId],
    ['kid', parseAssertionKid, channelId],
    ['kid', parseAssertionKid, '{"kty":"RSA","e":"AQAB"}'],
    ['kid', parseAssertionKid, '-----BEGIN PUBLIC KEY-----\nMIIB'],
    ['liffId', parseLiffId, `https://shop.example/${liffId}`],
    ['liffId', parseLiffId, channelId],
    ['retryKey', parseRetryKey, channelId],
  ])('names %s and does not contain the value: %#', (field, parse, pasted) => {
    const error = refusal(() => parse(pasted))

    expect(error.problems).toMatchObject([{ path: field, message: error.message }])
    expect(JSON.stringify(error)).not.toContain(pasted)
  })

  test('names the path that the caller gave', () => {
    const path = 'settings.line[0].id'
    expect(refusal(() => parseChannelId('x', { path })).problems).toMatchObject([{ path }])
    expect(refusal(() => parseChannelSecret('', { path })).problems).toMatchObject([{ path }])
  })

  test('does not contain any part of the value, whatever the value is', () => {
    const parsers = [
      ...identifiers.map(([, parse]) => parse),
      parseChannelSecret,
      parseChannelAccessToken,
      parseWebhookUrl,
    ]
    const password = fc.stringMatching(/^[!-~]{12,60}$/)
    fc.assert(
      fc.property(fc.constantFrom(...parsers), password, (parse, text) => {
        try {
          parse(text)
        } catch (error) {
          return !JSON.stringify(error).includes(text) && !JSON.stringify(error).includes(text.slice(0, 12))
        }
        return true
      }),
      { seed, numRuns: 2000 },
    )
  })

  test('takes linear time for values of any length', () => {
    const long = (text: string) => text.repeat(3e5)
    const texts = [
      long('a'),
      long('@'),
      long('"'),
      `a@${long('.')}`,
      `{"kty${long(' ')}x`,
      `a${long(' ')}b!`,
      `${long('-----BEGIN ')}`,
      `${long('0')}!`,
    ]
    const parsers = [
      ...identifiers.map(([, parse]) => parse),
      parseChannelSecret,
      parseChannelAccessToken,
      parseWebhookUrl,
      parseAssertionPrivateKey,
    ]
    const name = (accountName: unknown) => parseConnectForm({ accountName, channelId, channelSecret })
    for (const parse of [...parsers, name]) {
      for (const text of texts) expect(refusal(() => parse(text)).problems).toHaveLength(1)
    }
  }, 30_000) // a quadratic pattern would take hours
})

describe('a channel ID that is known to be something else', () => {
  test('is refused where a Messaging API channel is expected', () => {
    const wrong = () => parseChannelId(`${channelId}\n`, { loginChannelIds: ['1657000009', channelId] })
    expect(refusal(wrong).problems).toMatchObject([{ path: 'channelId' }])
  })

  test('is refused where a LINE Login channel is expected', () => {
    const wrong = () => parseChannelId(channelId, { messagingChannelIds: [channelId] })
    expect(refusal(wrong).problems).toMatchObject([{ path: 'channelId' }])
  })

  test('is refused when it is a provider ID', () => {
    const wrong = () => parseChannelId(channelId, { providerIds: [channelId] })
    expect(refusal(wrong).problems).toMatchObject([{ path: 'channelId' }])
  })

  test('is accepted when the known IDs are others', () => {
    expect(
      parseChannelId(channelId, {
        loginChannelIds: ['1657000002'],
        messagingChannelIds: [],
        providerIds: ['2003000001'],
      }),
    ).toBe(channelId)
  })
})

describe('secrets and tokens', () => {
  test('are returned hidden, and a hidden value is accepted', () => {
    expect(parseChannelSecret(parseChannelSecret(channelSecret)).reveal()).toBe(channelSecret)
    expect(JSON.stringify(parseChannelAccessToken(channelAccessToken))).not.toContain(channelAccessToken)
    expect(parseChannelAccessToken(jwt).reveal()).toBe(jwt)
  })

  test('of an unknown longer form are accepted, because LINE documents no form', () => {
    const longer = 'Zm9ydHktZWlnaHQgYnl0ZXMgb2YgYSBmb3JtIHRv'
    expect(parseChannelSecret(longer).reveal()).toBe(longer)
    expect(parseChannelAccessToken(longer).reveal()).toBe(longer)
    const hex64 = channelSecret + userId.slice(1)
    expect(parseChannelSecret(hex64).reveal()).toBe(hex64)
    expect(refusal(() => parseChannelSecret(hex64.slice(1))).problems).toMatchObject([{ path: 'channelSecret' }])
    expect(refusal(() => parseChannelAccessToken('1234567890'.repeat(5))).problems).toMatchObject([
      { path: 'channelAccessToken' },
    ])
    expect(refusal(() => parseChannelAccessToken(longer.slice(0, 39))).problems).toMatchObject([
      { path: 'channelAccessToken' },
    ])
    expect(refusal(() => parseChannelSecret(longer.slice(0, 31))).problems).toMatchObject([{ path: 'channelSecret' }])
  })
})
