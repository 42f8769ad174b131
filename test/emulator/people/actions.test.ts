import { createReceiver, type Filter } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'
import { inbox, inputError, setup } from '../setup.js'

async function connected() {
  const world = await setup()
  const receiver = inbox()
  world.account.connect(receiver)
  const common = () => ({
    webhookEventId: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
    timestamp: world.emulator.clock.now(),
    mode: 'active',
    deliveryContext: { isRedelivery: false },
    replyToken: expect.stringMatching(/^[0-9a-f]{32}$/),
  })
  world.account.settings.joinGroups = true
  const group = world.emulator.createGroup({ name: 'Family', members: [world.person] })
  return { ...world, receiver, common, group, source: { type: 'user', userId: world.userId } }
}

describe('edit()', () => {
  test('sends an event with the new text, the same message ID and another quote token', async () => {
    const { person, account, receiver, common, group, emulator, userId } = await connected()
    await group.invite(account)
    const sent = await group.send(person, 'helo')
    await emulator.clock.advance(5)
    const messageId = sent?.event.message.id ?? ''
    await person.edit(messageId, 'hello')
    const edited = receiver.events().at(-1)
    expect(edited).toEqual({
      type: 'messageEdited',
      message: { type: 'text', id: messageId, text: 'hello', quoteToken: expect.any(String) },
      source: { type: 'group', groupId: group.groupId, userId },
      ...common(),
    })
    expect(edited?.message?.quoteToken).not.toBe(
      sent && 'quoteToken' in sent.event.message && sent.event.message.quoteToken,
    )
    expect(group.chatWith(account)).toMatchObject([
      { from: 'person', message: { text: 'hello' }, at: emulator.clock.now() - 5 },
    ])
  })

  test('can be repeated, and the message can be unsent afterwards', async () => {
    const { person, account, receiver, group } = await connected()
    await group.invite(account)
    const messageId = (await group.send(person, 'a'))?.event.message.id ?? ''
    await person.edit(messageId, 'b')
    await person.edit(messageId, 'c')
    await person.unsend(messageId)
    expect(receiver.events().map(({ type }) => type)).toEqual([
      'join',
      'message',
      'messageEdited',
      'messageEdited',
      'unsend',
    ])
    expect(group.chatWith(account)).toEqual([])
    await expect(person.edit(messageId, 'd')).rejects.toEqual(inputError)
  })

  test('sends no event after the account has left', async () => {
    const { person, account, receiver, group } = await connected()
    await group.invite(account)
    const messageId = (await group.send(person, 'a'))?.event.message.id ?? ''
    await group.removeAccount()
    expect(await person.edit(messageId, 'b')).toBeUndefined()
    expect(receiver.events().at(-1)).toMatchObject({ type: 'leave' })
  })

  test('is refused for other messages than own texts in group chats', async () => {
    const { person, account, emulator, group } = await connected()
    await group.invite(account)
    const alone = (await person.send(account, 'a')).event.message.id
    await expect(person.edit(alone, 'b')).rejects.toEqual(inputError)
    const sticker =
      (await group.send(person, { type: 'sticker', packageId: '446', stickerId: '1988' }))?.event.message.id ?? ''
    await expect(person.edit(sticker, 'b')).rejects.toEqual(inputError)
    const text = (await group.send(person, 'a'))?.event.message.id ?? ''
    await expect(emulator.createPerson({ displayName: 'Ren' }).edit(text, 'b')).rejects.toEqual(inputError)
    await expect(person.edit('0', 'b')).rejects.toEqual(inputError)
    const other = emulator.createAccount({ name: 'Other' })
    Object.assign(other.settings, { joinGroups: true })
    const room = emulator.createRoom({ members: [person] })
    await room.invite(other)
    const inRoom = (await room.send(person, 'a'))?.event.message.id ?? ''
    await expect(person.edit(inRoom, 'b')).rejects.toEqual(inputError)
  })
})

describe('meetBeacon()', () => {
  test.each([
    [{ hwid: '0123456789' }, { hwid: '0123456789', type: 'enter' }],
    [{ hwid: 'abcdef0123', type: 'stay', dm: '00ff' } as const, { hwid: 'abcdef0123', type: 'stay', dm: '00ff' }],
    [{ hwid: 'abcdef0123', type: 'banner', dm: undefined } as const, { hwid: 'abcdef0123', type: 'banner' }],
  ])('sends an event for %j', async (met, beacon) => {
    const { person, account, receiver, common, source } = await connected()
    expect(await person.meetBeacon(account, met)).toMatchObject({ reason: 'ok' })
    expect(receiver.events()).toEqual([{ type: 'beacon', beacon, source, ...common() }])
  })

  test.each([
    { hwid: '012345678' },
    { hwid: '01234567890' },
    { hwid: 'x123456789' },
    { hwid: '0123456789', dm: 'f' },
    { hwid: '0123456789', dm: '' },
    { hwid: '0123456789', dm: '00'.repeat(14) },
  ])('refuses %j', async (met) => {
    const { person, account } = await connected()
    await expect(person.meetBeacon(account, met)).rejects.toEqual(inputError)
  })

  test('is refused for an account that the user has blocked', async () => {
    const { person, account } = await connected()
    await person.block(account)
    await expect(person.meetBeacon(account, { hwid: '0123456789' })).rejects.toEqual(inputError)
  })
})

test('watchVideo() sends an event for each time a video with a tracking ID is watched', async () => {
  const { person, account, receiver, common, source, line, userId } = await connected()
  await expect(person.watchVideo(account, 'opening')).rejects.toEqual(inputError)
  const video = {
    type: 'video',
    originalContentUrl: 'https://v.example/v.mp4',
    previewImageUrl: 'https://v.example/v.png',
    trackingId: 'opening',
  }
  expect((await line('POST /v2/bot/message/push', { to: userId, messages: [video] })).status).toBe(200)
  await person.watchVideo(account, 'opening')
  await person.watchVideo(account, 'opening')
  const event = { type: 'videoPlayComplete', videoPlayComplete: { trackingId: 'opening' }, source, ...common() }
  expect(receiver.events()).toEqual([event, event])
  await expect(person.watchVideo(account, 'ending')).rejects.toEqual(inputError)
})

test('every action of a person reaches the handler of its filter', async () => {
  const { emulator, person, account, group, line, userId } = await setup().then(async (world) => {
    world.account.settings.joinGroups = true
    return { ...world, group: world.emulator.createGroup({ name: 'Family', members: [world.person] }) }
  })
  const seen: string[] = []
  const receiver = createReceiver({
    channelSecret: account.channelSecret,
    onError: (error) => expect.fail(String(error)),
  })
  const filters: Filter[] = [
    ...(['text', 'image', 'video', 'audio', 'file', 'location', 'sticker'] as const).map(
      (type) => `message:${type}` as const,
    ),
    ...([
      'messageEdited',
      'unsend',
      'follow',
      'unfollow',
      'join',
      'leave',
      'memberJoined',
      'memberLeft',
      'postback',
    ] as const),
    ...(['videoPlayComplete', 'beacon', 'accountLink', 'membership'] as const),
  ]
  for (const filter of filters) receiver.on(filter, () => void seen.push(filter))
  receiver.on('unknown', ({ event }) => expect.fail(JSON.stringify(event)))
  account.connect(receiver)

  await person.send(account, 'hello')
  for (const type of ['image', 'video', 'audio'] as const) await person.send(account, { type })
  await person.send(account, { type: 'file', fileName: 'menu.pdf' })
  await person.send(account, { type: 'location', latitude: 35.65, longitude: 139.7 })
  await person.send(account, { type: 'sticker', packageId: '446', stickerId: '1988' })
  await person.block(account)
  await person.unblock(account)
  await group.invite(account)
  const messageId = (await group.send(person, 'helo'))?.event.message.id ?? ''
  await person.edit(messageId, 'hello')
  await person.unsend(messageId)
  const other = emulator.createPerson({ displayName: 'Ren' })
  await group.add(other)
  await group.leave(other)
  await group.removeAccount()
  const buy = { type: 'postback', label: 'Buy', data: 'action=buy' } as const
  const shown = { type: 'template', altText: 'x', template: { type: 'buttons', text: 'Tea?', actions: [buy] } }
  await line('POST /v2/bot/message/push', { to: userId, messages: [shown] })
  await person.tap(account, buy)
  await person.meetBeacon(account, { hwid: '0123456789' })
  const video = {
    type: 'video',
    originalContentUrl: 'https://v.example/v.mp4',
    previewImageUrl: 'https://v.example/v.png',
    trackingId: 'opening',
  }
  await line('POST /v2/bot/message/push', { to: userId, messages: [video] })
  await person.watchVideo(account, 'opening')
  const { linkToken } = (await line(`POST /v2/bot/user/${userId}/linkToken`)).body as { linkToken: string } // LINE's response
  await person.linkAccount(
    `https://access.line.me/dialog/bot/accountLink?linkToken=${linkToken}&nonce=bm9uY2Utb2YtbWluZQ`,
  )
  const { membershipId } = account.offerMembership({
    title: 'Tea Club',
    description: 'Tea',
    benefits: ['Tea'],
    price: 500,
  })
  await person.joinMembership(account, membershipId)
  expect(new Set(seen)).toEqual(new Set(filters))
})
