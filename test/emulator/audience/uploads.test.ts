import { describe, expect, test } from 'vitest'
import { refusal, setup } from '../setup.js'
import { day, idsOf, lines, notFound, path, refused, someId, withAudiences } from './audiences.js'

describe('an audience of uploaded IDs', () => {
  test('is accepted, filled as the clock advances, and then ready', async () => {
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

  test('stays ready while IDs are added, and counts each ID once', async () => {
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

  test('accepts 10 concurrent jobs', async () => {
    const { created, line, emulator } = await withAudiences()
    const audienceGroupId = await created()
    const add = () => line(`PUT ${path}/upload`, { audienceGroupId, audiences: idsOf(1) })
    for (let count = 1; count < 10; count++) expect((await add()).status).toBe(202)
    expect((await add()).status).toBe(429)
    await emulator.clock.advance(2000)
    expect((await add()).status).toBe(202)
  })

  test('expires after 180 days, then accepts no more IDs, and is deleted 30 days later', async () => {
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

  test('of advertising IDs hides a count below 20, and accepts no user IDs', async () => {
    const { created, create, shown, emulator } = await withAudiences()
    const ifa = (at: number) => ({ id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}` })
    const few = await created({ isIfaAudience: true, audiences: Array.from({ length: 19 }, (_, at) => ifa(at)) })
    const enough = await created({ isIfaAudience: true, audiences: Array.from({ length: 20 }, (_, at) => ifa(at)) })
    await emulator.clock.advance(2000)
    expect((await shown(few)).audienceGroup.audienceCount).toBe(0)
    expect((await shown(enough)).audienceGroup.audienceCount).toBe(20)
    expect(await create({ isIfaAudience: true })).toMatchObject(
      refused('UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT', 'audiences'),
    )
  })
})

describe('LINE refuses', () => {
  test.each([
    ['an empty name', { description: '' }, 'AUDIENCE_GROUP_NAME_EMPTY'],
    ['a missing name', { description: undefined }, 'AUDIENCE_GROUP_NAME_EMPTY'],
    ['a name of spaces', { description: '  ' }, 'AUDIENCE_GROUP_NAME_EMPTY'],
    ['a name with a line break', { description: 'a\nb' }, 'AUDIENCE_GROUP_NAME_WRONG'],
    ['a name of 121 characters', { description: 'x'.repeat(121) }, 'AUDIENCE_GROUP_NAME_SIZE_OVER'],
    [
      'an upload description of 301 characters',
      { uploadDescription: 'x'.repeat(301) },
      'AUDIENCE_GROUP_UPLOAD_DESCRIPTION_SIZE_OVER',
    ],
    ['10,001 IDs', { audiences: idsOf(10_001) }, 'UPLOAD_AUDIENCE_GROUP_TOO_MANY_AUDIENCE_IDS', 'audiences'],
    [
      'an invalid ID',
      { audiences: [...idsOf(2), { id: 'U1' }] },
      'UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT',
      'audiences',
    ],
    ['an empty ID', { audiences: [{ id: '' }] }, 'UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT', 'audiences'],
    ['a missing ID', { audiences: [{}] }, 'UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT', 'audiences'],
  ])('%s', async (_, input, code, property?: string) => {
    const { create, list } = await withAudiences()
    expect(await create(input)).toMatchObject(refused(code, property))
    expect((await list('page=1')).audienceGroups).toEqual([])
  })

  test('a name that is not a string', async () => {
    const { create } = await withAudiences()
    expect(await create({ description: 5 })).toMatchObject(refusal(400))
  })

  test('the 1,001st audience', async () => {
    const { create, created, line } = await withAudiences()
    const first = await created()
    for (let count = 1; count < 1000; count++) await create()
    expect(await create()).toMatchObject(refused('AUDIENCE_GROUP_COUNT_MAX_OVER'))
    expect((await line(`DELETE ${path}/${first}`)).status).toBe(202)
    expect((await create()).status).toBe(202)
  })

  test('unknown audiences and audiences of another account', async () => {
    const { created, get, line, emulator } = await withAudiences()
    const id = await created()
    const token = emulator.createAccount({ name: 'Other' }).issueLongLivedToken()
    expect(await get(5)).toMatchObject(notFound)
    expect(await get(id, { token })).toMatchObject(notFound)
    expect(await line(`DELETE ${path}/${id}`, undefined, { token })).toMatchObject(notFound)
    expect(await line(`PUT ${path}/${id}/updateDescription`, { description: 'x' }, { token })).toMatchObject(notFound)
    expect(await line(`PUT ${path}/upload`, { audienceGroupId: id, audiences: idsOf(1) }, { token })).toMatchObject(
      notFound,
    )
    expect((await get(id)).status).toBe(200)
  })

  test('an audience ID that is not a number', async () => {
    const { line } = await withAudiences()
    expect(await line(`GET ${path}/five`)).toMatchObject(refusal(400))
  })

  test('the 61st call in a minute when rate limits are enforced', async () => {
    const { list, line, emulator } = await withAudiences({ enforceRateLimits: true })
    for (let count = 0; count < 60; count++) await list('page=1')
    expect((await line(`GET ${path}/list?page=1`)).status).toBe(429)
    await emulator.clock.advance(1000)
    expect((await line(`GET ${path}/list?page=1`)).status).toBe(200)
  })
})

describe('an audience file', () => {
  test('creates an audience and adds to it, with any line breaks', async () => {
    const { byFile, idOf, shown, emulator } = await withAudiences()
    const answer = await byFile(
      'POST',
      { description: 'file', uploadDescription: 'one' },
      lines(`${someId(1)}\r\n${someId(2)}\n`),
    )
    expect(answer).toMatchObject({ status: 202, body: { description: 'file', isIfaAudience: false } })
    const id = idOf(answer)
    await emulator.clock.advance(2000)
    expect(await byFile('PUT', { audienceGroupId: String(id) }, lines(someId(3)))).toMatchObject({
      status: 202,
      body: {},
    })
    await emulator.clock.advance(2000)
    expect(await shown(id)).toMatchObject({
      audienceGroup: { audienceCount: 3 },
      jobs: [{ description: 'one' }, { description: null }],
    })
  })

  test.each([
    ['with an invalid ID', `${someId(1)}\nU2\n${someId(3)}`, 'UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT'],
    ['that is empty', '', 'UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS'],
    ['of line breaks', '\n\r\n', 'UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS'],
  ])('%s is refused', async (_, content, code) => {
    const { byFile } = await withAudiences()
    const answer = await byFile('POST', { description: 'file' }, lines(content))
    expect(answer).toMatchObject(refused(code, 'file'))
  })

  test('of 1,500,001 lines is refused', async () => {
    const { byFile } = await withAudiences()
    const answer = await byFile('POST', { description: 'file' }, lines(Buffer.alloc(1_500_001 * 34, `${someId(1)}\n`)))
    expect(answer).toMatchObject(refused('UPLOAD_AUDIENCE_GROUP_TOO_MANY_AUDIENCE_IDS', 'file'))
  })

  test('of another media type is answered with 415', async () => {
    const { byFile } = await withAudiences()
    expect((await byFile('POST', { description: 'file' }, lines(someId(1), 'text/csv'))).status).toBe(415)
  })

  test('is required', async () => {
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

test('accounts outside of Japan, Taiwan and Thailand create no audiences', async () => {
  for (const country of ['JP', 'TH', 'TW', 'ID']) {
    const { line } = await setup({ account: { country } })
    const answer = await line('POST /v2/bot/audienceGroup/upload', { description: 'spring' })
    expect(answer.status, country).toBe(country === 'ID' ? 403 : 202)
  }
  const { line } = await setup({ account: { country: 'ID' } })
  const requestId = '01234567-89ab-4cde-8f01-23456789abcd'
  for (const kind of ['click', 'imp'])
    expect((await line(`POST /v2/bot/audienceGroup/${kind}`, { description: 'spring', requestId })).status).toBe(403)
})
