import { audienceFile, each } from 'line-oa'
import { createCaller } from 'line-oa/core'
import { describe, expect, test } from 'vitest'
import * as group from '../../src/audience/group/schemas.js'
import * as ids from '../../src/audience/ids/schemas.js'
import * as operations from '../../src/audience/operations.js'
import { CreatedAudience } from '../../src/audience/parts.js'
import * as retargeting from '../../src/audience/retargeting/schemas.js'
import { turn } from '../../src/core/operation.js'
import { turnOf } from '../../src/core/pages.js'
import { TestClock } from '../clock.js'
import { arrives, problems, requestOf, times } from '../room.js'

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

describe('calls', () => {
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
  ])('%s', (_, { method, url }, expected) => {
    expect(`${method} ${url}`).toBe(expected)
  })

  test('all have a bucket of 60 a minute, and none that makes or fills an audience is repeated', () => {
    expect(Object.keys(operations)).toHaveLength(12)
    for (const [name, { rate, repeat }] of Object.entries(operations)) {
      expect(rate).toBe('60/min')
      expect([name, repeat]).toEqual([name, /^(?:create|add)/.test(name) ? 'never' : 'safe'])
    }
  })

  test('what they carry arrives as it was, numbers and booleans of paths and forms included', async () => {
    const byId = { audienceGroupId }
    expect(await arrives(operations, operations.getAudienceData, byId)).toEqual(byId)
    expect(await arrives(operations, operations.deleteAudienceGroup, byId)).toEqual(byId)
    expect(await arrives(operations, operations.getSharedAudienceData, byId)).toEqual(byId)
    const named = { audienceGroupId, description: '7' }
    expect(await arrives(operations, operations.updateAudienceGroupDescription, named)).toEqual(named)
    const filter = { page: 1, description: '7', includesExternalPublicGroups: true }
    expect(await arrives(operations, operations.getAudienceGroups, filter)).toEqual(filter)
    const texts = { description: '7', isIfaAudience: true, uploadDescription: 'true' }
    expect(await arrives(operations, operations.createAudienceForUploadingUserIds, { ...texts, file })).toEqual({
      ...texts,
      file: expect.any(File),
    })
    const streamed = await arrives(operations, operations.addUserIdsToAudience, {
      audienceGroupId,
      file: audienceFile([userId]),
    })
    expect(streamed).toEqual({ audienceGroupId, file: expect.any(File) })
    expect(problems(ids.AddUserIdsToAudienceInput, streamed)).toEqual([])
  })

  test('a list goes on by number while LINE says that there is more', async () => {
    const urls: string[] = []
    const caller = createCaller({
      channelAccessToken: 'token',
      fetch: async (url) => {
        urls.push(String(url))
        const at = urls.length
        const audienceGroups = at === 2 ? [] : [{ ...audience, audienceGroupId: at }]
        return new Response(JSON.stringify({ ...page, audienceGroups, hasNextPage: at < 3, page: at }))
      },
    })
    const { getAudienceGroups } = operations
    const list = Object.assign(
      (input: { page: number; size?: number | undefined }) => caller.call(getAudienceGroups, input),
      {
        [turn]: turnOf(getAudienceGroups.page),
      },
    )
    const found: unknown[] = []
    for await (const item of each(list, { page: 1, size: 1 })) found.push(item)
    expect(found).toMatchObject([{ audienceGroupId: 1 }, { audienceGroupId: 3 }])
    expect(urls.map((url) => new URL(url).search)).toEqual(['?page=1&size=1', '?page=2&size=1', '?page=3&size=1'])
  })
})

describe('a delete whose answer was lost', () => {
  const none = { message: 'audience group not found', details: [{ message: 'AUDIENCE_GROUP_NOT_FOUND' }] }
  const call = (answers: Response[]) => {
    const clock = new TestClock()
    const caller = createCaller({
      channelAccessToken: 'token',
      clock,
      fetch: async () => answers.shift() ?? Response.error(),
    })
    return clock.settle(caller.callWithResponse(operations.deleteAudienceGroup, { audienceGroupId }))
  }

  test('has succeeded when the audience is gone', async () => {
    const answers = [new Response('', { status: 503 }), new Response(JSON.stringify(none), { status: 400 })]
    expect(await call(answers)).toMatchObject({ outcome: 'already-accepted', status: 400 })
  })

  test('has not when LINE refuses it for another reason, nor when it was never made', async () => {
    const answers = [new Response('', { status: 503 }), new Response('{"message":"no"}', { status: 400 })]
    await expect(call(answers)).rejects.toMatchObject({ status: 400, outcome: 'rejected' })
    await expect(call([new Response(JSON.stringify(none), { status: 400 })])).rejects.toMatchObject({
      status: 400,
      details: none.details,
    })
  })
})

describe('inputs', () => {
  test.each([
    ['an empty audience', ids.CreateAudienceGroupInput, { description: 'a' }],
    ['no IDs yet', ids.CreateAudienceGroupInput, { description: 'a', audiences: [] }],
    ['a name of 120', ids.CreateAudienceGroupInput, { description: 'x'.repeat(120), isIfaAudience: true }],
    ['an upload name of 300', ids.CreateAudienceGroupInput, { description: 'a', uploadDescription: 'x'.repeat(300) }],
    ['10,000 IDs', ids.AddAudienceToAudienceGroupInput, { audienceGroupId, audiences: times(10_000, member) }],
    ['a Blob', ids.CreateAudienceForUploadingUserIdsInput, { description: 'a', file: new Blob([userId]) }],
    ['a streamed file', ids.AddUserIdsToAudienceInput, { audienceGroupId, file: audienceFile([userId]) }],
    [
      'a link of 2000',
      retargeting.CreateClickBasedAudienceGroupInput,
      { description: 'a', requestId, clickUrl: 'x'.repeat(2000) },
    ],
    ['an impression', retargeting.CreateImpBasedAudienceGroupInput, { description: 'a', requestId }],
    ['a page of 40', group.GetAudienceGroupsInput, { page: 1, size: 40 }],
    ['a status that is new', group.GetAudienceGroupsInput, { page: 1, status: 'PAUSED' }],
    ['the largest exact ID', group.AudienceGroupIdInput, { audienceGroupId: Number.MAX_SAFE_INTEGER }],
  ])('%s is taken', (_, schema, input) => {
    expect(problems(schema, input)).toEqual([])
  })

  test.each([
    ['no name', ids.CreateAudienceGroupInput, {}, 'description must be text, but is missing'],
    ['an empty name', ids.CreateAudienceGroupInput, { description: '' }, 'description must be text that is not empty'],
    [
      'a name of spaces',
      ids.CreateAudienceGroupInput,
      { description: ' \u3000' },
      'description must be more than spaces',
    ],
    [
      'a name with a line end',
      group.UpdateAudienceGroupDescriptionInput,
      { audienceGroupId, description: 'a\nb' },
      'description must be text without control characters',
    ],
    [
      'a name of 121',
      retargeting.CreateImpBasedAudienceGroupInput,
      { description: 'x'.repeat(121), requestId },
      'description must be text of at most 120 UTF-16 units',
    ],
    [
      'an upload name of 301',
      ids.AddUserIdsToAudienceInput,
      { audienceGroupId, uploadDescription: 'x'.repeat(301), file },
      'uploadDescription must be text of at most 300',
    ],
    [
      '10,001 IDs',
      ids.CreateAudienceGroupInput,
      { description: 'a', audiences: times(10_001, member) },
      'audiences must be a list of at most 10000',
    ],
    [
      'no IDs to add',
      ids.AddAudienceToAudienceGroupInput,
      { audienceGroupId, audiences: [] },
      'audiences must be a list of 1 to 10000',
    ],
    [
      'an empty ID',
      ids.AddAudienceToAudienceGroupInput,
      { audienceGroupId, audiences: [{ id: '' }] },
      'audiences[0].id must be text that is not empty',
    ],
    [
      'IDs as texts',
      ids.AddAudienceToAudienceGroupInput,
      { audienceGroupId, audiences: [userId] },
      'audiences[0] must be an object',
    ],
    [
      'a path for a file',
      ids.CreateAudienceForUploadingUserIdsInput,
      { description: 'a', file: 'ids.txt' },
      'file must be a Blob, or what audienceFile makes',
    ],
    [
      'an audience ID as text',
      group.AudienceGroupIdInput,
      { audienceGroupId: '1234567890123' },
      'audienceGroupId must be a number',
    ],
    ['an audience ID beyond 2^53', group.AudienceGroupIdInput, { audienceGroupId: 2 ** 53 }, 'audienceGroupId must be'],
    [
      'half an audience ID',
      group.AudienceGroupIdInput,
      { audienceGroupId: 1.5 },
      'audienceGroupId must be a whole number',
    ],
    [
      'a link of 2001',
      retargeting.CreateClickBasedAudienceGroupInput,
      { description: 'a', requestId, clickUrl: 'x'.repeat(2001) },
      'clickUrl must be text of at most 2000',
    ],
    [
      'no request ID',
      retargeting.CreateImpBasedAudienceGroupInput,
      { description: 'a', requestId: '' },
      'requestId must be text that is not empty',
    ],
    ['page 0', group.GetSharedAudienceGroupsInput, { page: 0 }, 'page must be at least 1'],
    ['no page', group.GetAudienceGroupsInput, {}, 'page must be a number, but is missing'],
    ['a page of 41', group.GetSharedAudienceGroupsInput, { page: 1, size: 41 }, 'size must be at most 40'],
  ])('%s is refused', (_, schema, input, problem) => {
    expect(problems(schema, input)).toEqual([expect.stringContaining(problem)])
  })
})

describe('answers', () => {
  test.each([
    ['an audience just made', CreatedAudience, created],
    [
      'an audience of clicks',
      retargeting.CreatedClickAudience,
      { ...created, type: 'CLICK', requestId, clickUrl: 'https://developers.line.biz/' },
    ],
    ['an audience of impressions', retargeting.CreatedImpAudience, { ...created, type: 'IMP', requestId }],
    [
      'an audience with a job',
      group.AudienceData,
      { audienceGroup: { ...audience, expireTimestamp: 1624342266 }, jobs: [job] },
    ],
    [
      'an audience that failed',
      group.AudienceData,
      {
        audienceGroup: { ...audience, status: 'FAILED', failedType: 'AUDIENCE_GROUP_AUDIENCE_INSUFFICIENT' },
        jobs: [{ ...job, jobStatus: 'FAILED', failedType: 'INTERNAL_ERROR' }],
      },
    ],
    [
      'an audience of advertising',
      group.AudienceData,
      {
        audienceGroup: { ...audience, type: 'APP_EVENT', activated: 1610068515, inactiveTimestamp: 1625620516 },
        jobs: [],
        adaccount: { name: 'Ad Account Name' },
      },
    ],
    ['a page', group.AudienceGroups, { ...page, audienceGroups: [{ ...audience, failedType: null }] }],
    ['an empty page', group.SharedAudienceGroups, { ...page, audienceGroups: [] }],
    [
      'a shared audience of visits',
      group.SharedAudienceData,
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
      'kinds and states that are new',
      group.AudienceData,
      { audienceGroup: { ...audience, type: 'DREAM', status: 'PAUSED', more: 1 }, jobs: [] },
    ],
  ])('%s passes', (_, schema, answer) => {
    expect(problems(schema, answer)).toEqual([])
  })

  test.each([
    ['an ID beyond 2^53', CreatedAudience, { ...created, audienceGroupId: 2 ** 60 }, 'audienceGroupId must be'],
    [
      'a page that does not say whether there is more',
      group.AudienceGroups,
      { ...page, hasNextPage: undefined, audienceGroups: [] },
      'hasNextPage must be true or false, but is missing',
    ],
  ])('%s is told', (_, schema, answer, problem) => {
    expect(problems(schema, answer)).toEqual([expect.stringContaining(problem)])
  })
})
