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
  test.each(good)('%s is taken as it is', (id) => {
    expect(parse(id)).toBe(id)
    expect(is(id)).toBe(true)
  })

  test.each(bad)('%s is refused', (id) => {
    expect(is(id)).toBe(false)
    expect(refusal(() => parse(id)).problems).toMatchObject([{ path: name }])
  })

  test.each([undefined, null, '', ' \n\u200b', 1657000001, {}, [good[0]], true])('%j is refused', (value) => {
    expect(is(value)).toBe(false)
    expect(refusal(() => parse(value)).problems).toMatchObject([{ path: name }])
  })
})

describe('what copying leaves behind', () => {
  const debris = [
    ' ',
    '\t',
    '\n',
    '\r\n',
    '\u00a0',
    '\u3000',
    '\u2009',
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
  const dirty = (id: string, wide: boolean) =>
    fc
      .array(fc.tuple(fc.nat(id.length), fc.constantFrom(...debris), fc.boolean()), { maxLength: 12 })
      .map((changes) => {
        const characters = [...id].map((character, at) => {
          const full = wide && changes.some(([where, , widen]) => widen && where === at)
          return full ? String.fromCharCode(character.charCodeAt(0) + 0xfee0) : character
        })
        for (const [at, mark] of changes) characters.splice(at, 0, mark)
        return characters.join('')
      })

  test.each(identifiers)('is taken off a %s, wherever it is', (_name, parse, _is, good) => {
    const texts = fc.constantFrom(...good).chain((id) => fc.tuple(fc.constant(id), dirty(id, true)))
    fc.assert(
      fc.property(texts, ([id, text]) => parse(text) === id),
      { seed },
    )
  })

  test('is taken off secrets and tokens', () => {
    fc.assert(
      fc.property(dirty(channelSecret, true), (text) => parseChannelSecret(text).reveal() === channelSecret),
      { seed },
    )
    fc.assert(
      fc.property(
        dirty(channelAccessToken, true),
        (text) => parseChannelAccessToken(text).reveal() === channelAccessToken,
      ),
      { seed },
    )
  })

  test('and cleaning twice changes nothing', () => {
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
    [' @ 216 rujvq ', lineId],
    ['@216RUJVQ', lineId],
    ['Line.Shop', '@line.shop'],
  ])('%s reads as %s', (text, id) => {
    expect(parseLineId(text)).toBe(id)
    expect(parsePremiumId(text)).toBe(id)
  })

  test('reads the same however it is written', () => {
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
    [channelId, /10 digits, the form of a channel ID.*with its @/],
    [userId, /a user ID.*LINE Official Account Manager/],
    ['owner@shop.example', /an e-mail address.*LINE Official Account Manager/],
    ['https://line.me/R/ti/p/%40216rujvq', /a URL.*LINE Official Account Manager/],
    [liffId, /a LIFF ID/],
    [channelSecret, /form of a channel secret.*where the channel secret is asked for/],
  ])('is not %s', (text, words) => {
    expect(refusal(() => parseLineId(text)).message).toMatch(words)
  })

  test('of the premium kind is no basic ID', () => {
    expect(refusal(() => parseBasicId('@line.shop')).message).toContain('A premium ID is not a basic ID')
  })
})

describe('a refusal says what was pasted where', () => {
  test.each<[field: string, (value: unknown) => unknown, pasted: string, words: RegExp]>([
    [
      'channelId',
      parseChannelId,
      channelSecret,
      /^channelId: found 32 hex characters, the form of a channel secret; a channel ID is 5 to 15 digits.*\. It goes where the channel secret is asked for$/,
    ],
    [
      'channelId',
      parseChannelId,
      channelAccessToken,
      /172 characters, the form of a channel access token.*where the channel access token is asked for/,
    ],
    ['channelId', parseChannelId, jwt, /begins with eyJ/],
    ['channelId', parseChannelId, lineId, /a LINE ID.*Messaging API page/],
    ['channelId', parseChannelId, userId, /a user ID/],
    ['channelId', parseChannelId, liffId, /a LIFF ID/],
    ['channelId', parseChannelId, `"${channelId}"`, /a value in quotes.*Leave the quotes out/],
    ['channelId', parseChannelId, `“${channelId}”`, /Leave the quotes out/],
    ['channelId', parseChannelId, `「${channelId}」`, /Leave the quotes out/],
    ['channelId', parseChannelId, `LINE_CHANNEL_ID=${channelId}`, /a whole NAME=value line/],
    ['channelId', parseChannelId, `${channelId} ${channelId}`, /20 digits;/],
    ['channelId', parseChannelId, 'hunter2', /7 characters;/],
    [
      'channelSecret',
      parseChannelSecret,
      channelId,
      /10 digits, the form of a channel ID.*where the channel ID is asked for/,
    ],
    ['channelSecret', parseChannelSecret, channelAccessToken, /form of a channel access token/],
    ['channelSecret', parseChannelSecret, jwt, /begins with eyJ/],
    ['channelSecret', parseChannelSecret, userId, /a user ID.*basic settings/],
    ['channelSecret', parseChannelSecret, kid, /a UUID/],
    [
      'channelSecret',
      parseChannelSecret,
      channelSecret.slice(1),
      /31 hex characters.*exactly 32, in lower case: copy it again/,
    ],
    ['channelSecret', parseChannelSecret, `${channelSecret}0`, /33 hex characters.*exactly 32/],
    ['channelSecret', parseChannelSecret, channelSecret.repeat(2), /64 hex characters.*exactly 32/],
    ['channelSecret', parseChannelSecret, channelSecret.toUpperCase(), /32 hex characters.*lower case/],
    ['channelSecret', parseChannelSecret, `'${channelSecret}'`, /Leave the quotes out/],
    ['channelSecret', parseChannelSecret, '••••••••••••••••', /masked or cut short/],
    [
      'channelAccessToken',
      parseChannelAccessToken,
      `Bearer ${channelAccessToken}`,
      /begins with Bearer.*Leave Bearer out/,
    ],
    ['channelAccessToken', parseChannelAccessToken, `Authorization: Bearer ${jwt}`, /Leave Bearer out/],
    [
      'channelAccessToken',
      parseChannelAccessToken,
      channelSecret,
      /form of a channel secret.*where the channel secret is asked for/,
    ],
    [
      'channelAccessToken',
      parseChannelAccessToken,
      channelId,
      /form of a channel ID.*where the channel ID is asked for/,
    ],
    ['channelAccessToken', parseChannelAccessToken, moduleUserId, /a user ID/],
    [
      'channelAccessToken',
      parseChannelAccessToken,
      encodeURIComponent(channelAccessToken),
      /not in its URL-encoded form/,
    ],
    ['channelAccessToken', parseChannelAccessToken, `${channelAccessToken.slice(0, 60)}…`, /masked or cut short/],
    ['channelAccessToken', parseChannelAccessToken, `{"access_token":"${jwt}"}`, /found JSON/],
    ['channelAccessToken', parseChannelAccessToken, testPem, /a PEM block.*where the private key is asked for/],
    ['channelAccessToken', parseChannelAccessToken, `LINE_CHANNEL_ACCESS_TOKEN=${jwt}`, /a whole NAME=value line/],
    ['channelSecret', parseChannelSecret, `CHANNEL_SECRET=${channelSecret}`, /a whole NAME=value line/],
    ['channelSecret', parseChannelSecret, testPem.slice(0, 200), /a PEM block/],
    ['userId', parseUserId, lineId, /a LINE ID.*Webhooks and LINE Login give user IDs/],
    ['userId', parseUserId, groupId, /a group ID/],
    ['groupId', parseGroupId, roomId, /a room ID/],
    ['kid', parseAssertionKid, channelId, /form of a channel ID/],
    ['kid', parseAssertionKid, '{"kty":"RSA","e":"AQAB"}', /a JWK.*Register the public key/],
    ['kid', parseAssertionKid, '-----BEGIN PUBLIC KEY-----\nMIIB', /a PEM block.*Register the public key/],
    ['liffId', parseLiffId, `https://liff.line.me/${liffId}`, /first part of the path/],
    ['liffId', parseLiffId, channelId, /before the hyphen/],
    ['retryKey', parseRetryKey, channelId, /a UUID in hex form/],
  ])('%s: %#', (field, parse, pasted, words) => {
    const error = refusal(() => parse(pasted))
    expect(error.message).toMatch(words)
    expect(error.problems).toMatchObject([{ path: field, message: error.message }])
    expect(JSON.stringify(error)).not.toContain(pasted)
  })

  test('under the name that the form has for it', () => {
    const path = 'settings.line[0].id'
    expect(refusal(() => parseChannelId('x', { path })).problems).toMatchObject([{ path, found: '1 character' }])
    expect(refusal(() => parseChannelSecret('', { path })).message).toMatch(
      /^settings\.line\[0\]\.id is missing; a channel secret is/,
    )
  })

  test('without any of it, whatever it is', () => {
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

  test('of any length in no time', () => {
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
  }, 30_000) // what took quadratic time would take hours
})

describe('a channel ID that is known to be something else', () => {
  test('is refused where a Messaging API channel is wanted', () => {
    const error = refusal(() => parseChannelId(`${channelId}\n`, { loginChannelIds: ['1657000009', channelId] }))
    expect(error.problems).toMatchObject([
      { found: 'the ID of a LINE Login channel', allowed: 'the ID of a Messaging API channel' },
    ])
  })

  test('is refused where a LINE Login channel is wanted', () => {
    const error = refusal(() => parseChannelId(channelId, { messagingChannelIds: [channelId] }))
    expect(error.problems).toMatchObject([
      { found: 'the ID of a Messaging API channel', allowed: 'the ID of a LINE Login channel' },
    ])
  })

  test('is refused when it is a provider', () => {
    expect(refusal(() => parseChannelId(channelId, { providerIds: [channelId] })).message).toContain(
      'the ID of a provider',
    )
  })

  test('is taken when the known IDs are others', () => {
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
  test('are hidden, and a hidden one may be read again', () => {
    expect(parseChannelSecret(parseChannelSecret(channelSecret)).reveal()).toBe(channelSecret)
    expect(JSON.stringify(parseChannelAccessToken(channelAccessToken))).not.toContain(channelAccessToken)
    expect(parseChannelAccessToken(jwt).reveal()).toBe(jwt)
  })

  test('of an unknown longer form pass, for LINE states none', () => {
    const longer = 'Zm9ydHktZWlnaHQgYnl0ZXMgb2YgYSBmb3JtIHRv'
    expect(parseChannelSecret(longer).reveal()).toBe(longer)
    expect(parseChannelAccessToken(longer).reveal()).toBe(longer)
    const hex64 = channelSecret + userId.slice(1)
    expect(parseChannelSecret(hex64).reveal()).toBe(hex64)
    expect(refusal(() => parseChannelSecret(hex64.slice(1))).problems).toMatchObject([{ found: '63 hex characters' }])
    expect(refusal(() => parseChannelAccessToken('1234567890'.repeat(5))).problems).toMatchObject([
      { found: '50 digits' },
    ])
    expect(refusal(() => parseChannelAccessToken(longer.slice(0, 39))).problems).toMatchObject([
      { found: '39 characters' },
    ])
    expect(refusal(() => parseChannelSecret(longer.slice(0, 31))).problems).toMatchObject([{ found: '31 characters' }])
  })
})
