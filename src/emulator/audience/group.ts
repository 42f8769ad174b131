import * as operations from '../../audience/group/operations.js'
import type { AudienceGroups, GetAudienceGroupsInput } from '../../audience/group/types.js'
import { type Handlers, Reply, type Route, route } from '../platform/handler.js'
import {
  type AudienceState,
  audiencesOf,
  findAudience,
  findOwnAudience,
  jobsOf,
  removeAudience,
  shown,
  statusOf,
} from './audiences.js'
import { inputMessages } from './refusals.js'

function listed(
  audiences: readonly AudienceState[],
  { page, size = 20, description = '', status, createRoute }: GetAudienceGroupsInput,
  now: number,
): AudienceGroups {
  const name = description.toLowerCase()
  const fitting = audiences.filter(
    (audience) =>
      audience.description.toLowerCase().includes(name) &&
      (status === undefined || statusOf(audience, now) === status) &&
      (createRoute === undefined || audience.createRoute === createRoute),
  )
  return {
    audienceGroups: fitting.slice((page - 1) * size, page * size).map((audience) => shown(audience, now)),
    hasNextPage: fitting.length > page * size,
    totalCount: fitting.length,
    readWriteAudienceGroupTotalCount: fitting.filter(({ permission }) => permission === 'READ_WRITE').length,
    page,
    size,
  }
}

/** Shows, lists, renames and deletes audiences. */
const handlers: Handlers<typeof operations> = {
  updateAudienceGroupDescription({ audienceGroupId, description }, { account, now }) {
    findOwnAudience(account, audienceGroupId, now).description = description
    return {}
  },

  deleteAudienceGroup({ audienceGroupId }, { account, now }) {
    removeAudience(account, findOwnAudience(account, audienceGroupId, now))
    return new Reply({}, { status: 202 })
  },

  getAudienceData({ audienceGroupId }, { account, now }) {
    const audience = findAudience(account, audienceGroupId, now)
    return { audienceGroup: shown(audience, now), jobs: jobsOf(audience, now) }
  },

  getAudienceGroups({ includesExternalPublicGroups = true, ...choice }, { account, now }) {
    const own = audiencesOf(account, now).filter(
      ({ owner, createRoute }) => !owner && (includesExternalPublicGroups || createRoute === 'MESSAGING_API'),
    )
    return listed(own, choice, now)
  },

  getSharedAudienceData({ audienceGroupId }, { account, now }) {
    const audience = findAudience(account, audienceGroupId, now)
    const owner = audience.owner ?? { serviceType: 'account', id: account.basicId, name: account.name }
    return { audienceGroup: shown(audience, now), jobs: jobsOf(audience, now), owner }
  },

  getSharedAudienceGroups({ includesOwnedAudienceGroups = false, ...choice }, { account, now }) {
    return listed(
      audiencesOf(account, now).filter(({ owner }) => owner || includesOwnedAudienceGroups),
      choice,
      now,
    )
  },
}

/** What LINE does at the operations of this topic. */
export const routes: readonly Route[] = /* @__PURE__ */ route('channel', operations, handlers, {
  messages: inputMessages,
})
