import type { AudienceOwner, AudienceStatus } from '../../audience/group/types.js'
import type {
  AudienceFailedType,
  AudienceGroup,
  AudienceGroupJob,
  AudiencePermission,
  AudienceType,
} from '../../audience/types.js'
import type { AccountState, PersonState } from '../state.js'
import { personBehind, stateOf, type World } from '../world.js'
import { refuseAudience } from './refusals.js'

const day = 24 * 60 * 60 * 1000

/** How long a job is queued and then runs, in milliseconds each. At LINE it varies, and may take hours. */
const phaseLength = 1000
/** How long LINE takes to fill an audience, in milliseconds. */
const ripening = 2 * phaseLength
/** How long an audience can be used, and how long it is shown after that, in milliseconds. */
const lifetime = { used: 180 * day, shown: 30 * day }
const mostAudiences = 1000
const mostJobs = { shown: 50, underWay: 10 }
/** People that an audience of clicks or impressions needs, and those from which on LINE tells how many there are. */
const least = { people: 50, told: 20 }

/** IDs that were uploaded at once. */
interface Upload {
  readonly jobId: number
  readonly description: string | null
  readonly count: number
  readonly at: number
  /** Until they are in the audience. */
  ids: Set<string> | undefined
}

/** An audience of an account. */
export interface AudienceState {
  readonly audienceGroupId: number
  readonly createRoute: AudienceGroup['createRoute']
  readonly type: AudienceType
  description: string
  readonly permission: AudiencePermission
  readonly isIfaAudience: boolean
  readonly createdAt: number
  readonly requestId?: string | undefined
  readonly clickUrl?: string | undefined
  readonly uploads: Upload[]
  /** The IDs of the uploads that are done. A file may hold more than a million of them, so there is one list of them only. */
  ids: Set<string>
  /** Who is in it beside those uploaded, as LINE finds them when it is asked. */
  people(): readonly PersonState[]
  /** Who shares it; none for one of the account's own. */
  readonly owner: AudienceOwner | undefined
  /** The status that a test has set, instead of the one that follows from the time and the users. */
  forced: { readonly status: AudienceStatus; readonly failedType?: AudienceFailedType | undefined } | undefined
}

const audiences = stateOf<AccountState, Map<number, AudienceState>>(() => new Map())
// As long as those in LINE's samples.
const lastId = stateOf<World, { audience: number; job: number }>(() => ({
  audience: 4_389_300_000_000,
  job: 12_345_000,
}))

const expiresAt = ({ createdAt }: AudienceState) => createdAt + lifetime.used

/** The audiences that LINE has of an account, the newest first. Those that expired a month ago are gone. */
export function audiencesOf(account: AccountState, now: number): readonly AudienceState[] {
  const all = audiences(account)
  for (const [id, audience] of all) if (now >= expiresAt(audience) + lifetime.shown) all.delete(id)
  return [...all.values()].reverse()
}

/** An audience that the account can see, or LINE's refusal. */
export function findAudience(account: AccountState, audienceGroupId: number, now: number): AudienceState {
  return (
    audiencesOf(account, now).find((audience) => audience.audienceGroupId === audienceGroupId) ??
    refuseAudience('AUDIENCE_GROUP_NOT_FOUND')
  )
}

/** An audience that the account may change, or LINE's refusal. */
export function findOwnAudience(account: AccountState, audienceGroupId: number, now: number): AudienceState {
  const audience = findAudience(account, audienceGroupId, now)
  return audience.permission === 'READ_WRITE' ? audience : refuseAudience('AUDIENCE_GROUP_NOT_FOUND')
}

/** What a new audience is, as far as it does not follow from the account. */
export interface NewAudience extends Pick<AudienceState, 'type' | 'description'> {
  readonly createRoute?: AudienceState['createRoute'] | undefined
  readonly permission?: AudiencePermission | undefined
  readonly isIfaAudience?: boolean | undefined
  readonly requestId?: string | undefined
  readonly clickUrl?: string | undefined
  readonly people?: (() => readonly PersonState[]) | undefined
  readonly owner?: AudienceOwner | undefined
  readonly forced?: AudienceState['forced']
}

/** Refuses when the account has the maximum number of audiences. */
export function checkRoom(account: AccountState, now: number): void {
  if (audiencesOf(account, now).filter(({ owner }) => !owner).length >= mostAudiences)
    refuseAudience('AUDIENCE_GROUP_COUNT_MAX_OVER')
}

/** Creates an audience. */
export function addAudience(world: World, account: AccountState, audience: NewAudience): AudienceState {
  const ids = lastId(world)
  ids.audience += 1 + Math.floor(world.random() * 1000)
  const made: AudienceState = {
    audienceGroupId: ids.audience,
    createRoute: audience.createRoute ?? 'MESSAGING_API',
    type: audience.type,
    description: audience.description,
    permission: audience.permission ?? 'READ_WRITE',
    isIfaAudience: audience.isIfaAudience ?? false,
    createdAt: world.clock.now(),
    requestId: audience.requestId,
    clickUrl: audience.clickUrl,
    uploads: [],
    ids: new Set(),
    people: audience.people ?? (() => []),
    owner: audience.owner,
    forced: audience.forced,
  }
  audiences(account).set(made.audienceGroupId, made)
  return made
}

/** Deletes an audience. */
export function removeAudience(account: AccountState, { audienceGroupId }: AudienceState): void {
  audiences(account).delete(audienceGroupId)
}

type JobStatus = 'QUEUED' | 'WORKING' | 'FINISHED'

function jobStatus({ at }: Upload, now: number): JobStatus {
  const waited = now - at
  return waited < phaseLength ? 'QUEUED' : waited < 2 * phaseLength ? 'WORKING' : 'FINISHED'
}

/** Whether an audience has as many uploads in progress as LINE allows. */
export function isBusy({ uploads }: AudienceState, now: number): boolean {
  return uploads.filter((upload) => jobStatus(upload, now) !== 'FINISHED').length >= mostJobs.underWay
}

/** Begins to add IDs to an audience. */
export function upload(world: World, audience: AudienceState, ids: Set<string>, description: string | undefined): void {
  const last = lastId(world)
  last.job += 1 + Math.floor(world.random() * 1000)
  audience.uploads.push({
    jobId: last.job,
    description: description ?? null,
    count: ids.size,
    at: world.clock.now(),
    ids,
  })
}

/** The IDs that have been added by now. */
function idsIn(audience: AudienceState, now: number): ReadonlySet<string> {
  for (const one of audience.uploads) {
    if (!one.ids || jobStatus(one, now) !== 'FINISHED') continue
    if (!audience.ids.size) audience.ids = one.ids
    else for (const id of one.ids) audience.ids.add(id)
    one.ids = undefined
  }
  return audience.ids
}

function size(audience: AudienceState, now: number): number {
  return idsIn(audience, now).size + audience.people().length
}

const needsPeople = ({ type }: AudienceState) => type === 'CLICK' || type === 'IMP'
const tellsFew = ({ type, isIfaAudience }: AudienceState) =>
  (type === 'UPLOAD' && !isIfaAudience) || type === 'CHAT_TAG'

/** Whether a narrowcast may go to fewer than 50 people of it. */
export function mayBeSmall(audience: AudienceState): boolean {
  return !audience.owner && tellsFew(audience)
}

/** The status of an audience. It follows from the time and the users in it, unless a test has set it. */
export function statusOf(audience: AudienceState, now: number): AudienceStatus {
  if (now >= expiresAt(audience)) return 'EXPIRED'
  if (audience.forced) return audience.forced.status
  const ripe = audience.uploads.length > 0 || now >= audience.createdAt + ripening
  return ripe && size(audience, now) >= (needsPeople(audience) ? least.people : 1) ? 'READY' : 'IN_PROGRESS'
}

/** The people in an audience whom LINE can send to. */
export function peopleIn(
  world: World,
  account: AccountState,
  audience: AudienceState,
  now: number,
): ReadonlySet<PersonState> {
  // LINE alone knows whose advertising IDs are whose.
  const ids = audience.isIfaAudience ? [] : [...idsIn(audience, now)]
  const uploaded = ids.flatMap((id) => personBehind(world, id, account.channel.provider) ?? [])
  return new Set([...uploaded, ...audience.people()])
}

/** LINE tells times of audiences in seconds. */
export const inSeconds = (at: number): number => Math.floor(at / 1000)

/** An audience as LINE shows it. */
export function shown(audience: AudienceState, now: number): AudienceGroup {
  const {
    audienceGroupId,
    createRoute,
    type,
    description,
    permission,
    isIfaAudience,
    createdAt,
    requestId,
    clickUrl,
    forced,
  } = audience
  const people = size(audience, now)
  return {
    audienceGroupId,
    createRoute,
    type,
    description,
    status: statusOf(audience, now),
    audienceCount: people < least.told && !tellsFew(audience) ? 0 : people,
    created: inSeconds(createdAt),
    permission,
    isIfaAudience,
    expireTimestamp: inSeconds(expiresAt(audience)),
    ...(requestId !== undefined && { requestId }),
    ...(clickUrl !== undefined && { clickUrl }),
    ...(forced?.failedType && { failedType: forced.failedType }),
  }
}

/** The last uploads to an audience as LINE shows them. */
export function jobsOf(audience: AudienceState, now: number): AudienceGroupJob[] {
  return audience.uploads.slice(-mostJobs.shown).map((one) => ({
    audienceGroupJobId: one.jobId,
    audienceGroupId: audience.audienceGroupId,
    description: one.description,
    type: 'DIFF_ADD',
    jobStatus: jobStatus(one, now),
    failedType: null,
    audienceCount: jobStatus(one, now) === 'FINISHED' ? one.count : 0,
    created: inSeconds(one.at),
  }))
}
