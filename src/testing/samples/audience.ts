import type { CreatedAudience } from '../../audience/created.js'
import type { AudienceGroup, AudienceGroupJob } from '../../audience/group/types.js'
import type * as operations from '../../audience/operations.js'
import type { Answers } from './types.js'
import { daySeconds, done, newYear, requestId } from './values.js'

const audienceGroupId = 4_389_303_728_991

const created = (type: 'UPLOAD' | 'CLICK' | 'IMP', description: string): CreatedAudience => ({
  audienceGroupId,
  createRoute: 'MESSAGING_API',
  type,
  description,
  created: newYear,
  permission: 'READ_WRITE',
  expireTimestamp: newYear + 180 * daySeconds,
  isIfaAudience: false,
})

const audienceGroup = (): AudienceGroup => ({
  ...created('UPLOAD', 'Spring guests'),
  status: 'READY',
  audienceCount: 1887,
})

const shared = (): AudienceGroup => ({
  audienceGroupId: 4_389_303_728_992,
  createRoute: 'OA_MANAGER',
  type: 'CHAT_TAG',
  description: 'Regulars',
  status: 'READY',
  audienceCount: 320,
  created: newYear,
  permission: 'READ',
  isIfaAudience: false,
})

const job = (): AudienceGroupJob => ({
  audienceGroupJobId: 12_345_678,
  audienceGroupId,
  description: 'January',
  type: 'DIFF_ADD',
  jobStatus: 'FINISHED',
  failedType: null,
  audienceCount: 1887,
  created: newYear,
})

const page = (audienceGroups: AudienceGroup[], changeable: number) => ({
  audienceGroups,
  hasNextPage: false,
  totalCount: audienceGroups.length,
  readWriteAudienceGroupTotalCount: changeable,
  page: 1,
  size: 20,
})

/** Answers about audiences. */
export const audience: Answers<typeof operations> = {
  updateAudienceGroupDescription: done,
  deleteAudienceGroup: done,
  getAudienceData: () => ({ audienceGroup: audienceGroup(), jobs: [job()] }),
  getAudienceGroups: () => page([audienceGroup()], 1),
  getSharedAudienceData: () => ({
    audienceGroup: shared(),
    jobs: [],
    owner: { serviceType: 'account', id: '@123abcde', name: 'Tea House' },
  }),
  getSharedAudienceGroups: () => page([shared()], 0),
  createClickBasedAudienceGroup: () => ({
    ...created('CLICK', 'Opened the menu'),
    requestId,
    clickUrl: 'https://example.com/menu',
  }),
  createImpBasedAudienceGroup: () => ({ ...created('IMP', 'Saw the menu'), requestId }),
  createAudienceGroup: () => created('UPLOAD', 'Spring guests'),
  addAudienceToAudienceGroup: done,
  createAudienceForUploadingUserIds: () => created('UPLOAD', 'Spring guests'),
  addUserIdsToAudience: done,
}
