import { describe, expect, test } from 'vitest'
import { inbox, inputError, refusal, setup, text } from '../setup.js'

const day = 24 * 60 * 60 * 1000
const unknownUser = `U${'0'.repeat(32)}`

/** A group and a multi-person chat with Mika, a friend, and Ken, who is not one. The account is in both, with a webhook receiver. */
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

describe('chat information', () => {
  test('the summary has name and icon of a group', async () => {
    const { line, group, outside, emulator, account } = await joined()
    expect((await line(`GET /v2/bot/group/${group.groupId}/summary`)).body).toEqual({
      groupId: group.groupId,
      groupName: 'Tea friends',
      pictureUrl: 'https://pictures.example/us',
    })
    expect(await line(`GET /v2/bot/group/${outside.groupId}/summary`)).toMatchObject(refusal(404))
    const plain = emulator.createGroup({ name: 'Plain', members: [] })
    await plain.invite(account)
    expect((await line(`GET /v2/bot/group/${plain.groupId}/summary`)).body).toEqual({
      groupId: plain.groupId,
      groupName: 'Plain',
    })
  })

  test('the member count does not include the account', async () => {
    const { line, bothPaths, group, room, emulator } = await joined()
    for (const path of bothPaths) expect((await line(`GET ${path}/members/count`)).body).toEqual({ count: 2 })
    for (const chat of [group, room]) await chat.add(emulator.createPerson({ displayName: 'Aoi' }))
    for (const path of bothPaths) expect((await line(`GET ${path}/members/count`)).body).toEqual({ count: 3 })
  })

  test('the profile of a member has no status message and language, friend or not', async () => {
    const { line, bothPaths, userId, kenId, person, account } = await joined()
    await person.block(account)
    for (const path of bothPaths) {
      expect((await line(`GET ${path}/member/${kenId}`)).body).toEqual({
        userId: kenId,
        displayName: 'Ken',
        pictureUrl: 'https://pictures.example/ken',
      })
      expect((await line(`GET ${path}/member/${userId}`)).body).toEqual({ userId, displayName: 'Mika' })
      expect(await line(`GET ${path}/member/${unknownUser}`)).toMatchObject(refusal(404))
    }
  })

  test('chats that the account is not in are not found', async () => {
    const { line, outside, kenId } = await joined()
    const paths = [`group/${outside.groupId}`, `group/C${'0'.repeat(32)}`, `room/R${'0'.repeat(32)}`]
    for (const path of paths) {
      for (const rest of ['members/count', 'members/ids', `member/${kenId}`])
        expect(await line(`GET /v2/bot/${path}/${rest}`)).toMatchObject(refusal(404))
    }
  })

  test('an invalid ID is refused', async () => {
    const { line, bothPaths } = await joined()
    for (const rest of ['summary', 'members/count', 'members/ids', `member/${unknownUser}`])
      expect(await line(`GET /v2/bot/group/tea/${rest}`)).toMatchObject(refusal(400))
    expect(await line('POST /v2/bot/group/tea/leave')).toMatchObject(refusal(400))
    for (const rest of ['members/count', 'members/ids', `member/${unknownUser}`])
      expect(await line(`GET /v2/bot/room/tea/${rest}`)).toMatchObject(refusal(400))
    expect(await line('POST /v2/bot/room/tea/leave')).toMatchObject(refusal(400))
    for (const path of bothPaths) expect(await line(`GET ${path}/member/mika`)).toMatchObject(refusal(400))
  })
})

describe('member IDs', () => {
  test('require a verified account', async () => {
    const { line, bothPaths } = await joined('unverified')
    for (const path of bothPaths) {
      expect(await line(`GET ${path}/members/ids`)).toMatchObject(refusal(403))
    }
  })

  test('have pages of 100, friends or not', async () => {
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

  test('refuse a start of another list, an unknown one, and one older than 24 hours', async () => {
    const { line, bothPaths, group, room, emulator } = await joined()
    for (const chat of [group, room])
      await chat.add(...Array.from({ length: 99 }, () => emulator.createPerson({ displayName: 'Guest' })))
    const [inGroup = '', inRoom = ''] = bothPaths
    const { next } = (await line(`GET ${inGroup}/members/ids`)).body as { next: string } // 101 members
    expect(await line(`GET ${inRoom}/members/ids?start=${next}`)).toMatchObject(refusal(400))
    expect(await line(`GET /v2/bot/followers/ids?start=${next}`)).toMatchObject(refusal(400))
    expect(await line(`GET ${inGroup}/members/ids?start=made-up`)).toMatchObject(refusal(400))
    await emulator.clock.advance(day - 1)
    expect((await line(`GET ${inGroup}/members/ids?start=${next}`)).status).toBe(200)
    await emulator.clock.advance(1)
    expect(await line(`GET ${inGroup}/members/ids?start=${next}`)).toMatchObject(refusal(400))
  })
})

describe('leaving', () => {
  test('a group can be left once', async () => {
    const { line, group, receiver, emulator, push, person } = await joined()
    const { groupId } = group
    expect(await line(`POST /v2/bot/group/${groupId}/leave`)).toMatchObject({ status: 200, body: {} })
    await emulator.clock.advance(0)
    expect(receiver.events().at(-1)).toMatchObject({ type: 'leave', source: { type: 'group', groupId } })
    expect(await line(`POST /v2/bot/group/${groupId}/leave`)).toMatchObject(refusal(404))
    expect(await line(`GET /v2/bot/group/${groupId}/summary`)).toMatchObject(refusal(404))
    expect(await push(groupId)).toMatchObject(refusal(400))
    expect(await group.send(person, 'alone again')).toBeUndefined()
  })

  test('leaving a multi-person chat again succeeds', async () => {
    const { line, room, receiver, emulator } = await joined()
    const { roomId } = room
    for (let count = 0; count < 2; count++)
      expect(await line(`POST /v2/bot/room/${roomId}/leave`)).toMatchObject({ status: 200, body: {} })
    await emulator.clock.advance(0)
    expect(receiver.events().filter(({ type }) => type === 'leave')).toMatchObject([
      { source: { type: 'room', roomId } },
    ])
    expect(await line(`POST /v2/bot/room/R${'0'.repeat(32)}/leave`)).toMatchObject(refusal(404))
  })

  test('another account cannot make the account leave a multi-person chat', async () => {
    const { room, emulator, line, person, token } = await joined()
    const other = emulator.createAccount({ name: 'Other' })
    const path = `POST /v2/bot/room/${room.roomId}/leave`
    expect((await line(path, undefined, { token: other.issueLongLivedToken() })).status).toBe(200)
    expect((await line(`GET /v2/bot/room/${room.roomId}/members/count`, undefined, { token })).body).toEqual({
      count: 2,
    })
    expect(await room.send(person, 'still here?')).toMatchObject({ reason: 'ok' })
  })

  test('another account can join after the account has left', async () => {
    const { line, group, emulator, account } = await joined()
    const other = emulator.createAccount({ name: 'Other', settings: { joinGroups: true } })
    await expect(group.invite(other)).rejects.toEqual(inputError)
    await line(`POST /v2/bot/group/${group.groupId}/leave`)
    expect(await group.invite(other)).toMatchObject({ event: { type: 'join' } })
    await expect(group.invite(account)).rejects.toEqual(inputError)
  })

  test('members can remove the account', async () => {
    const { group, receiver, line } = await joined()
    expect(await group.removeAccount()).toMatchObject({ reason: 'ok' })
    expect(receiver.events().at(-1)).toMatchObject({ type: 'leave' })
    expect(await group.removeAccount()).toBeUndefined()
    expect(await line(`GET /v2/bot/group/${group.groupId}/summary`)).toMatchObject(refusal(404))
  })
})

describe('chat events', () => {
  test('a multi-person chat sends the join event with its first other event', async () => {
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

  test('members who join and leave are reported', async () => {
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
    await expect(group.leave(ken)).rejects.toEqual(inputError)
    await expect(group.send(ken, 'let me in')).rejects.toEqual(inputError)
  })

  test('a multi-person chat gets pushes and replies, and its members are counted', async () => {
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
