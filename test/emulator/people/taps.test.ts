import type { Action } from 'line-oa'
import { describe, expect, test } from 'vitest'
import { menu, withMenus } from '../messaging/rich-menus.js'
import { inbox, inputError } from '../setup.js'

async function connected() {
  const world = await withMenus()
  const receiver = inbox()
  world.account.connect(receiver)
  const common = {
    webhookEventId: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
    timestamp: world.emulator.clock.now(),
    mode: 'active',
    deliveryContext: { isRedelivery: false },
    source: { type: 'user', userId: world.userId },
    replyToken: expect.stringMatching(/^[0-9a-f]{32}$/),
  }
  const linked = async (areas: readonly object[]): Promise<string> => {
    const made = await world.line('POST /v2/bot/richmenu', { ...menu, areas })
    const { richMenuId } = made.body as { richMenuId: string } // LINE's response
    await world.upload(richMenuId)
    await world.line(`POST /v2/bot/user/${world.userId}/richmenu/${richMenuId}`)
    return richMenuId
  }
  return { ...world, receiver, common, linked }
}

const postback = { type: 'postback', label: 'Buy', data: 'action=buy' } as const

describe('tap()', () => {
  test('a postback action sends its data with a reply token', async () => {
    const { person, account, receiver, common, line } = await connected()
    const report = await person.tap(account, postback)
    expect(report).toMatchObject({ reason: 'ok', event: { type: 'postback' } })
    expect(receiver.events()).toEqual([{ type: 'postback', postback: { data: 'action=buy' }, ...common }])
    const messages = [{ type: 'text', text: 'bought' }]
    expect(
      (await line('POST /v2/bot/message/reply', { replyToken: receiver.events()[0]?.replyToken, messages })).status,
    ).toBe(200)
  })

  test('the displayText of a postback action is in the chat, and sends no message event', async () => {
    const { person, account, receiver } = await connected()
    await person.tap(account, { ...postback, displayText: 'I buy it' })
    expect(receiver.events().map(({ type }) => type)).toEqual(['postback'])
    expect(person.chatWith(account).at(-1)).toMatchObject({ from: 'person', message: { text: 'I buy it' } })
  })

  test('the deprecated `text` of a postback action also sends a message event', async () => {
    const { person, account, receiver } = await connected()
    await person.tap(account, { ...postback, text: 'I buy it' })
    expect(receiver.events().map(({ type, message }) => [type, message?.['text']])).toEqual([
      ['message', 'I buy it'],
      ['postback', undefined],
    ])
  })

  test('a message action sends its text', async () => {
    const { person, account, receiver } = await connected()
    await person.tap(account, { type: 'message', label: 'Menu', text: 'menu' })
    expect(receiver.events()).toMatchObject([{ type: 'message', message: { type: 'text', text: 'menu' } }])
  })

  test.each<[string, Action, string | undefined, object]>([
    ['a date', { type: 'datetimepicker', label: 'x', data: 'd', mode: 'date' }, '2028-02-29', { date: '2028-02-29' }],
    ['a time', { type: 'datetimepicker', label: 'x', data: 'd', mode: 'time' }, '23:59', { time: '23:59' }],
    [
      'a date and time',
      { type: 'datetimepicker', label: 'x', data: 'd', mode: 'datetime', min: '2026-06-18t06:15' },
      '2026-06-18T06:15',
      { datetime: '2026-06-18T06:15' },
    ],
    [
      'its initial value',
      { type: 'datetimepicker', label: 'x', data: 'd', mode: 'date', initial: '2026-06-18' },
      undefined,
      { date: '2026-06-18' },
    ],
  ])('a date picker sends %s', async (_, action, choice, params) => {
    const { person, account, receiver, common } = await connected()
    await person.tap(account, action, choice)
    expect(receiver.events()).toEqual([{ type: 'postback', postback: { data: 'd', params }, ...common }])
  })

  test.each<[string, 'date' | 'time' | 'datetime', string | undefined]>([
    ['no value', 'date', undefined],
    ['a day that does not exist', 'date', '2026-02-30'],
    ['a time that does not exist', 'time', '24:00'],
    ['another format', 'date', '18/06/2026'],
    ['a value of another mode', 'datetime', '2026-06-18'],
    ['a value below min', 'date', '2026-06-17'],
    ['a value above max', 'date', '2026-06-21'],
  ])('a date picker refuses %s', async (_, mode, choice) => {
    const { person, account, receiver } = await connected()
    const limits = mode === 'date' ? { min: '2026-06-18', max: '2026-06-20' } : {}
    const tapped = person.tap(account, { type: 'datetimepicker', label: 'x', data: 'd', mode, ...limits }, choice)
    await expect(tapped).rejects.toEqual(inputError)
    expect(receiver.events()).toEqual([])
  })

  test('an action that stays on the phone sends no event', async () => {
    const { person, account, receiver } = await connected()
    const actions: Action[] = [
      { type: 'uri', label: 'x', uri: 'https://shop.example/' },
      { type: 'clipboard', label: 'x', clipboardText: 'code' },
      { type: 'camera', label: 'x' },
      { type: 'cameraRoll', label: 'x' },
      { type: 'location', label: 'x' },
    ]
    for (const action of actions) expect(await person.tap(account, action)).toBeUndefined()
    expect(receiver.events()).toEqual([])
  })

  test('is refused for a blocked account, and for a rich menu switch outside of a rich menu', async () => {
    const { person, account } = await connected()
    const away: Action = { type: 'richmenuswitch', richMenuAliasId: 'b', data: 'to-b' }
    await expect(person.tap(account, away)).rejects.toEqual(inputError)
    await person.block(account)
    await expect(person.tap(account, postback)).rejects.toEqual(inputError)
  })

  test('in a group sends the group and the user as the source', async () => {
    const { person, account, emulator, receiver, userId } = await connected()
    account.settings.joinGroups = true
    const group = emulator.createGroup({ name: 'Family', members: [person] })
    expect(await group.tap(person, postback)).toBeUndefined()
    await group.invite(account)
    await group.tap(person, postback)
    expect(receiver.events().at(-1)).toMatchObject({
      type: 'postback',
      source: { type: 'group', groupId: group.groupId, userId },
    })
    const stranger = emulator.createPerson({ displayName: 'Ren' })
    await expect(group.tap(stranger, postback)).rejects.toEqual(inputError)
  })
})

describe('tapRichMenu()', () => {
  const bounds = { x: 0, y: 0, width: 100, height: 100 }

  test('runs the action of an area of the rich menu that is shown', async () => {
    const { person, account, receiver, linked } = await connected()
    await expect(person.tapRichMenu(account, 0)).rejects.toEqual(inputError)
    await linked([
      { bounds, action: { type: 'uri', uri: 'https://shop.example/' } },
      { bounds, action: { type: 'postback', data: 'tea' } },
    ])
    expect(await person.tapRichMenu(account, 0)).toBeUndefined()
    await person.tapRichMenu(account, 1)
    expect(receiver.events()).toMatchObject([{ type: 'postback', postback: { data: 'tea' } }])
    await expect(person.tapRichMenu(account, 2)).rejects.toEqual(inputError)
  })

  test('switches to another rich menu, and sends an event', async () => {
    const { person, account, receiver, common, linked, createWithImage, line } = await connected()
    const other = await createWithImage()
    await line('POST /v2/bot/richmenu/alias', { richMenuAliasId: 'b', richMenuId: other })
    await linked([{ bounds, action: { type: 'richmenuswitch', richMenuAliasId: 'b', data: 'to-b' } }])
    await person.tapRichMenu(account, 0)
    const params = { newRichMenuAliasId: 'b', status: 'SUCCESS' }
    expect(receiver.events()).toEqual([{ type: 'postback', postback: { data: 'to-b', params }, ...common }])
    expect(person.richMenuFor(account)).toMatchObject({ richMenuId: other })
  })

  test('sends the reason when the switch fails, and keeps the rich menu', async () => {
    const { person, account, receiver, linked, createWithImage, line } = await connected()
    const here = await linked([{ bounds, action: { type: 'richmenuswitch', richMenuAliasId: 'b', data: 'to-b' } }])
    await person.tapRichMenu(account, 0)
    const gone = await createWithImage()
    await line('POST /v2/bot/richmenu/alias', { richMenuAliasId: 'b', richMenuId: gone })
    await line(`DELETE /v2/bot/richmenu/${gone}`)
    await person.tapRichMenu(account, 0)
    expect(receiver.events().map(({ postback }) => postback)).toEqual([
      { data: 'to-b', params: { status: 'RICHMENU_ALIAS_ID_NOTFOUND' } },
      { data: 'to-b', params: { status: 'RICHMENU_NOTFOUND' } },
    ])
    expect(person.richMenuFor(account)).toMatchObject({ richMenuId: here })
  })
})
