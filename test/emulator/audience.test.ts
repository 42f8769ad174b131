import { describe, expect, test } from 'vitest'
import type { EmulatorOptions } from '../../src/emulator/index.js'
import { type Extras, read, setup, text } from './setup.js'

const day = 24 * 60 * 60 * 1000
const path = '/v2/bot/audienceGroup'

interface Shown {
  readonly audienceGroup: { readonly audienceGroupId: number; readonly status: string; readonly audienceCount: number }
  readonly jobs: readonly object[]
}

const refused = (code: string, more: object = {}) => ({ status: 400, body: { details: [{ message: code }], ...more } })
const notFound = refused('AUDIENCE_GROUP_NOT_FOUND', { message: 'audience group not found' })
const someId = (at: number) => `U${String(at).padStart(32, '0')}`
const idsOf = (count: number) => Array.from({ length: count }, (_, at) => ({ id: someId(at) }))

async function withAudiences(options: EmulatorOptions = {}) {
  const world = await setup(options)
  const { emulator, line, token, userId } = world
  const create = (more: object = {}, extras?: Extras) =>
    line(`POST ${path}/upload`, { description: 'spring', audiences: [{ id: userId }], ...more }, extras)
  const idOf = ({ body }: { readonly body: unknown }) => (body as { audienceGroupId: number }).audienceGroupId // what creating answers
  const created = async (more?: object) => idOf(await create(more))
  const get = (id: number, extras?: Extras) => line(`GET ${path}/${id}`, undefined, extras)
  const shown = async (id: number) => (await get(id)).body as Shown // the answer to the line above
  const list = async (query: string) => (await line(`GET ${path}/list?${query}`)).body as { audienceGroups: { description: string }[] }
  const byFile = async (method: 'POST' | 'PUT', fields: { readonly [name: string]: string }, file: Blob) => {
    const body = new FormData()
    for (const name in fields) body.append(name, fields[name] ?? '')
    body.append('file', file, 'ids.txt')
    const headers = { authorization: `Bearer ${token}` }
    return read(await emulator.fetch(`https://api-data.line.me${path}/upload/byFile`, { method, body, headers }))
  }
  return { ...world, create, created, get, shown, list, byFile, idOf }
}

const lines = (content: string, type = 'text/plain') => new Blob([content], { type })

describe('an audience of uploaded IDs', () => {
  test('is accepted, filled on the clock, and then ready', async () => {
    const { create, get, shown, emulator, idOf, userId } = await withAudiences()
    const answer = await create({ uploadDescription: 'first' })
    const audienceGroupId = idOf(answer)
    const created = Date.UTC(2026, 0, 1) / 1000
    const about = {
      audienceGroupId,
      createRoute: 'MESSAGING_API',
      type: 'UPLOAD',
      description: 'spring',
      created,
      permission: 'READ_WRITE',
    }
    const more = { expireTimestamp: created + (180 * day) / 1000, isIfaAudience: false }
    expect(answer).toMatchObject({ status: 202, body: { ...about, ...more } })
    expect(userId).toMatch(/^U/)
    const job = {
      audienceGroupJobId: expect.any(Number),
      audienceGroupId,
      description: 'first',
      type: 'DIFF_ADD',
      failedType: null,
      created,
    }
    expect(await get(audienceGroupId)).toMatchObject({
      status: 200,
      body: {
        audienceGroup: { ...about, ...more, status: 'IN_PROGRESS', audienceCount: 0 },
        jobs: [{ ...job, jobStatus: 'QUEUED', audienceCount: 0 }],
      },
    })
    await emulator.clock.advance(1000)
    expect((await shown(audienceGroupId)).jobs).toEqual([{ ...job, jobStatus: 'WORKING', audienceCount: 0 }])
    await emulator.clock.advance(1000)
    expect(await shown(audienceGroupId)).toMatchObject({
      audienceGroup: { status: 'READY', audienceCount: 1 },
      jobs: [{ ...job, jobStatus: 'FINISHED', audienceCount: 1 }],
    })
  })

  test('stays in progress while it is empty', async () => {
    const { created, shown, emulator } = await withAudiences()
    const id = await created({ audiences: [] })
    await emulator.clock.advance(day)
    expect(await shown(id)).toMatchObject({ audienceGroup: { status: 'IN_PROGRESS', audienceCount: 0 }, jobs: [] })
  })

  test('stays ready while IDs are added, and counts nobody twice', async () => {
    const { created, shown, line, emulator } = await withAudiences()
    const id = await created({ audiences: idsOf(3) })
    await emulator.clock.advance(2000)
    const add = await line(`PUT ${path}/upload`, { audienceGroupId: id, audiences: idsOf(5) })
    expect(add).toMatchObject({ status: 202, body: {} })
    expect((await shown(id)).audienceGroup).toMatchObject({ status: 'READY', audienceCount: 3 })
    await emulator.clock.advance(2000)
    expect(await shown(id)).toMatchObject({
      audienceGroup: { status: 'READY', audienceCount: 5 },
      jobs: [{ description: null }, { jobStatus: 'FINISHED' }],
    })
  })

  test('takes 10 jobs at a time', async () => {
    const { created, line, emulator } = await withAudiences()
    const audienceGroupId = await created()
    const add = () => line(`PUT ${path}/upload`, { audienceGroupId, audiences: idsOf(1) })
    for (let count = 1; count < 10; count++) expect((await add()).status).toBe(202)
    expect((await add()).status).toBe(429)
    await emulator.clock.advance(2000)
    expect((await add()).status).toBe(202)
  })

  test('expires after 180 days, takes no more IDs then, and is gone a month later', async () => {
    const { created, shown, get, line, emulator } = await withAudiences()
    const audienceGroupId = await created()
    await emulator.clock.advance(180 * day - 1)
    expect((await shown(audienceGroupId)).audienceGroup.status).toBe('READY')
    await emulator.clock.advance(1)
    expect((await shown(audienceGroupId)).audienceGroup.status).toBe('EXPIRED')
    expect(await line(`PUT ${path}/upload`, { audienceGroupId, audiences: idsOf(1) })).toMatchObject(
      refused('AUDIENCE_GROUP_CAN_NOT_UPLOAD_STATUS_EXPIRED'),
    )
    await emulator.clock.advance(30 * day)
    expect(await get(audienceGroupId)).toMatchObject(notFound)
  })

  test('of advertising IDs hides a count below 20, and takes no user IDs', async () => {
    const { created, create, shown, emulator } = await withAudiences()
    const ifa = (at: number) => ({ id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}` })
    const few = await created({ isIfaAudience: true, audiences: Array.from({ length: 19 }, (_, at) => ifa(at)) })
    const enough = await created({ isIfaAudience: true, audiences: Array.from({ length: 20 }, (_, at) => ifa(at)) })
    await emulator.clock.advance(2000)
    expect((await shown(few)).audienceGroup.audienceCount).toBe(0)
    expect((await shown(enough)).audienceGroup.audienceCount).toBe(20)
    expect(await create({ isIfaAudience: true })).toMatchObject(refused('UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT'))
  })
})

describe('what LINE refuses', () => {
  test.each([
    ['an empty name', { description: '' }, 'AUDIENCE_GROUP_NAME_EMPTY'],
    ['no name', { description: undefined }, 'AUDIENCE_GROUP_NAME_EMPTY'],
    ['a name of spaces', { description: '  ' }, 'AUDIENCE_GROUP_NAME_EMPTY'],
    ['a name with a line end', { description: 'a\nb' }, 'AUDIENCE_GROUP_NAME_WRONG'],
    ['a name of 121', { description: 'x'.repeat(121) }, 'AUDIENCE_GROUP_NAME_SIZE_OVER'],
    ['an upload description of 301', { uploadDescription: 'x'.repeat(301) }, 'AUDIENCE_GROUP_UPLOAD_DESCRIPTION_SIZE_OVER'],
    ['10,001 IDs', { audiences: idsOf(10_001) }, 'UPLOAD_AUDIENCE_GROUP_TOO_MANY_AUDIENCE_IDS'],
    ['one ID that is none', { audiences: [...idsOf(2), { id: 'U1' }] }, 'UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT'],
    ['an empty ID', { audiences: [{ id: '' }] }, 'UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT'],
    ['an ID that is missing', { audiences: [{}] }, 'UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT'],
  ])('%s', async (_, input, code) => {
    const { create, list } = await withAudiences()
    expect(await create(input)).toMatchObject(refused(code))
    expect((await list('page=1')).audienceGroups).toEqual([])
  })

  test('a name that is too long and wrong IDs, in the texts of its page', async () => {
    const { create } = await withAudiences()
    expect((await create({ description: 'x'.repeat(121) })).body).toEqual({
      message: 'size over audienceGroupName',
      details: [{ message: 'AUDIENCE_GROUP_NAME_SIZE_OVER' }],
    })
    expect((await create({ audiences: [{ id: 'U1' }] })).body).toEqual({
      message: 'Invalid audience id format',
      details: [{ message: 'UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT', property: 'audiences' }],
    })
  })

  test('a name that is no text, as everywhere', async () => {
    const { create } = await withAudiences()
    expect(await create({ description: 5 })).toMatchObject({ status: 400, body: { message: expect.stringContaining('description') } })
  })

  test('the 1,001st audience', async () => {
    const { create, created, line } = await withAudiences()
    const first = await created()
    for (let count = 1; count < 1000; count++) await create()
    expect(await create()).toMatchObject(refused('AUDIENCE_GROUP_COUNT_MAX_OVER'))
    expect((await line(`DELETE ${path}/${first}`)).status).toBe(202)
    expect((await create()).status).toBe(202)
  })

  test('audiences of nobody and of another account', async () => {
    const { created, get, line, emulator } = await withAudiences()
    const id = await created()
    const token = emulator.createAccount({ name: 'Other' }).issueLongLivedToken()
    expect(await get(5)).toMatchObject(notFound)
    expect(await get(id, { token })).toMatchObject(notFound)
    expect(await line(`DELETE ${path}/${id}`, undefined, { token })).toMatchObject(notFound)
    expect(await line(`PUT ${path}/${id}/updateDescription`, { description: 'x' }, { token })).toMatchObject(notFound)
    expect(await line(`PUT ${path}/upload`, { audienceGroupId: id, audiences: idsOf(1) }, { token })).toMatchObject(notFound)
    expect((await get(id)).status).toBe(200)
  })

  test('an ID in the path that is no number', async () => {
    const { line } = await withAudiences()
    expect(await line(`GET ${path}/five`)).toMatchObject({
      status: 400,
      body: { message: "The value for the 'audienceGroupId' parameter is invalid" },
    })
  })

  test('the 61st call of a minute, where rates are kept', async () => {
    const { list, line, emulator } = await withAudiences({ enforceRateLimits: true })
    for (let count = 0; count < 60; count++) await list('page=1')
    expect((await line(`GET ${path}/list?page=1`)).status).toBe(429)
    await emulator.clock.advance(1000)
    expect((await line(`GET ${path}/list?page=1`)).status).toBe(200)
  })
})

describe('a file', () => {
  test('makes an audience and adds to it, whatever its line ends', async () => {
    const { byFile, idOf, shown, emulator } = await withAudiences()
    const answer = await byFile('POST', { description: 'file', uploadDescription: 'one' }, lines(`${someId(1)}\r\n${someId(2)}\n`))
    expect(answer).toMatchObject({ status: 202, body: { description: 'file', isIfaAudience: false } })
    const id = idOf(answer)
    await emulator.clock.advance(2000)
    expect(await byFile('PUT', { audienceGroupId: String(id) }, lines(someId(3)))).toMatchObject({ status: 202, body: {} })
    await emulator.clock.advance(2000)
    expect(await shown(id)).toMatchObject({ audienceGroup: { audienceCount: 3 }, jobs: [{ description: 'one' }, { description: null }] })
  })

  test.each([
    ['with a wrong ID in the middle', `${someId(1)}\nU2\n${someId(3)}`, 'UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT'],
    ['with nothing in it', '', 'UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS'],
    ['with line ends only', '\n\r\n', 'UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS'],
  ])('%s is refused', async (_, content, code) => {
    const { byFile } = await withAudiences()
    const answer = await byFile('POST', { description: 'file' }, lines(content))
    expect(answer).toMatchObject({ status: 400, body: { message: code, details: [{ message: code, property: 'file' }] } })
  })

  test('of 1,500,001 lines is refused', async () => {
    const { byFile } = await withAudiences()
    const answer = await byFile('POST', { description: 'file' }, lines(`${someId(1)}\n`.repeat(1_500_001)))
    expect(answer).toMatchObject(refused('UPLOAD_AUDIENCE_GROUP_TOO_MANY_AUDIENCE_IDS'))
  })

  test('of another type is 415', async () => {
    const { byFile } = await withAudiences()
    expect((await byFile('POST', { description: 'file' }, lines(someId(1), 'text/csv'))).status).toBe(415)
  })

  test('and no file at all', async () => {
    const { emulator, token } = await withAudiences()
    const body = new FormData()
    body.append('description', 'file')
    const response = await emulator.fetch(`https://api-data.line.me${path}/upload/byFile`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${token}` },
    })
    expect(response.status).toBe(400)
  })
})

describe('lists', () => {
  test('go page by page, the newest first', async () => {
    const { created, list } = await withAudiences()
    for (let at = 0; at < 25; at++) await created({ description: `a ${at}` })
    expect(await list('page=1')).toMatchObject({
      audienceGroups: { length: 20, 0: { description: 'a 24' } },
      hasNextPage: true,
      totalCount: 25,
      readWriteAudienceGroupTotalCount: 25,
      page: 1,
      size: 20,
    })
    expect(await list('page=2')).toMatchObject({ audienceGroups: { length: 5, 4: { description: 'a 0' } }, hasNextPage: false, page: 2 })
    expect(await list('page=3')).toMatchObject({ audienceGroups: [], hasNextPage: false })
    expect(await list('page=1&size=25')).toMatchObject({ audienceGroups: { length: 25 }, hasNextPage: false, size: 25 })
  })

  test('by name, status and where they were made', async () => {
    const { created, list, emulator, account } = await withAudiences()
    await created({ description: 'Spring sale' })
    await created({ description: 'autumn', audiences: [] })
    emulator.backstage.audiences(account).add({ description: 'tagged spring' })
    await emulator.clock.advance(2000)
    const names = async (query: string) => (await list(`page=1&${query}`)).audienceGroups.map(({ description }) => description)
    expect(await names('description=SPRING')).toEqual(['tagged spring', 'Spring sale'])
    expect(await names('status=READY')).toEqual(['Spring sale'])
    expect(await names('createRoute=OA_MANAGER')).toEqual(['tagged spring'])
    expect(await names('includesExternalPublicGroups=false')).toEqual(['autumn', 'Spring sale'])
  })

  test('of more than 40 are refused in LINE’s words', async () => {
    const { line } = await withAudiences()
    expect(await line(`GET ${path}/list?page=1&size=41`)).toMatchObject(
      refused('TOO_HIGH', { message: 'size: must be less than or equal to 40' }),
    )
  })

  test('of shared audiences, with who shares them', async () => {
    const { created, line, list, emulator, account } = await withAudiences()
    const own = await created()
    const owner = { serviceType: 'bm', id: 'bm-1', name: 'Group' }
    const shared = emulator.backstage.audiences(account).add({ description: 'shared', type: 'WEBTRAFFIC', owner, status: 'READY' })
    const listed = async (query: string) => (await line(`GET ${path}/shared/list?page=1${query}`)).body
    expect(await listed('')).toMatchObject({
      audienceGroups: [{ audienceGroupId: shared, createRoute: 'BUSINESS_MANAGER', permission: 'READ' }],
    })
    expect(await listed('&includesOwnedAudienceGroups=true')).toMatchObject({ totalCount: 2, readWriteAudienceGroupTotalCount: 1 })
    expect((await list('page=1')).audienceGroups).toHaveLength(1)
    expect((await line(`GET ${path}/shared/${shared}`)).body).toMatchObject({ audienceGroup: { status: 'READY' }, jobs: [], owner })
    expect((await line(`GET ${path}/shared/${own}`)).body).toMatchObject({ owner: { serviceType: 'account', id: account.basicId } })
    expect(await line(`DELETE ${path}/${shared}`)).toMatchObject(notFound)
  })

  test('show a new name, and nothing that was deleted', async () => {
    const { created, line, list } = await withAudiences()
    const [kept, gone] = [await created(), await created()]
    expect(await line(`PUT ${path}/${kept}/updateDescription`, { description: 'new' })).toMatchObject({ status: 200, body: {} })
    expect(await line(`PUT ${path}/${kept}/updateDescription`, { description: 'x'.repeat(121) })).toMatchObject(
      refused('AUDIENCE_GROUP_NAME_SIZE_OVER'),
    )
    expect(await line(`DELETE ${path}/${gone}`)).toMatchObject({ status: 202, body: {} })
    expect((await list('page=1')).audienceGroups).toMatchObject([{ description: 'new' }])
  })
})

async function withFriends(count: number) {
  const world = await withAudiences()
  const friends = [world.person]
  for (let at = 1; at < count; at++) {
    const friend = world.emulator.createPerson({ displayName: `Friend ${at}` })
    await friend.addFriend(world.account)
    friends.push(friend)
  }
  const broadcast = async () =>
    (await world.line('POST /v2/bot/message/broadcast', { messages: [text('news')] })).headers.get('x-line-request-id') ?? ''
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
  test('that 50 people saw is ready, with its message', async () => {
    const { broadcast, line, idOf, shown, emulator } = await withFriends(50)
    const requestId = await broadcast()
    const answer = await line(`POST ${path}/imp`, { description: 'saw', requestId })
    expect(answer).toMatchObject({ status: 202, body: { type: 'IMP', requestId, permission: 'READ_WRITE' } })
    expect((await shown(idOf(answer))).audienceGroup.status).toBe('IN_PROGRESS')
    await emulator.clock.advance(2000)
    expect(await shown(idOf(answer))).toMatchObject({ audienceGroup: { status: 'READY', audienceCount: 50, requestId }, jobs: [] })
  })

  test('that 49 people saw is in progress for ever', async () => {
    const { broadcast, line, idOf, shown, emulator } = await withFriends(49)
    const id = idOf(await line(`POST ${path}/imp`, { description: 'saw', requestId: await broadcast() }))
    await emulator.clock.advance(day)
    expect((await shown(id)).audienceGroup).toMatchObject({ status: 'IN_PROGRESS', audienceCount: 49 })
  })

  test('holds who opened a link, once each', async () => {
    const { broadcast, line, idOf, shown, emulator, account, friends } = await withFriends(60)
    const requestId = await broadcast()
    const { open } = emulator.backstage.audiences(account)
    open(requestId, 'https://example.com/a', friends.slice(0, 30))
    open(requestId, 'https://example.com/b', friends.slice(10, 60))
    const click = async (clickUrl?: string) => idOf(await line(`POST ${path}/click`, { description: 'c', requestId, clickUrl }))
    const [any, a, b] = [await click(), await click('https://example.com/a'), await click('https://example.com/b')]
    await emulator.clock.advance(2000)
    expect((await shown(any)).audienceGroup).toMatchObject({ type: 'CLICK', status: 'READY', audienceCount: 60 })
    expect((await shown(a)).audienceGroup).toMatchObject({ status: 'IN_PROGRESS', clickUrl: 'https://example.com/a' })
    expect((await shown(b)).audienceGroup).toMatchObject({ status: 'READY', audienceCount: 50 })
  })

  test('is refused twice, for no message, for another account’s and for an old one', async () => {
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

  test('of a narrowcast that is not sent yet is refused', async () => {
    const { line, emulator } = await withFriends(2)
    const sent = await line('POST /v2/bot/message/narrowcast', { messages: [text('news')] })
    const requestId = sent.headers.get('x-line-request-id')
    const create = () => line(`POST ${path}/imp`, { description: 'x', requestId })
    expect(await create()).toMatchObject(refused('REQUEST_NOT_FOUND'))
    await emulator.clock.advance(2000)
    expect((await create()).status).toBe(202)
  })
})

describe('what tests set', () => {
  test('is refused for audiences and messages of others', async () => {
    const { created, emulator, account, broadcast, shown } = await withFriends(1)
    const [id, requestId] = [await created(), await broadcast()]
    const other = emulator.backstage.audiences(emulator.createAccount({ name: 'Other' }))
    expect(() => other.setStatus(id, 'FAILED')).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
    expect(() => other.open(requestId, 'https://example.com', [])).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
    emulator.backstage.audiences(account).setStatus(id, 'FAILED', 'INTERNAL_ERROR')
    expect((await shown(id)).audienceGroup).toMatchObject({ status: 'FAILED', failedType: 'INTERNAL_ERROR' })
  })
})

describe('a narrowcast to an audience', () => {
  test('reaches its friends alone', async () => {
    const { created, narrowcast, emulator, friends, account } = await withFriends(5)
    const [one, two] = friends.map((friend) => ({ id: friend.userIdFor(account) }))
    const audienceGroupId = await created({ audiences: [one, two, { id: someId(1) }] })
    await emulator.clock.advance(2000)
    const recipient = { type: 'audience', audienceGroupId }
    expect((await narrowcast(recipient)).progress).toMatchObject({ phase: 'succeeded', targetCount: 2 })
    expect(friends.map((friend) => friend.chatWith(account).length)).toEqual([1, 1, 0, 0, 0])
    expect((await narrowcast({ type: 'operator', not: recipient })).progress).toMatchObject({ targetCount: 3 })
  })

  test('that is not ready is refused', async () => {
    const { created, narrowcast } = await withFriends(1)
    const audienceGroupId = await created({ audiences: [] })
    expect((await narrowcast({ type: 'audience', audienceGroupId })).sent).toMatchObject({
      status: 400,
      body: { message: `Invalid audience group id: ${audienceGroupId}` },
    })
  })

  test('of under 50 people that is shared fails, alone and among several', async () => {
    const { created, narrowcast, emulator, account, friends } = await withFriends(60)
    const owner = { serviceType: 'bm', id: '1', name: 'Group' }
    const add = (count: number) =>
      emulator.backstage.audiences(account).add({ description: 's', people: friends.slice(0, count), owner, status: 'READY' })
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
