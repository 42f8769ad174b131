import { describe, expect, test } from 'vitest'
import { inbox, setup, text } from '../setup.js'

const day = 24 * 60 * 60 * 1000
const notFound = { status: 404, body: { message: 'Not found' } }
const refusal = expect.objectContaining({ code: 'LINE_INPUT' })
const nobody = `U${'0'.repeat(32)}`

/** A group and a room of Mika, a friend, and Ken, who is none; the account is in both, and hears what happens. */
async function joined(kind: 'unverified' | 'verified' = 'verified') {
  const world = await setup({ account: { kind, settings: { joinGroups: true } } })
  const { emulator, account, person } = world
  const ken = emulator.createPerson({ displayName: 'Ken', pictureUrl: 'https://pictures.example/ken', language: 'en' })
  const group = emulator.createGroup({
    name: 'Tea friends',
    members: [person, ken],
    pictureUrl: 'https://pictures.example/us',
  })
  const room = emulator.createRoom({ members: [person, ken] })
  const receiver = inbox()
  account.connect(receiver)
  await group.invite(account)
  await room.invite(account)
  const outside = emulator.createGroup({ name: 'Others', members: [ken] })
  const bothPaths = [`/v2/bot/group/${group.groupId}`, `/v2/bot/room/${room.roomId}`]
  return { ...world, ken, kenId: ken.userIdFor(account), group, room, outside, receiver, bothPaths }
}

describe('what an account learns of its chats', () => {
  test('name and icon of a group', async () => {
    const { line, group, outside, emulator, account } = await joined()
    expect((await line(`GET /v2/bot/group/${group.groupId}/summary`)).body).toEqual({
      groupId: group.groupId,
      groupName: 'Tea friends',
      pictureUrl: 'https://pictures.example/us',
    })
    expect(await line(`GET /v2/bot/group/${outside.groupId}/summary`)).toMatchObject(notFound)
    const plain = emulator.createGroup({ name: 'Plain', members: [] })
    await plain.invite(account)
    expect((await line(`GET /v2/bot/group/${plain.groupId}/summary`)).body).toEqual({
      groupId: plain.groupId,
      groupName: 'Plain',
    })
  })

  test('how many people are in, without the account itself', async () => {
    const { line, bothPaths, group, room, emulator } = await joined()
    for (const path of bothPaths) expect((await line(`GET ${path}/members/count`)).body).toEqual({ count: 2 })
    for (const chat of [group, room]) await chat.add(emulator.createPerson({ displayName: 'Aoi' }))
    for (const path of bothPaths) expect((await line(`GET ${path}/members/count`)).body).toEqual({ count: 3 })
  })

  test('the profile of a member, friend or not, without status message and language', async () => {
    const { line, bothPaths, userId, kenId, person, account } = await joined()
    await person.block(account)
    for (const path of bothPaths) {
      expect((await line(`GET ${path}/member/${kenId}`)).body).toEqual({
        userId: kenId,
        displayName: 'Ken',
        pictureUrl: 'https://pictures.example/ken',
      })
      expect((await line(`GET ${path}/member/${userId}`)).body).toEqual({ userId, displayName: 'Mika' })
      expect(await line(`GET ${path}/member/${nobody}`)).toMatchObject(notFound)
    }
  })

  test('nothing of a chat that it is not in, whatever there is', async () => {
    const { line, outside, kenId } = await joined()
    const paths = [`group/${outside.groupId}`, `group/C${'0'.repeat(32)}`, `room/R${'0'.repeat(32)}`]
    for (const path of paths) {
      for (const rest of ['members/count', 'members/ids', `member/${kenId}`])
        expect(await line(`GET /v2/bot/${path}/${rest}`)).toMatchObject(notFound)
    }
  })

  test('an ID of another form is refused by its name', async () => {
    const { line, bothPaths } = await joined()
    const refused = (name: string) => ({
      status: 400,
      body: { message: `The value for the '${name}' parameter is invalid` },
    })
    for (const rest of ['summary', 'members/count', 'members/ids', `member/${nobody}`])
      expect(await line(`GET /v2/bot/group/tea/${rest}`)).toMatchObject(refused('groupId'))
    expect(await line('POST /v2/bot/group/tea/leave')).toMatchObject(refused('groupId'))
    for (const rest of ['members/count', 'members/ids', `member/${nobody}`])
      expect(await line(`GET /v2/bot/room/tea/${rest}`)).toMatchObject(refused('roomId'))
    expect(await line('POST /v2/bot/room/tea/leave')).toMatchObject(refused('roomId'))
    for (const path of bothPaths) expect(await line(`GET ${path}/member/mika`)).toMatchObject(refused('userId'))
  })
})

describe('member IDs', () => {
  test('are for verified accounts', async () => {
    const { line, bothPaths } = await joined('unverified')
    for (const path of bothPaths) {
      expect(await line(`GET ${path}/members/ids`)).toMatchObject({
        status: 403,
        body: { message: 'Access to this API is not available for your account' },
      })
    }
  })

  test('come a hundred at a time, friends or not', async () => {
    const { line, bothPaths, group, room, emulator, account, userId, kenId } = await joined()
    const more = Array.from({ length: 99 }, (_, at) => emulator.createPerson({ displayName: `Guest ${at}` }))
    for (const chat of [group, room]) await chat.add(...more)
    const all = [userId, kenId, ...more.map((one) => one.userIdFor(account))]
    for (const path of bothPaths) {
      const first = await line(`GET ${path}/members/ids`)
      expect(first.body).toEqual({ memberIds: all.slice(0, 100), next: expect.any(String) })
      const { next } = first.body as { next: string } // as the line above says
      expect((await line(`GET ${path}/members/ids?start=${next}`)).body).toEqual({ memberIds: all.slice(100) })
    }
  })

  test('a token of another list, an invented one and one of yesterday are refused', async () => {
    const { line, bothPaths, group, room, emulator } = await joined()
    for (const chat of [group, room])
      await chat.add(...Array.from({ length: 99 }, () => emulator.createPerson({ displayName: 'Guest' })))
    const [inGroup = '', inRoom = ''] = bothPaths
    const { next } = (await line(`GET ${inGroup}/members/ids`)).body as { next: string } // 101 members
    const refused = { status: 400, body: { message: 'Invalid start param' } }
    expect(await line(`GET ${inRoom}/members/ids?start=${next}`)).toMatchObject(refused)
    expect(await line(`GET /v2/bot/followers/ids?start=${next}`)).toMatchObject(refused)
    expect(await line(`GET ${inGroup}/members/ids?start=made-up`)).toMatchObject(refused)
    await emulator.clock.advance(day - 1)
    expect((await line(`GET ${inGroup}/members/ids?start=${next}`)).status).toBe(200)
    await emulator.clock.advance(1)
    expect(await line(`GET ${inGroup}/members/ids?start=${next}`)).toMatchObject(refused)
  })
})

describe('leaving', () => {
  test('a group is left once', async () => {
    const { line, group, receiver, emulator, push, person } = await joined()
    const { groupId } = group
    expect(await line(`POST /v2/bot/group/${groupId}/leave`)).toMatchObject({ status: 200, body: {} })
    await emulator.clock.advance(0)
    expect(receiver.events().at(-1)).toMatchObject({ type: 'leave', source: { type: 'group', groupId } })
    expect(await line(`POST /v2/bot/group/${groupId}/leave`)).toMatchObject(notFound)
    expect(await line(`GET /v2/bot/group/${groupId}/summary`)).toMatchObject(notFound)
    expect(await push(groupId)).toMatchObject({ status: 400, body: { message: 'Failed to send messages' } })
    expect(await group.send(person, 'alone again')).toBeUndefined()
  })

  test('a room can be left again', async () => {
    const { line, room, receiver, emulator } = await joined()
    const { roomId } = room
    for (let count = 0; count < 2; count++)
      expect(await line(`POST /v2/bot/room/${roomId}/leave`)).toMatchObject({ status: 200, body: {} })
    await emulator.clock.advance(0)
    expect(receiver.events().filter(({ type }) => type === 'leave')).toMatchObject([
      { source: { type: 'room', roomId } },
    ])
    expect(await line(`POST /v2/bot/room/R${'0'.repeat(32)}/leave`)).toMatchObject(notFound)
  })

  test('a room is left by the account itself alone', async () => {
    const { room, emulator, line, person, token } = await joined()
    const other = emulator.createAccount({ name: 'Other' })
    const path = `POST /v2/bot/room/${room.roomId}/leave`
    expect((await line(path, undefined, { token: other.issueLongLivedToken() })).status).toBe(200)
    expect((await line(`GET /v2/bot/room/${room.roomId}/members/count`, undefined, { token })).body).toEqual({
      count: 2,
    })
    expect(await room.send(person, 'still here?')).toMatchObject({ reason: 'ok' })
  })

  test('another account may come then', async () => {
    const { line, group, emulator, account } = await joined()
    const other = emulator.createAccount({ name: 'Other', settings: { joinGroups: true } })
    await expect(group.invite(other)).rejects.toEqual(refusal)
    await line(`POST /v2/bot/group/${group.groupId}/leave`)
    expect(await group.invite(other)).toMatchObject({ event: { type: 'join' } })
    await expect(group.invite(account)).rejects.toEqual(refusal)
  })

  test('members can remove it', async () => {
    const { group, receiver, line } = await joined()
    expect(await group.removeAccount()).toMatchObject({ reason: 'ok' })
    expect(receiver.events().at(-1)).toMatchObject({ type: 'leave' })
    expect(await group.removeAccount()).toBeUndefined()
    expect(await line(`GET /v2/bot/group/${group.groupId}/summary`)).toMatchObject(notFound)
  })
})

describe('what happens in a chat', () => {
  test('a room tells that the account is in with the first thing that happens', async () => {
    const { room, receiver, person, userId } = await joined()
    const { roomId } = room
    const ofRoom = () => receiver.events().filter(({ source }) => source?.type === 'room')
    expect(ofRoom()).toEqual([])
    await room.send(person, 'hello')
    await room.send(person, 'again')
    expect(ofRoom()).toMatchObject([
      { type: 'join', source: { type: 'room', roomId }, replyToken: expect.any(String) },
      { type: 'message', source: { type: 'room', roomId, userId }, message: { text: 'hello' } },
      { type: 'message', message: { text: 'again' } },
    ])
  })

  test('people come and go', async () => {
    const { group, receiver, emulator, account, ken, kenId } = await joined()
    const [aoi, yui] = [emulator.createPerson({ displayName: 'Aoi' }), emulator.createPerson({ displayName: 'Yui' })]
    const { groupId } = group
    await group.add(aoi, yui, ken)
    await group.leave(ken)
    expect(receiver.events().slice(-2)).toMatchObject([
      {
        type: 'memberJoined',
        source: { type: 'group', groupId },
        joined: { members: [aoi, yui].map((one) => ({ type: 'user', userId: one.userIdFor(account) })) },
        replyToken: expect.any(String),
      },
      { type: 'memberLeft', source: { type: 'group', groupId }, left: { members: [{ type: 'user', userId: kenId }] } },
    ])
    expect(receiver.events().at(-1)).not.toHaveProperty('replyToken')
    expect(await group.add(aoi)).toBeUndefined()
    await expect(group.leave(ken)).rejects.toEqual(refusal)
    await expect(group.send(ken, 'let me in')).rejects.toEqual(refusal)
  })

  test('a room gets pushes and replies, and counts its people', async () => {
    const { room, receiver, person, push, line, account } = await joined()
    await room.send(person, 'hello')
    expect((await push(room.roomId, 'to all')).status).toBe(200)
    const replyToken = receiver.events().at(-1)?.replyToken
    expect((await line('POST /v2/bot/message/reply', { replyToken, messages: [text('hi')] })).status).toBe(200)
    expect(room.chatWith(account).map(({ from, message }) => [from, message])).toEqual([
      ['person', text('hello')],
      ['account', text('to all')],
      ['account', text('hi')],
    ])
    expect((await line('GET /v2/bot/message/quota/consumption')).body).toEqual({ totalUsage: 2 })
  })
})
