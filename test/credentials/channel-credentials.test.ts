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

describe('parseConnectForm', () => {
  const filled = {
    accountName: ' 株式会社\u3000例 👩\u200d💻\n',
    channelId: ` ${channelId}\u200b`,
    channelSecret: `${channelSecret}\n`,
    channelAccessToken,
    lineId: '216RUJVQ',
  }

  test('returns the five values cleaned and hides the two secrets', () => {
    const form = parseConnectForm(filled)
    expect(form).toMatchObject({ accountName: '株式会社\u3000例 👩\u200d💻', channelId, lineId })
    expect(form.channelSecret.reveal()).toBe(channelSecret)
    expect(form.channelAccessToken?.reveal()).toBe(channelAccessToken)
    const shown = JSON.stringify(form) + inspect(form, { depth: 9, showHidden: true })
    expect(shown).not.toContain(channelSecret)
    expect(shown).not.toContain(channelAccessToken)
  })

  test('requires channel ID and channel secret, and omits blank fields', () => {
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

  test('requires the fields listed in `required`, which its return type reflects', () => {
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

  test('reports every value in a wrong field in one error', () => {
    const wrong = {
      accountName: channelAccessToken,
      channelId: channelSecret,
      channelSecret: channelId,
      channelAccessToken: `Bearer ${channelAccessToken}`,
      lineId: userId,
    }
    const error = refusal(() => parseConnectForm(wrong))
    expect(error.problems.map(({ path }) => path)).toEqual(Object.keys(wrong))
    for (const { message } of error.problems) expect(error.message).toContain(message)
    for (const value of Object.values(wrong)) expect(JSON.stringify(error)).not.toContain(value)
  })

  test('accepts account names of up to 100 UTF-16 code units', () => {
    expect(parseConnectForm({ ...filled, accountName: 'あ'.repeat(100) }).accountName).toHaveLength(100)
    expect(paths(() => parseConnectForm({ ...filled, accountName: 'あ'.repeat(101) }))).toEqual(['accountName'])
  })

  test('accepts the entries of a FormData', () => {
    const data = new FormData()
    for (const [name, value] of Object.entries(filled)) data.set(name, value)
    expect(parseConnectForm(Object.fromEntries(data)).lineId).toBe(lineId)
  })

  test('refuses IDs that are known to belong to something else', () => {
    expect(paths(() => parseConnectForm(filled, { loginChannelIds: [channelId] }))).toEqual(['channelId'])
    expect(paths(() => parseConnectForm(filled, { providerIds: [channelId] }))).toEqual(['channelId'])
  })

  test.each([null, undefined, 'channelId=1', [filled]])('refuses %j', (values) => {
    expect(refusal(() => parseConnectForm(values as object)).problems).toMatchObject([{ path: 'form' }]) // what a caller without types may give
  })
})

describe('parseMessagingCredentials and parseLoginCredentials', () => {
  const values = { channelId: `\u3000${channelId}`, channelSecret }

  test('return the channel ID and the channel secret', () => {
    for (const credentials of [parseMessagingCredentials(values), parseLoginCredentials(values)]) {
      expect(credentials.channelId).toBe(channelId)
      expect(credentials.channelSecret.reveal()).toBe(channelSecret)
      expect(Object.keys(credentials)).toEqual(['channelId', 'channelSecret'])
    }
  })

  test('report all problems at once', () => {
    const swapped = { channelId: channelSecret, channelSecret: channelId }
    expect(paths(() => parseMessagingCredentials(swapped))).toEqual(['channelId', 'channelSecret'])
    expect(paths(() => parseLoginCredentials({ channelSecret: '' }))).toEqual(['channelId', 'channelSecret'])
  })

  test('refuse the ID of a channel of the other kind', () => {
    expect(paths(() => parseMessagingCredentials(values, { loginChannelIds: [channelId] }))).toEqual(['channelId'])
    expect(paths(() => parseLoginCredentials(values, { messagingChannelIds: [channelId] }))).toEqual(['channelId'])
    expect(parseMessagingCredentials(values, { loginChannelIds: ['1657000009'] }).channelId).toBe(channelId)
    expect(parseLoginCredentials(values, { messagingChannelIds: ['1657000009'] }).channelId).toBe(channelId)
  })
})
