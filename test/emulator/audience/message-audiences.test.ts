import { describe, expect, test } from 'vitest'
import { type Extras, inputError, refusal, text } from '../setup.js'
import { day, path, refused, someId, withAudiences } from './audiences.js'

async function withFriends(count: number) {
  const world = await withAudiences()
  const friends = [world.person]
  for (let at = 1; at < count; at++) {
    const friend = world.emulator.createPerson({ displayName: `Friend ${at}` })
    await friend.addFriend(world.account)
    friends.push(friend)
  }
  const broadcast = async () =>
    (await world.line('POST /v2/bot/message/broadcast', { messages: [text('news')] })).headers.get(
      'x-line-request-id',
    ) ?? ''
  const narrowcast = async (recipient: object) => {
    const sent = await world.line('POST /v2/bot/message/narrowcast', { messages: [text('news')], recipient })
    await world.emulator.clock.advance(2000)
    const requestId = sent.headers.get('x-line-request-id')
    const { body } = await world.line(`GET /v2/bot/message/progress/narrowcast?requestId=${requestId}`)
    return { sent, progress: body }
  }
  return { ...world, friends, broadcast, narrowcast }
}

describe('an audience of a message', () => {
  test('is ready when 50 people saw the message', async () => {
    const { broadcast, line, idOf, shown, emulator } = await withFriends(50)
    const requestId = await broadcast()
    const answer = await line(`POST ${path}/imp`, { description: 'saw', requestId })
    expect(answer).toMatchObject({ status: 202, body: { type: 'IMP', requestId, permission: 'READ_WRITE' } })
    expect((await shown(idOf(answer))).audienceGroup.status).toBe('IN_PROGRESS')
    await emulator.clock.advance(2000)
    expect(await shown(idOf(answer))).toMatchObject({
      audienceGroup: { status: 'READY', audienceCount: 50, requestId },
      jobs: [],
    })
  })

  test('stays in progress when 49 people saw the message', async () => {
    const { broadcast, line, idOf, shown, emulator } = await withFriends(49)
    const id = idOf(await line(`POST ${path}/imp`, { description: 'saw', requestId: await broadcast() }))
    await emulator.clock.advance(day)
    expect((await shown(id)).audienceGroup).toMatchObject({ status: 'IN_PROGRESS', audienceCount: 49 })
  })

  test('has each user who opened a link once', async () => {
    const { broadcast, line, idOf, shown, emulator, account, friends } = await withFriends(60)
    const requestId = await broadcast()
    const { open } = emulator.admin.audiences(account)
    open(requestId, 'https://example.com/a', friends.slice(0, 30))
    open(requestId, 'https://example.com/b', friends.slice(10, 60))
    const click = async (clickUrl?: string) =>
      idOf(await line(`POST ${path}/click`, { description: 'c', requestId, clickUrl }))
    const [any, a, b] = [await click(), await click('https://example.com/a'), await click('https://example.com/b')]
    await emulator.clock.advance(2000)
    expect((await shown(any)).audienceGroup).toMatchObject({ type: 'CLICK', status: 'READY', audienceCount: 60 })
    expect((await shown(a)).audienceGroup).toMatchObject({ status: 'IN_PROGRESS', clickUrl: 'https://example.com/a' })
    expect((await shown(b)).audienceGroup).toMatchObject({ status: 'READY', audienceCount: 50 })
  })

  test('is refused a second time, and for an unknown, foreign or old message', async () => {
    const { broadcast, line, emulator } = await withFriends(2)
    const requestId = await broadcast()
    const create = (kind: 'imp' | 'click', of: string, extras?: Extras) =>
      line(`POST ${path}/${kind}`, { description: 'x', requestId: of }, extras)
    expect((await create('imp', requestId)).status).toBe(202)
    expect(await create('imp', requestId)).toMatchObject(refused('AUDIENCE_GROUP_REQUESTID_DUPLICATE'))
    expect((await create('click', requestId)).status).toBe(202)
    expect(await create('imp', 'nonsense')).toMatchObject(refused('REQUEST_NOT_FOUND'))
    const token = emulator.createAccount({ name: 'Other' }).issueLongLivedToken()
    expect(await create('imp', requestId, { token })).toMatchObject(refused('WRONG_BOT_ID'))
    const old = await broadcast()
    await emulator.clock.advance(60 * day + 1)
    expect(await create('imp', old)).toMatchObject(refused('TOO_OLD_MESSAGES'))
  })

  test('is refused for a narrowcast that is not sent yet', async () => {
    const { line, emulator } = await withFriends(2)
    const sent = await line('POST /v2/bot/message/narrowcast', { messages: [text('news')] })
    const requestId = sent.headers.get('x-line-request-id')
    const create = () => line(`POST ${path}/imp`, { description: 'x', requestId })
    expect(await create()).toMatchObject(refused('REQUEST_NOT_FOUND'))
    await emulator.clock.advance(2000)
    expect((await create()).status).toBe(202)
  })
})

describe('the state that tests set', () => {
  test('is refused for audiences and messages of other accounts', async () => {
    const { created, emulator, account, broadcast, shown } = await withFriends(1)
    const [id, requestId] = [await created(), await broadcast()]
    const other = emulator.admin.audiences(emulator.createAccount({ name: 'Other' }))
    expect(() => other.setStatus(id, 'FAILED')).toThrow(inputError)
    expect(() => other.open(requestId, 'https://example.com', [])).toThrow(inputError)
    emulator.admin.audiences(account).setStatus(id, 'FAILED', 'INTERNAL_ERROR')
    expect((await shown(id)).audienceGroup).toMatchObject({ status: 'FAILED', failedType: 'INTERNAL_ERROR' })
  })
})

describe('a narrowcast to an audience', () => {
  test('reaches the friends in the audience only', async () => {
    const { created, narrowcast, emulator, friends, account } = await withFriends(5)
    const [one, two] = friends.map((friend) => ({ id: friend.userIdFor(account) }))
    const audienceGroupId = await created({ audiences: [one, two, { id: someId(1) }] })
    await emulator.clock.advance(2000)
    const recipient = { type: 'audience', audienceGroupId }
    expect((await narrowcast(recipient)).progress).toMatchObject({ phase: 'succeeded', targetCount: 2 })
    expect(friends.map((friend) => friend.chatWith(account).length)).toEqual([1, 1, 0, 0, 0])
    expect((await narrowcast({ type: 'operator', not: recipient })).progress).toMatchObject({ targetCount: 3 })
  })

  test('is refused while the audience is not ready', async () => {
    const { created, narrowcast } = await withFriends(1)
    const audienceGroupId = await created({ audiences: [] })
    expect((await narrowcast({ type: 'audience', audienceGroupId })).sent).toMatchObject(refusal(400))
  })

  test('fails for a shared audience of fewer than 50 people, alone and among others', async () => {
    const { created, narrowcast, emulator, account, friends } = await withFriends(60)
    const owner = { serviceType: 'bm', id: '1', name: 'Group' }
    const add = (count: number) =>
      emulator.admin
        .audiences(account)
        .add({ description: 's', people: friends.slice(0, count), owner, status: 'READY' })
    const uploaded = await created()
    await emulator.clock.advance(2000)
    const audience = (audienceGroupId: number) => ({ type: 'audience', audienceGroupId })
    expect((await narrowcast(audience(add(49)))).progress).toMatchObject({ phase: 'failed', errorCode: 2 })
    expect((await narrowcast(audience(add(50)))).progress).toMatchObject({ phase: 'succeeded', targetCount: 50 })
    const several = (...ids: number[]) => ({ type: 'operator', or: ids.map(audience) })
    expect((await narrowcast(several(add(49), uploaded))).progress).toMatchObject({ phase: 'failed', errorCode: 4 })
    expect((await narrowcast(several(add(50), uploaded))).progress).toMatchObject({ phase: 'succeeded' })
  })
})
