import { audienceFile, createLineClient, type Endpoint, each } from 'line-oa'
import { audience as operations } from 'line-oa/catalog'
import { createCaller } from 'line-oa/core'
import { createEmulator } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { TestClock } from '../clock.js'
import { inputProblems, outputProblems, times } from '../contracts/check.js'
import { emulatedOperation } from '../emulated-operation.js'
import { methodAndUrl, requestOf } from '../requests.js'

const audienceGroupId = 1234567890123
const userId = `U${'0'.repeat(32)}`
const member = { id: userId }
const file = new File([userId], 'audience.txt', { type: 'text/plain' })
const requestId = 'bb9744f9-47fa-4a29-941e-1234567890ab'

const created = {
  audienceGroupId,
  createRoute: 'MESSAGING_API',
  type: 'UPLOAD',
  description: 'audienceGroupName_01',
  created: 1613698278,
  permission: 'READ_WRITE',
  expireTimestamp: 1629250278,
  isIfaAudience: false,
}

const audience = {
  audienceGroupId,
  createRoute: 'OA_MANAGER',
  type: 'UPLOAD',
  description: 'audienceGroupName_01',
  status: 'READY',
  audienceCount: 1887,
  created: 1608617466,
  permission: 'READ',
  isIfaAudience: false,
}

const job = {
  audienceGroupJobId: 12345678,
  audienceGroupId,
  description: null,
  type: 'DIFF_ADD',
  status: 'FINISHED',
  failedType: null,
  audienceCount: 0,
  created: 1608617472,
  jobStatus: 'FINISHED',
}

const page = { hasNextPage: false, totalCount: 2, readWriteAudienceGroupTotalCount: 0, size: 40, page: 1 }

describe('the calls', () => {
  test.each([
    [
      'createAudienceGroup',
      requestOf(operations.createAudienceGroup, { description: 'a' }),
      'POST https://api.line.me/v2/bot/audienceGroup/upload',
    ],
    [
      'addAudienceToAudienceGroup',
      requestOf(operations.addAudienceToAudienceGroup, { audienceGroupId, audiences: [member] }),
      'PUT https://api.line.me/v2/bot/audienceGroup/upload',
    ],
    [
      'createAudienceForUploadingUserIds',
      requestOf(operations.createAudienceForUploadingUserIds, { description: 'a', file }),
      'POST https://api-data.line.me/v2/bot/audienceGroup/upload/byFile',
    ],
    [
      'addUserIdsToAudience',
      requestOf(operations.addUserIdsToAudience, { audienceGroupId, file }),
      'PUT https://api-data.line.me/v2/bot/audienceGroup/upload/byFile',
    ],
    [
      'createClickBasedAudienceGroup',
      requestOf(operations.createClickBasedAudienceGroup, { description: 'a', requestId }),
      'POST https://api.line.me/v2/bot/audienceGroup/click',
    ],
    [
      'createImpBasedAudienceGroup',
      requestOf(operations.createImpBasedAudienceGroup, { description: 'a', requestId }),
      'POST https://api.line.me/v2/bot/audienceGroup/imp',
    ],
    [
      'updateAudienceGroupDescription',
      requestOf(operations.updateAudienceGroupDescription, { audienceGroupId, description: 'b' }),
      `PUT https://api.line.me/v2/bot/audienceGroup/${audienceGroupId}/updateDescription`,
    ],
    [
      'deleteAudienceGroup',
      requestOf(operations.deleteAudienceGroup, { audienceGroupId }),
      `DELETE https://api.line.me/v2/bot/audienceGroup/${audienceGroupId}`,
    ],
    [
      'getAudienceData',
      requestOf(operations.getAudienceData, { audienceGroupId }),
      `GET https://api.line.me/v2/bot/audienceGroup/${audienceGroupId}`,
    ],
    [
      'getAudienceGroups',
      requestOf(operations.getAudienceGroups, {
        page: 1,
        description: 'é',
        status: 'READY',
        size: 40,
        includesExternalPublicGroups: false,
      }),
      'GET https://api.line.me/v2/bot/audienceGroup/list?page=1&description=%C3%A9&status=READY&size=40&includesExternalPublicGroups=false',
    ],
    [
      'getSharedAudienceData',
      requestOf(operations.getSharedAudienceData, { audienceGroupId }),
      `GET https://api.line.me/v2/bot/audienceGroup/shared/${audienceGroupId}`,
    ],
    [
      'getSharedAudienceGroups',
      requestOf(operations.getSharedAudienceGroups, {
        page: 2,
        createRoute: 'BUSINESS_MANAGER',
        includesOwnedAudienceGroups: true,
      }),
      'GET https://api.line.me/v2/bot/audienceGroup/shared/list?page=2&createRoute=BUSINESS_MANAGER&includesOwnedAudienceGroups=true',
    ],
  ])('%s', async (name, request, expected) => {
    expect(methodAndUrl(await request)).toBe(expected)
    expect(await emulatedOperation(await request)).toBe(name)
  })

  test('have a rate of 60 a minute, and are not retried when they create or fill an audience', () => {
    expect(Object.keys(operations)).toHaveLength(12)
    for (const [name, { rate, repeat }] of Object.entries(operations)) {
      expect(rate).toBe('60/min')
      expect([name, repeat]).toEqual([name, /^(?:create|add)/.test(name) ? 'never' : 'safe'])
    }
  })

  test('keep numbers, booleans and texts apart in paths, forms and queries', async () => {
    const emulator = createEmulator({ clock: 'manual' })
    const account = emulator.createAccount({ name: 'Tea House' })
    const channelAccessToken = account.issueLongLivedToken()
    const { audience: audiences } = createLineClient({
      channelAccessToken,
      fetch: emulator.fetch,
      clock: emulator.clock,
    })
    const text = new File([''], 'audience.txt', { type: 'text/plain' })
    const ifa = await audiences.createAudienceForUploadingUserIds({
      description: '7',
      isIfaAudience: true,
      uploadDescription: 'true',
      file: new File(['38400000-8cf0-11bd-b23e-10b96e40000d'], text.name, { type: text.type }),
    })
    expect(await audiences.getAudienceData({ audienceGroupId: ifa.audienceGroupId })).toMatchObject({
      audienceGroup: { audienceGroupId: ifa.audienceGroupId, description: '7', isIfaAudience: true },
      jobs: [{ description: 'true' }],
    })
    const { audienceGroupId } = await audiences.createAudienceForUploadingUserIds({ description: 'tea', file })
    await audiences.addUserIdsToAudience({ audienceGroupId, uploadDescription: '8', file: audienceFile([userId]) })
    await audiences.updateAudienceGroupDescription({ audienceGroupId, description: '7' })
    const { audienceGroup, jobs } = await audiences.getAudienceData({ audienceGroupId })
    expect(audienceGroup).toMatchObject({ audienceGroupId, description: '7', isIfaAudience: false })
    expect(jobs?.map(({ description }) => description)).toContain('8')
    const listed = await audiences.getAudienceGroups({ page: 1, description: '7', includesExternalPublicGroups: true })
    expect(listed.audienceGroups.map((group) => group.audienceGroupId).sort()).toEqual(
      [audienceGroupId, ifa.audienceGroupId].sort(),
    )
    await audiences.deleteAudienceGroup({ audienceGroupId })
    await expect(audiences.getAudienceData({ audienceGroupId })).rejects.toMatchObject({ status: 400 })
  })

  test('carry a streamed file as the file that LINE takes', async () => {
    const request = await requestOf(operations.addUserIdsToAudience, { audienceGroupId, file: audienceFile([userId]) })
    const form = await request.formData()
    expect([...form.keys()]).toEqual(['audienceGroupId', 'file'])
    expect(form.get('file')).toBeInstanceOf(File)
    expect(inputProblems(operations.addUserIdsToAudience, { audienceGroupId, file: form.get('file') })).toEqual([])
  })

  test('list audiences by page number while there are more', async () => {
    const urls: string[] = []
    const line = createLineClient({
      channelAccessToken: 'token',
      fetch: async (url) => {
        urls.push(String(url))
        const at = urls.length
        const audienceGroups = at === 2 ? [] : [{ ...audience, audienceGroupId: at }]
        return Response.json({ ...page, audienceGroups, hasNextPage: at < 3, page: at })
      },
    })
    const found = await Array.fromAsync(each(line.audience.getAudienceGroups, { page: 1, size: 1 }))
    expect(found).toMatchObject([{ audienceGroupId: 1 }, { audienceGroupId: 3 }])
    expect(urls.map((url) => new URL(url).search)).toEqual(['?page=1&size=1', '?page=2&size=1', '?page=3&size=1'])
  })
})

describe('a delete whose response was lost', () => {
  const notFound = { message: 'audience group not found', details: [{ message: 'AUDIENCE_GROUP_NOT_FOUND' }] }
  const call = (answers: Response[]) => {
    const clock = new TestClock()
    const caller = createCaller({
      channelAccessToken: 'token',
      clock,
      fetch: async () => answers.shift() ?? Response.error(),
    })
    return clock.settle(caller.callWithResponse(operations.deleteAudienceGroup, { audienceGroupId }))
  }

  test('succeeds when the audience is gone', async () => {
    const answers = [new Response('', { status: 503 }), new Response(JSON.stringify(notFound), { status: 400 })]
    expect(await call(answers)).toMatchObject({ outcome: 'already-accepted', status: 400 })
  })

  test('fails when LINE refuses the retry for another reason, and when it is the first attempt', async () => {
    const answers = [new Response('', { status: 503 }), new Response('{"message":"no"}', { status: 400 })]
    await expect(call(answers)).rejects.toMatchObject({ status: 400, outcome: 'rejected' })
    await expect(call([new Response(JSON.stringify(notFound), { status: 400 })])).rejects.toMatchObject({
      status: 400,
      details: notFound.details,
    })
  })
})

describe('an input', () => {
  test.each<[string, Endpoint, object]>([
    ['an empty audience', operations.createAudienceGroup, { description: 'a' }],
    ['an empty list of IDs', operations.createAudienceGroup, { description: 'a', audiences: [] }],
    ['a name of 120', operations.createAudienceGroup, { description: 'x'.repeat(120), isIfaAudience: true }],
    ['an upload name of 300', operations.createAudienceGroup, { description: 'a', uploadDescription: 'x'.repeat(300) }],
    ['10,000 IDs', operations.addAudienceToAudienceGroup, { audienceGroupId, audiences: times(10_000, member) }],
    ['a Blob', operations.createAudienceForUploadingUserIds, { description: 'a', file: new Blob([userId]) }],
    ['a streamed file', operations.addUserIdsToAudience, { audienceGroupId, file: audienceFile([userId]) }],
    [
      'a link of 2000',
      operations.createClickBasedAudienceGroup,
      { description: 'a', requestId, clickUrl: 'x'.repeat(2000) },
    ],
    ['an impression', operations.createImpBasedAudienceGroup, { description: 'a', requestId }],
    ['a page of 40', operations.getAudienceGroups, { page: 1, size: 40 }],
    ['a new status', operations.getAudienceGroups, { page: 1, status: 'PAUSED' }],
    ['the largest exact ID', operations.getAudienceData, { audienceGroupId: Number.MAX_SAFE_INTEGER }],
  ])('passes with %s', (_, operation, input) => {
    expect(inputProblems(operation, input)).toEqual([])
  })

  test.each<[string, Endpoint, object, string, string]>([
    ['no name', operations.createAudienceGroup, {}, 'description', 'missing'],
    ['an empty name', operations.createAudienceGroup, { description: '' }, 'description', 'length'],
    ['a name of spaces', operations.createAudienceGroup, { description: ' \u3000' }, 'description', 'other'],
    [
      'a name with a line end',
      operations.updateAudienceGroupDescription,
      { audienceGroupId, description: 'a\nb' },
      'description',
      'other',
    ],
    [
      'a name of 121',
      operations.createImpBasedAudienceGroup,
      { description: 'x'.repeat(121), requestId },
      'description',
      'length',
    ],
    [
      'an upload name of 301',
      operations.addUserIdsToAudience,
      { audienceGroupId, uploadDescription: 'x'.repeat(301), file },
      'uploadDescription',
      'length',
    ],
    [
      '10,001 IDs',
      operations.createAudienceGroup,
      { description: 'a', audiences: times(10_001, member) },
      'audiences',
      'size',
    ],
    ['no IDs to add', operations.addAudienceToAudienceGroup, { audienceGroupId, audiences: [] }, 'audiences', 'size'],
    [
      'an empty ID',
      operations.addAudienceToAudienceGroup,
      { audienceGroupId, audiences: [{ id: '' }] },
      'audiences[0].id',
      'length',
    ],
    [
      'IDs as texts',
      operations.addAudienceToAudienceGroup,
      { audienceGroupId, audiences: [userId] },
      'audiences[0]',
      'kind',
    ],
    [
      'a path for a file',
      operations.createAudienceForUploadingUserIds,
      { description: 'a', file: 'ids.txt' },
      'file',
      'other',
    ],
    [
      'an audience ID as text',
      operations.getAudienceData,
      { audienceGroupId: '1234567890123' },
      'audienceGroupId',
      'kind',
    ],
    [
      'an audience ID beyond 2^53',
      operations.getAudienceData,
      { audienceGroupId: 2 ** 53 },
      'audienceGroupId',
      'range',
    ],
    ['half an audience ID', operations.getAudienceData, { audienceGroupId: 1.5 }, 'audienceGroupId', 'kind'],
    [
      'a link of 2001',
      operations.createClickBasedAudienceGroup,
      { description: 'a', requestId, clickUrl: 'x'.repeat(2001) },
      'clickUrl',
      'length',
    ],
    [
      'no request ID',
      operations.createImpBasedAudienceGroup,
      { description: 'a', requestId: '' },
      'requestId',
      'length',
    ],
    ['page 0', operations.getSharedAudienceGroups, { page: 0 }, 'page', 'range'],
    ['no page', operations.getAudienceGroups, {}, 'page', 'missing'],
    ['a page of 41', operations.getSharedAudienceGroups, { page: 1, size: 41 }, 'size', 'range'],
  ])('is refused with %s', (_, operation, input, path, rule) => {
    expect(inputProblems(operation, input)).toMatchObject([{ path, rule }])
  })
})

describe('an output', () => {
  test.each<[string, Endpoint, object]>([
    ['a created audience', operations.createAudienceGroup, created],
    [
      'an audience of clicks',
      operations.createClickBasedAudienceGroup,
      { ...created, type: 'CLICK', requestId, clickUrl: 'https://developers.line.biz/' },
    ],
    ['an audience of impressions', operations.createImpBasedAudienceGroup, { ...created, type: 'IMP', requestId }],
    [
      'an audience with a job',
      operations.getAudienceData,
      { audienceGroup: { ...audience, expireTimestamp: 1624342266 }, jobs: [job] },
    ],
    [
      'an audience that failed',
      operations.getAudienceData,
      {
        audienceGroup: { ...audience, status: 'FAILED', failedType: 'AUDIENCE_GROUP_AUDIENCE_INSUFFICIENT' },
        jobs: [{ ...job, jobStatus: 'FAILED', failedType: 'INTERNAL_ERROR' }],
      },
    ],
    [
      'an audience of advertising',
      operations.getAudienceData,
      {
        audienceGroup: { ...audience, type: 'APP_EVENT', activated: 1610068515, inactiveTimestamp: 1625620516 },
        jobs: [],
        adaccount: { name: 'Ad Account Name' },
      },
    ],
    ['a page', operations.getAudienceGroups, { ...page, audienceGroups: [{ ...audience, failedType: null }] }],
    ['an empty page', operations.getSharedAudienceGroups, { ...page, audienceGroups: [] }],
    [
      'a shared audience of visits',
      operations.getSharedAudienceData,
      {
        audienceGroup: {
          ...audience,
          createRoute: 'BUSINESS_MANAGER',
          type: 'WEBTRAFFIC',
          webtraffic: {
            webtrafficIsMyTag: false,
            webtrafficBmTagSharingStatus: 'SHARED',
            webtrafficIsTagDeleted: false,
            webtrafficTagCreateRoute: 'OA_MANAGER',
            webtrafficVisitType: 'VISIT_ALL',
            webtrafficRetentionDays: 30,
            webtrafficTagId: '01234567-8901-2345-6789-012345678901',
            webtrafficConditionGroup: [{ conditionType: 'CONTAIN', keywords: ['shop'] }],
            webtrafficTagOwnerName: 'LINE Developers (@linedevelopers)',
          },
        },
        jobs: [],
        owner: { serviceType: 'bm', id: '0123456789ABCDEFGHIJKLMNOP', name: 'LINE Developers' },
      },
    ],
    [
      'new kinds and states',
      operations.getAudienceData,
      { audienceGroup: { ...audience, type: 'DREAM', status: 'PAUSED', more: 1 }, jobs: [] },
    ],
  ])('passes: %s', (_, operation, output) => {
    expect(outputProblems(operation, output)).toEqual([])
  })

  test.each<[string, Endpoint, object, string, string]>([
    [
      'an ID beyond 2^53',
      operations.createAudienceGroup,
      { ...created, audienceGroupId: 2 ** 60 },
      'audienceGroupId',
      'range',
    ],
    [
      'a page without hasNextPage',
      operations.getAudienceGroups,
      { ...page, hasNextPage: undefined, audienceGroups: [] },
      'hasNextPage',
      'missing',
    ],
  ])('is reported: %s', (_, operation, output, path, rule) => {
    expect(outputProblems(operation, output)).toMatchObject([{ path, rule }])
  })
})
