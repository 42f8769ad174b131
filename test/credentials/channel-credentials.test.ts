import { inspect } from 'node:util'
import {
  type ConnectForm,
  parseConnectForm,
  parseLoginCredentials,
  parseMessagingCredentials,
  type Secret,
} from 'line-oa/credentials'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { refusal } from './refusal.js'
import { samples } from './samples.js'

const { channelId, channelSecret, channelAccessToken, lineId, userId } = samples
const paths = (run: () => unknown) => refusal(run).problems.map(({ path }) => path)

describe('a connect form', () => {
  const filled = {
    accountName: ' 株式会社\u3000例 👩\u200d💻\n',
    channelId: ` ${channelId}\u200b`,
    channelSecret: `${channelSecret}\n`,
    channelAccessToken,
    lineId: '216RUJVQ',
  }

  test('gives the five values clean, and the two secrets hidden', () => {
    const form = parseConnectForm(filled)
    expect(form).toMatchObject({ accountName: '株式会社\u3000例 👩\u200d💻', channelId, lineId })
    expect(form.channelSecret.reveal()).toBe(channelSecret)
    expect(form.channelAccessToken?.reveal()).toBe(channelAccessToken)
    const shown = JSON.stringify(form) + inspect(form, { depth: 9, showHidden: true })
    expect(shown).not.toContain(channelSecret)
    expect(shown).not.toContain(channelAccessToken)
  })

  test('needs channel ID and channel secret, and leaves blank fields out', () => {
    const form = parseConnectForm({
      accountName: ' ',
      channelId,
      channelSecret,
      channelAccessToken: '',
      lineId: undefined,
    })
    expect(Object.keys(form)).toEqual(['channelId', 'channelSecret'])
    expect(paths(() => parseConnectForm({}))).toEqual(['channelId', 'channelSecret'])
  })

  test('needs what is required of it, in its type too', () => {
    const required = ['accountName', 'channelAccessToken', 'lineId'] as const
    const form = parseConnectForm(filled, { required })
    expectTypeOf(form.lineId).toEqualTypeOf<string>()
    expectTypeOf(form.channelAccessToken).toEqualTypeOf<Secret>()
    expectTypeOf(parseConnectForm(filled).lineId).toEqualTypeOf<string | undefined>()
    expectTypeOf(form).toExtend<ConnectForm>()
    expect(paths(() => parseConnectForm({ lineId: ' ' }, { required }))).toEqual([
      'accountName',
      'channelId',
      'channelSecret',
      'channelAccessToken',
      'lineId',
    ])
  })

  test('that was filled in the wrong order is told field by field, in one error', () => {
    const wrong = {
      accountName: channelAccessToken,
      channelId: channelSecret,
      channelSecret: channelId,
      channelAccessToken: `Bearer ${channelAccessToken}`,
      lineId: userId,
    }
    const error = refusal(() => parseConnectForm(wrong))
    expect(error.problems.map(({ path, found }) => [path, found])).toEqual([
      ['accountName', '172 characters, the form of a channel access token'],
      ['channelId', '32 hex characters, the form of a channel secret'],
      ['channelSecret', '10 digits, the form of a channel ID'],
      ['channelAccessToken', 'a text that begins with Bearer'],
      ['lineId', 'a user ID'],
    ])
    for (const { message } of error.problems) expect(error.message).toContain(message)
    for (const value of Object.values(wrong)) expect(JSON.stringify(error)).not.toContain(value)
  })

  test('has names of at most 100 UTF-16 units', () => {
    expect(parseConnectForm({ ...filled, accountName: 'あ'.repeat(100) }).accountName).toHaveLength(100)
    expect(paths(() => parseConnectForm({ ...filled, accountName: 'あ'.repeat(101) }))).toEqual(['accountName'])
  })

  test('may come from a real form', () => {
    const data = new FormData()
    for (const [name, value] of Object.entries(filled)) data.set(name, value)
    expect(parseConnectForm(Object.fromEntries(data)).lineId).toBe(lineId)
  })

  test('refuses IDs that are known to be of other things', () => {
    expect(refusal(() => parseConnectForm(filled, { loginChannelIds: [channelId] })).message).toContain(
      'LINE Login channel',
    )
    expect(refusal(() => parseConnectForm(filled, { providerIds: [channelId] })).message).toContain('provider')
  })

  test.each([null, undefined, 'channelId=1', [filled]])('%j is no form', (values) => {
    expect(refusal(() => parseConnectForm(values as object)).problems).toMatchObject([{ path: 'form' }]) // what a caller without types may give
  })
})

describe('the credentials of a channel', () => {
  const values = { channelId: `\u3000${channelId}`, channelSecret }

  test('are its ID and its secret', () => {
    for (const credentials of [parseMessagingCredentials(values), parseLoginCredentials(values)]) {
      expect(credentials.channelId).toBe(channelId)
      expect(credentials.channelSecret.reveal()).toBe(channelSecret)
      expect(Object.keys(credentials)).toEqual(['channelId', 'channelSecret'])
    }
  })

  test('are refused with all their problems', () => {
    const swapped = { channelId: channelSecret, channelSecret: channelId }
    expect(paths(() => parseMessagingCredentials(swapped))).toEqual(['channelId', 'channelSecret'])
    expect(paths(() => parseLoginCredentials({ channelSecret: '' }))).toEqual(['channelId', 'channelSecret'])
  })

  test('are refused when the ID is that of a channel of the other kind', () => {
    expect(refusal(() => parseMessagingCredentials(values, { loginChannelIds: [channelId] })).problems).toMatchObject([
      { path: 'channelId', found: 'the ID of a LINE Login channel' },
    ])
    expect(refusal(() => parseLoginCredentials(values, { messagingChannelIds: [channelId] })).problems).toMatchObject([
      { path: 'channelId', found: 'the ID of a Messaging API channel' },
    ])
  })
})
