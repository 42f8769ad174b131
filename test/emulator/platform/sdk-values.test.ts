// What SDKs in other languages send for what is not set: null, an empty header, an empty query value. LINE takes all of them as absent.
import { checkMessages, checkNarrowcast } from 'line-oa/contracts'
import { createEmulator } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'

async function setup() {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House', kind: 'verified' })
  const person = emulator.createPerson({ displayName: 'Mika' })
  await person.addFriend(account)
  const token = account.issueLongLivedToken()
  const to = person.userIdFor(account)
  const call = async (method: string, path: string, body?: object, headers: object = {}) => {
    const response = await emulator.fetch(`https://api.line.me${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text ? (JSON.parse(text) as unknown) : undefined }
  }
  return { call, to, person, account }
}

const text = { type: 'text', text: 'x' }

test('a push as the Go SDK of LINE sends it is accepted', async () => {
  const { call, to, person, account } = await setup()
  const before = person.chatWith(account).length
  const body = {
    to,
    messages: [{ ...text, quickReply: null, sender: null }],
    notificationDisabled: false,
    customAggregationUnits: null,
  }
  expect(await call('POST', '/v2/bot/message/push', body, { 'x-line-retry-key': '' })).toMatchObject({ status: 200 })
  expect(person.chatWith(account)).toHaveLength(before + 1)
})

describe('null for an optional field', () => {
  test('is absent in messages, templates and actions', async () => {
    const { call, to } = await setup()
    const actions = [{ type: 'postback', label: 'l', data: 'd', text: null, displayText: null }]
    const template = { type: 'buttons', text: 't', title: null, thumbnailImageUrl: null, imageSize: null, actions }
    const messages = [{ type: 'template', altText: 'a', template }]
    expect(checkMessages(messages)).toEqual([])
    expect((await call('POST', '/v2/bot/message/push', { to, messages })).status).toBe(200)
  })

  test('is absent in a narrowcast', async () => {
    const { call } = await setup()
    const input = { messages: [text], recipient: null, filter: null, limit: null }
    expect(checkNarrowcast(input)).toEqual([])
    expect((await call('POST', '/v2/bot/message/narrowcast', input)).status).toBe(202)
  })

  test('is refused in Flex contents, for a required field, and for the users of an audience', async () => {
    const { call, to } = await setup()
    const flex = {
      type: 'flex',
      altText: 'a',
      contents: { type: 'bubble', size: null, body: { type: 'box', layout: 'vertical', contents: [] } },
    }
    for (const messages of [
      [flex],
      [{ type: 'text', text: null }],
      [{ type: 'template', altText: 'a', template: null }],
    ]) {
      expect(checkMessages(messages)).not.toEqual([])
      expect((await call('POST', '/v2/bot/message/push', { to, messages })).status).toBe(400)
    }
    const audience = { description: 'one', audiences: null }
    expect((await call('POST', '/v2/bot/audienceGroup/upload', audience)).status).toBe(400)
  })
})

describe('a value of the other kind', () => {
  test('is taken for an ID, and checkMessages gives a hint', async () => {
    const { call, to } = await setup()
    const messages = [{ type: 'sticker', packageId: 446, stickerId: 1988 }]
    expect(checkMessages(messages)).toMatchObject([
      { path: 'messages[0].packageId', severity: 'hint' },
      { path: 'messages[0].stickerId', severity: 'hint' },
    ])
    expect((await call('POST', '/v2/bot/message/push', { to, messages })).status).toBe(200)
  })

  test('is taken for a number', async () => {
    const { call, to } = await setup()
    expect((await call('POST', '/v2/bot/chat/loading/start', { chatId: to, loadingSeconds: '20' })).status).toBe(202)
    expect((await call('POST', '/v2/bot/chat/loading/start', { chatId: to, loadingSeconds: 'long' })).status).toBe(400)
  })
})

describe('query values', () => {
  test('that are empty are absent', async () => {
    const { call, to } = await setup()
    await call('POST', '/v2/bot/audienceGroup/upload', { description: 'one', audiences: [{ id: to }] })
    const { status, body } = await call(
      'GET',
      '/v2/bot/audienceGroup/list?page=1&size=20&status=&createRoute=&description=',
    )
    expect([status, body]).toMatchObject([200, { audienceGroups: [{ description: 'one' }] }])
    expect((await call('GET', '/v2/bot/followers/ids?start=&limit=10')).body).toEqual({ userIds: [to] })
  })

  test('of a list may have commas or be repeated', async () => {
    const { call } = await setup()
    for (const query of ['status=DRAFT,RUNNING', 'status=DRAFT&status=RUNNING', 'status='])
      expect(await call('GET', `/v2/bot/coupon?${query}`)).toMatchObject({ status: 200, body: { items: [] } })
    expect((await call('GET', '/v2/bot/coupon?status=DRAFT,UNKNOWN')).status).toBe(400)
  })
})

test('a component that LINE has discontinued is named, with what replaced it, and only types of its layout are offered', () => {
  const box = (layout: string, type: string) => [
    { type: 'flex', altText: 'a', contents: { type: 'bubble', body: { type: 'box', layout, contents: [{ type }] } } },
  ]
  const [spacer] = checkMessages(box('vertical', 'spacer'))
  expect(spacer?.found).toContain('spacer')
  expect(spacer?.message).toContain('padding')
  expect(spacer?.allowed).not.toContain('icon')
  const [other] = checkMessages(box('baseline', 'button-bar'))
  expect(other?.allowed).toContain('icon')
  expect(other?.allowed).not.toContain('button')
})
