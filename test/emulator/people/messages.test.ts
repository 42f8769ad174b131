import type { PersonMessage } from 'line-oa/emulator'
import { createReceiver } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'
import { inbox, inputError, setup, text } from '../setup.js'

const joins = { account: { settings: { joinGroups: true } } }

async function inGroup() {
  const world = await setup(joins)
  const receiver = inbox()
  world.account.connect(receiver)
  const ren = world.emulator.createPerson({ displayName: 'Ren' })
  const quiet = world.emulator.createPerson({ displayName: 'Yui', profileConsent: false })
  const group = world.emulator.createGroup({ name: 'Family', members: [world.person, ren, quiet] })
  await group.invite(world.account)
  const last = () => receiver.events().at(-1)
  return { ...world, receiver, group, ren, quiet, last, renId: ren.userIdFor(world.account) }
}

describe('mentions', () => {
  test('have the position, the user ID, and whether the bot itself is mentioned', async () => {
    const { group, person, ren, quiet, account, last, renId } = await inGroup()
    const said = '🍵 @All @Ren and @Yui, ask @Tea House or @Ren'
    await group.send(person, { ...text(said), mentions: ['all', ren, quiet, account, ren] })
    const mention = last()?.message?.['mention'] as { mentionees: { index: number; length: number }[] } | undefined // as sent
    const mentionees = mention?.mentionees ?? []
    expect(mentionees).toEqual([
      { index: 3, length: 4, type: 'all' },
      { index: 8, length: 4, type: 'user', userId: renId, isSelf: false },
      { index: 17, length: 4, type: 'user', isSelf: false },
      { index: 27, length: 10, type: 'user', userId: account.userId, isSelf: true },
      { index: 41, length: 4, type: 'user', userId: renId, isSelf: false },
    ])
    expect(mentionees.map(({ index, length }) => said.slice(index, index + length))).toEqual([
      '@All',
      '@Ren',
      '@Yui',
      '@Tea House',
      '@Ren',
    ])
  })

  test('reach the filter for mentions of the bot', async () => {
    const { group, person, account, ren } = await inGroup()
    const receiver = createReceiver({ channelSecret: account.channelSecret })
    const heard: string[] = []
    receiver.on('message:text', ({ event }) => {
      const { mention, text: said } = event.message
      if (mention?.mentionees.some((one) => one.type === 'user' && one.isSelf)) heard.push(said)
    })
    account.connect(receiver)
    await group.send(person, { ...text('@Tea House hello'), mentions: [account] })
    await group.send(person, { ...text('@Ren hello'), mentions: [ren] })
    expect(heard).toEqual(['@Tea House hello'])
  })

  test('are refused in a one-on-one chat, of a stranger, out of order, and of more than 20', async () => {
    const { group, person, ren, account, emulator, receiver } = await inGroup()
    const before = receiver.events().length
    const stranger = emulator.createPerson({ displayName: 'Ken' })
    const other = emulator.createAccount({ name: 'Cake House' })
    const all = Array.from({ length: 21 }, () => '@All').join(' ')
    const wrong: Extract<PersonMessage, { type: 'text' }>[] = [
      { ...text('@Ken'), mentions: [stranger] },
      { ...text('@Cake House'), mentions: [other] },
      { ...text('@Ren @Tea House'), mentions: [account, ren] },
      { ...text(all), mentions: Array.from({ length: 21 }, () => 'all' as const) },
      { ...text('x'), mentions: [undefined as never] },
      { ...text('x'), mentions: 'all' as never },
    ]
    for (const message of wrong) await expect(group.send(person, message)).rejects.toEqual(inputError)
    await expect(person.send(account, { ...text('@All'), mentions: ['all'] })).rejects.toEqual(inputError)
    expect(receiver.events()).toHaveLength(before)
  })

  test('of an edited message are those of the new text', async () => {
    const { group, person, ren, account, last, renId } = await inGroup()
    const id = (await group.send(person, { ...text('@Tea House'), mentions: [account] }))?.event.message.id ?? ''
    await person.edit(id, { ...text('Hi @Ren'), mentions: [ren] })
    const mentionees = [{ index: 3, length: 4, type: 'user', userId: renId, isSelf: false }]
    expect(last()).toMatchObject({ type: 'messageEdited', message: { id, text: 'Hi @Ren', mention: { mentionees } } })
    await person.edit(id, 'Hi')
    expect(last()?.message).not.toHaveProperty('mention')
  })
})

test('LINE emoji have their position in the text', async () => {
  const { person, account } = await setup()
  const emojis = ['001', '002'].map((emojiId) => ({ text: '(love)', productId: '5ac1bfd5040ab15980c9b435', emojiId }))
  const { event } = await person.send(account, { ...text('Hi (love)(love)!'), emojis })
  expect(event.message).toMatchObject({
    text: 'Hi (love)(love)!',
    emojis: [
      { index: 3, length: 6, productId: '5ac1bfd5040ab15980c9b435', emojiId: '001' },
      { index: 9, length: 6, productId: '5ac1bfd5040ab15980c9b435', emojiId: '002' },
    ],
  })
  for (const wrong of [
    [{ text: '(hate)', productId: 'p', emojiId: 'e' }],
    [{ text: '', productId: 'p', emojiId: 'e' }],
    [{}],
    5,
  ])
    await expect(person.send(account, { ...text('Hi (love)'), emojis: wrong as never })).rejects.toEqual(inputError)
})

test('images sent at once are a set, in a one-on-one chat and in a group', async () => {
  const { person, account, group, emulator, token } = await inGroup()
  const download = async (messageId: string) => {
    const url = `https://api-data.line.me/v2/bot/message/${messageId}/content`
    return new Uint8Array(
      await (await emulator.fetch(url, { headers: { authorization: `Bearer ${token}` } })).arrayBuffer(),
    )
  }
  for (const send of [
    () => person.sendImages(account, [undefined, new Uint8Array([1, 2]), undefined]),
    () => group.sendImages(person, [undefined, new Uint8Array([1, 2]), undefined]),
  ]) {
    const sets = (await send()).map(({ event, reason }) => {
      expect(reason).toBe('ok')
      return event.message
    })
    const id = expect.stringMatching(/^[0-9A-F]{64}$/)
    expect(sets).toMatchObject([1, 2, 3].map((index) => ({ type: 'image', imageSet: { id, index, total: 3 } })))
    const ids = new Set(sets.map((message) => message.type === 'image' && message.imageSet?.id))
    expect(ids.size).toBe(1)
    const { id: messageId = '' } = sets[1] ?? {}
    expect(await download(messageId)).toEqual(new Uint8Array([1, 2]))
  }
  for (const wrong of [[], [undefined], 5, [1, 2]])
    await expect(person.sendImages(account, wrong as never)).rejects.toEqual(inputError)
})

test('a sticker has its keywords, and what was written on it', async () => {
  const { person, account } = await setup()
  const sticker = { type: 'sticker', packageId: '446', stickerId: '1988' } as const
  const contents = async (more: object) => (await person.send(account, { ...sticker, ...more })).event.message
  expect(await contents({ keywords: ['hello', 'smile'] })).toMatchObject({
    stickerResourceType: 'STATIC',
    keywords: ['hello', 'smile'],
  })
  expect(await contents({ text: 'See you' })).toMatchObject({ stickerResourceType: 'MESSAGE', text: 'See you' })
  expect(await contents({ stickerResourceType: 'ANIMATION' })).toMatchObject({ stickerResourceType: 'ANIMATION' })
  for (const wrong of [{ text: 'x'.repeat(101) }, { text: 5 }, { keywords: [5] }, { stickerResourceType: 5 }])
    await expect(contents(wrong)).rejects.toEqual(inputError)
})

describe('a LIFF app', () => {
  const url = 'https://shop.example/file'

  test('sends external content, which LINE does not have', async () => {
    const { person, account, line } = await setup()
    const [image, video, audio] = await person.sendFromLiff(account, [
      { type: 'image', originalContentUrl: url, previewImageUrl: url },
      { type: 'video', originalContentUrl: url, previewImageUrl: url },
      { type: 'audio', originalContentUrl: url, duration: 1000 },
    ])
    const both = { type: 'external', originalContentUrl: url, previewImageUrl: url }
    expect(image?.event.message).toMatchObject({ type: 'image', contentProvider: both })
    expect(video?.event.message).toMatchObject({ type: 'video', contentProvider: both })
    expect(audio?.event.message).toMatchObject({ duration: 1000, contentProvider: { originalContentUrl: url } })
    for (const report of [image, video, audio]) {
      const { id } = report?.event.message ?? { id: '' }
      expect(await line(`GET https://api-data.line.me/v2/bot/message/${id}/content`)).toMatchObject({ status: 404 })
    }
  })

  test('sends texts, stickers and locations as events, and template and Flex messages to the chat only', async () => {
    const { person, account, group, last } = await inGroup()
    const open = { type: 'uri', label: 'Open', uri: url } as const
    const reports = await group.sendFromLiff(person, [
      { type: 'text', text: 'From the app' },
      { type: 'template', altText: 'x', template: { type: 'buttons', text: 'x', actions: [open] } },
      { type: 'location', title: 'Tokyo', address: 'Tokyo', latitude: 35.6, longitude: 139.7 },
      { type: 'sticker', packageId: '446', stickerId: '1988' },
    ])
    expect(reports.map(({ event }) => event.message.type)).toEqual(['text', 'location', 'sticker'])
    expect(last()).toMatchObject({ source: { groupId: group.groupId }, message: { type: 'sticker' } })
    const chat = group.chatWith(account).map(({ from, message }) => [from, message.type])
    expect(chat).toEqual(['text', 'template', 'location', 'sticker'].map((type) => ['person', type]))
    // What a person has sent is not for the person to tap.
    await expect(group.tap(person, 'Open')).rejects.toEqual(inputError)
  })

  test('cannot send what LIFF apps cannot send', async () => {
    const { person, account } = await setup()
    const action = { type: 'postback', label: 'x', data: 'x' }
    const one = { type: 'text', text: 'x' }
    const wrong = [
      [],
      Array.from({ length: 6 }, () => one),
      [{ ...one, text: '' }],
      [{ ...one, quoteToken: 'x' }],
      [{ type: 'textV2', text: 'x' }],
      [{ type: 'template', altText: 'x', template: { type: 'buttons', text: 'x', actions: [action] } }],
      5,
      [null],
    ]
    for (const messages of wrong)
      await expect(person.sendFromLiff(account, messages as never)).rejects.toEqual(inputError)
    expect(person.chatWith(account)).toEqual([])
  })
})

describe('a user without consent to the profile information', () => {
  test('has no user ID in the events of groups, and in no list', async () => {
    const { group, quiet, account, line, last, person, emulator, userId, renId } = await inGroup()
    await quiet.addFriend(account)
    await group.send(quiet, 'hello')
    expect(last()?.source).toEqual({ type: 'group', groupId: group.groupId })
    const quietId = quiet.userIdFor(account)
    expect((await line(`GET /v2/bot/group/${group.groupId}/members/ids`)).body).toEqual({ memberIds: [userId, renId] })
    expect((await line('GET /v2/bot/followers/ids')).body).toEqual({ userIds: [userId] })
    expect((await line(`GET /v2/bot/profile/${quietId}`)).status).toBe(404)
    expect((await line(`GET /v2/bot/group/${group.groupId}/member/${quietId}`)).status).toBe(404)
    expect((await line(`GET /v2/bot/group/${group.groupId}/members/count`)).body).toEqual({ count: 3 })
    const other = emulator.createPerson({ displayName: 'Aoi', profileConsent: false })
    await group.add(other, emulator.createPerson({ displayName: 'Ken' }))
    expect(last()).toMatchObject({ type: 'memberJoined', joined: { members: [{ type: 'user' }] } })
    await group.leave(person)
    expect(last()).toMatchObject({ type: 'memberLeft', left: { members: [{ type: 'user', userId }] } })
  })

  test('joins a membership without an event', async () => {
    const { account, quiet, last, line } = await inGroup()
    await quiet.addFriend(account)
    const { membershipId } = account.offerMembership({ title: 'Tea Club', price: 500 })
    const before = last()
    expect(await quiet.joinMembership(account, membershipId)).toBeUndefined()
    expect(last()).toBe(before)
    expect((await line(`GET /v2/bot/membership/${membershipId}/users/ids`)).body).toEqual({ userIds: [] })
  })
})

test('a deleted LINE account gets nothing, is in no answer, and does nothing', async () => {
  const { person, account, group, line, userId, receiver, emulator } = await inGroup()
  const login = emulator.createLoginChannel({ published: true })
  const { accessToken } = await emulator.issueLiffTokens(person, login)
  const before = receiver.events().length
  person.deleteLineAccount()
  expect((await line('POST /v2/bot/message/push', { to: userId, messages: [text('x')] })).status).toBe(200)
  expect((await line('POST /v2/bot/message/broadcast', { messages: [text('x')] })).status).toBe(200)
  expect(person.chatWith(account)).toEqual([])
  expect((await line(`GET /v2/bot/profile/${userId}`)).status).toBe(404)
  expect((await line('GET /v2/bot/followers/ids')).body).toEqual({ userIds: [] })
  expect((await line(`GET /v2/bot/group/${group.groupId}/members/count`)).body).toEqual({ count: 2 })
  const profile = await emulator.fetch('https://api.line.me/v2/profile', {
    headers: { authorization: `Bearer ${accessToken}` },
  })
  expect(profile.status).toBe(401)
  for (const act of [
    () => person.send(account, 'x'),
    () => person.addFriend(account),
    () => person.block(account),
    () => person.tap(account, 'x'),
    () => person.login('https://access.line.me/oauth2/v2.1/authorize'),
    () => group.send(person, 'x'),
    () => group.add(person),
  ])
    await expect(act()).rejects.toEqual(inputError)
  expect(receiver.events()).toHaveLength(before)
})

test('an entry of a chat says how the account sent it', async () => {
  const { person, account, line, userId, emulator } = await setup({ account: { settings: { greeting: true } } })
  const messages = [text('x')]
  await line('POST /v2/bot/message/multicast', { to: [userId], messages })
  await line('POST /v2/bot/message/broadcast', { messages })
  await line('POST /v2/bot/message/narrowcast', { messages })
  await emulator.clock.advance(10_000)
  account.connect(
    inbox(async (_, { events }) => {
      await line('POST /v2/bot/message/reply', { replyToken: events[0]?.replyToken, messages })
      return new Response()
    }),
  )
  await person.send(account, 'hello')
  expect(person.chatWith(account).map((entry) => (entry.from === 'account' ? entry.via : entry.from))).toEqual([
    'greeting',
    'multicast',
    'broadcast',
    'narrowcast',
    'person',
    'reply',
  ])
})
