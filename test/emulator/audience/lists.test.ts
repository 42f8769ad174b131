import { describe, expect, test } from 'vitest'
import { notFound, path, refused, withAudiences } from './audiences.js'

describe('lists of audiences', () => {
  test('have pages, and start with the newest audience', async () => {
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
    expect(await list('page=2')).toMatchObject({
      audienceGroups: { length: 5, 4: { description: 'a 0' } },
      hasNextPage: false,
      page: 2,
    })
    expect(await list('page=3')).toMatchObject({ audienceGroups: [], hasNextPage: false })
    expect(await list('page=1&size=25')).toMatchObject({ audienceGroups: { length: 25 }, hasNextPage: false, size: 25 })
  })

  test('can be filtered by name, status and creation route', async () => {
    const { created, list, emulator, account } = await withAudiences()
    await created({ description: 'Spring sale' })
    await created({ description: 'autumn', audiences: [] })
    emulator.admin.audiences(account).add({ description: 'tagged spring' })
    await emulator.clock.advance(2000)
    const names = async (query: string) =>
      (await list(`page=1&${query}`)).audienceGroups.map(({ description }) => description)
    expect(await names('description=SPRING')).toEqual(['tagged spring', 'Spring sale'])
    expect(await names('status=READY')).toEqual(['Spring sale'])
    expect(await names('createRoute=OA_MANAGER')).toEqual(['tagged spring'])
    expect(await names('includesExternalPublicGroups=false')).toEqual(['autumn', 'Spring sale'])
  })

  test('have a maximum size of 40', async () => {
    const { line } = await withAudiences()
    expect(await line(`GET ${path}/list?page=1&size=41`)).toMatchObject(refused('TOO_HIGH'))
  })

  test('of shared audiences have the owner', async () => {
    const { created, line, list, emulator, account } = await withAudiences()
    const own = await created()
    const owner = { serviceType: 'bm', id: 'bm-1', name: 'Group' }
    const shared = emulator.admin
      .audiences(account)
      .add({ description: 'shared', type: 'WEBTRAFFIC', owner, status: 'READY' })
    const listed = async (query: string) => (await line(`GET ${path}/shared/list?page=1${query}`)).body
    expect(await listed('')).toMatchObject({
      audienceGroups: [{ audienceGroupId: shared, createRoute: 'BUSINESS_MANAGER', permission: 'READ' }],
    })
    expect(await listed('&includesOwnedAudienceGroups=true')).toMatchObject({
      totalCount: 2,
      readWriteAudienceGroupTotalCount: 1,
    })
    expect((await list('page=1')).audienceGroups).toHaveLength(1)
    expect((await line(`GET ${path}/shared/${shared}`)).body).toMatchObject({
      audienceGroup: { status: 'READY' },
      jobs: [],
      owner,
    })
    expect((await line(`GET ${path}/shared/${own}`)).body).toMatchObject({
      owner: { serviceType: 'account', id: account.basicId },
    })
    expect(await line(`DELETE ${path}/${shared}`)).toMatchObject(notFound)
  })

  test('have the new name of an audience, and no deleted audiences', async () => {
    const { created, line, list } = await withAudiences()
    const [kept, gone] = [await created(), await created()]
    expect(await line(`PUT ${path}/${kept}/updateDescription`, { description: 'new' })).toMatchObject({
      status: 200,
      body: {},
    })
    expect(await line(`PUT ${path}/${kept}/updateDescription`, { description: 'x'.repeat(121) })).toMatchObject(
      refused('AUDIENCE_GROUP_NAME_SIZE_OVER'),
    )
    expect(await line(`DELETE ${path}/${gone}`)).toMatchObject({ status: 202, body: {} })
    expect((await list('page=1')).audienceGroups).toMatchObject([{ description: 'new' }])
  })
})
