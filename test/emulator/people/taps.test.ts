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
  // Sends quick reply buttons to a chat.
  const show = async (to: string, ...actions: readonly Action[]): Promise<void> => {
    const items = actions.map((action) => ({ type: 'action', action }))
    const messages = [{ type: 'text', text: 'Choose', quickReply: { items } }]
    expect((await world.line('POST /v2/bot/message/push', { to, messages })).status).toBe(200)
  }
  return { ...world, receiver, common, linked, show }
}

const postback = { type: 'postback', label: 'Buy', data: 'action=buy' } as const

describe('tap()', () => {
  test('a postback action sends its data with a reply token', async () => {
    const { person, account, receiver, common, line, show, userId } = await connected()
    await show(userId, postback)
    const report = await person.tap(account, postback)
    expect(report).toMatchObject({ reason: 'ok', event: { type: 'postback' } })
    expect(receiver.events()).toEqual([{ type: 'postback', postback: { data: 'action=buy' }, ...common }])
    const messages = [{ type: 'text', text: 'bought' }]
    expect(
      (await line('POST /v2/bot/message/reply', { replyToken: receiver.events()[0]?.replyToken, messages })).status,
    ).toBe(200)
  })

  test('the displayText of a postback action is in the chat, and sends no message event', async () => {
    const { person, account, receiver, show, userId } = await connected()
    await show(userId, { ...postback, displayText: 'I buy it' })
    await person.tap(account, 'Buy')
    expect(receiver.events().map(({ type }) => type)).toEqual(['postback'])
    expect(person.chatWith(account).at(-1)).toMatchObject({ from: 'person', message: { text: 'I buy it' } })
  })

  test('the deprecated `text` of a postback action also sends a message event', async () => {
    const { person, account, receiver, show, userId } = await connected()
    await show(userId, { ...postback, text: 'I buy it' })
    await person.tap(account, 'Buy')
    expect(receiver.events().map(({ type, message }) => [type, message?.['text']])).toEqual([
      ['message', 'I buy it'],
      ['postback', undefined],
    ])
  })

  test('a message action sends its text', async () => {
    const { person, account, receiver, show, userId } = await connected()
    await show(userId, { type: 'message', label: 'Menu', text: 'menu' })
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
    const { person, account, receiver, common, show, userId } = await connected()
    await show(userId, action)
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
    const { person, account, receiver, show, userId } = await connected()
    const limits = mode === 'date' ? { min: '2026-06-18', max: '2026-06-20' } : {}
    await show(userId, { type: 'datetimepicker', label: 'x', data: 'd', mode, ...limits })
    await expect(person.tap(account, 'x', choice)).rejects.toEqual(inputError)
    expect(receiver.events()).toEqual([])
    // The button is still there.
    await person.tap(account, 'x', { date: '2026-06-18', time: '06:15', datetime: '2026-06-18T06:15' }[mode])
    expect(receiver.events()).toHaveLength(1)
  })

  test('an action that stays on the phone sends no event', async () => {
    const { person, account, receiver, show, userId } = await connected()
    const actions: Action[] = [
      { type: 'uri', label: 'x', uri: 'https://shop.example/' },
      { type: 'clipboard', label: 'x', clipboardText: 'code' },
      { type: 'camera', label: 'x' },
      { type: 'cameraRoll', label: 'x' },
      { type: 'location', label: 'x' },
    ]
    for (const action of actions) {
      await show(userId, ...actions)
      expect(await person.tap(account, action)).toBeUndefined()
    }
    expect(receiver.events()).toEqual([])
  })

  test('is refused for a blocked account, and for what is no action', async () => {
    const { person, account, show, userId } = await connected()
    await show(userId, postback)
    for (const wrong of [undefined, null, 5, {}, []])
      await expect(person.tap(account, wrong as never)).rejects.toEqual(inputError)
    await person.block(account)
    await expect(person.tap(account, postback)).rejects.toEqual(inputError)
  })

  test('in a group sends the group and the user as the source', async () => {
    const { person, account, emulator, receiver, userId, show } = await connected()
    account.settings.joinGroups = true
    const group = emulator.createGroup({ name: 'Family', members: [person] })
    expect(await group.tap(person, postback)).toBeUndefined()
    await group.invite(account)
    await expect(group.tap(person, postback)).rejects.toEqual(inputError)
    await show(group.groupId, postback)
    await group.tap(person, 'Buy')
    expect(receiver.events().at(-1)).toMatchObject({
      type: 'postback',
      source: { type: 'group', groupId: group.groupId, userId },
    })
    const stranger = emulator.createPerson({ displayName: 'Ren' })
    await expect(group.tap(stranger, postback)).rejects.toEqual(inputError)
  })
})

describe('tap() accepts only what is shown', () => {
  const button = (label: string, data: string) => ({ type: 'button', action: { type: 'postback', label, data } })
  const flex = (...contents: readonly object[]) => ({
    type: 'flex',
    altText: 'x',
    contents: { type: 'bubble', body: { type: 'box', layout: 'vertical', contents } },
  })

  test('buttons of template and Flex messages and areas of an imagemap, by label; of several the newest', async () => {
    const { person, account, receiver, line, userId } = await connected()
    const template = {
      type: 'buttons',
      text: 'Tea?',
      defaultAction: { type: 'message', label: 'More', text: 'more' },
      actions: [{ type: 'postback', label: 'Buy', data: 'old' }],
    }
    const area = { x: 0, y: 0, width: 10, height: 10 }
    const imagemap = {
      type: 'imagemap',
      baseUrl: 'https://shop.example/map',
      altText: 'Map',
      baseSize: { width: 1040, height: 1040 },
      actions: [{ type: 'message', label: 'Shop', text: 'the shop', area }],
    }
    const messages = [imagemap, { type: 'template', altText: 'x', template }, flex(button('Buy', 'new'))]
    expect((await line('POST /v2/bot/message/push', { to: userId, messages })).status).toBe(200)
    for (const label of ['Buy', 'More', 'Shop']) await person.tap(account, label)
    await person.tap(account, { type: 'postback', label: 'Buy', data: 'old' })
    await person.tap(account, imagemap.actions[0] as Action)
    expect(
      receiver
        .events()
        .map(({ postback, message }) => (postback as { data?: string } | undefined)?.data ?? message?.['text']),
    ).toEqual(['new', 'more', 'the shop', 'old', 'the shop'])
    await expect(person.tap(account, 'Sell')).rejects.toEqual(inputError)
    await expect(person.tap(account, { type: 'postback', label: 'Buy', data: 'other' })).rejects.toEqual(inputError)
  })

  test('areas of the rich menu, by label, with a switch to another one', async () => {
    const { person, account, receiver, linked } = await connected()
    const bounds = { x: 0, y: 0, width: 100, height: 100 }
    await linked([
      { bounds, action: { type: 'postback', label: 'Tea', data: 'tea' } },
      { bounds, action: { type: 'richmenuswitch', label: 'More', richMenuAliasId: 'b', data: 'to-b' } },
    ])
    await person.tap(account, 'Tea')
    await person.tap(account, 'More')
    expect(receiver.events()).toMatchObject([
      { postback: { data: 'tea' } },
      { postback: { data: 'to-b', params: { status: 'RICHMENU_ALIAS_ID_NOTFOUND' } } },
    ])
  })

  test('quick reply buttons of the last message only, until one of them is tapped', async () => {
    const { person, account, show, userId } = await connected()
    await show(userId, postback, { type: 'camera', label: 'Photo' })
    await person.tap(account, 'Photo')
    await person.tap(account, 'Buy')
    await expect(person.tap(account, 'Buy')).rejects.toEqual(inputError)
    await show(userId, postback)
    const said = await person.send(account, 'hello')
    await expect(person.tap(account, 'Buy')).rejects.toEqual(inputError)
    await person.unsend(said.event.message.id)
    await person.tap(account, 'Buy')
  })

  test('not what another person or another account was sent', async () => {
    const { person, account, emulator, show, userId } = await connected()
    await show(userId, postback)
    const other = emulator.createPerson({ displayName: 'Ren' })
    await other.addFriend(account)
    await expect(other.tap(account, 'Buy')).rejects.toEqual(inputError)
    await expect(person.tap(emulator.createAccount({ name: 'Cake House' }), 'Buy')).rejects.toEqual(inputError)
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
