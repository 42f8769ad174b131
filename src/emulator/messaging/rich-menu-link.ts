import * as richMenuBatch from '../../messaging/rich-menu-batch/operations.js'
import type { RichMenuBatchInput, RichMenuBatchOperation } from '../../messaging/rich-menu-batch/types.js'
import * as richMenuLink from '../../messaging/rich-menu-link/operations.js'
import { emptyDetails, errorMessages, type InputMessages, mistakes } from '../platform/error-messages.js'
import { type BotCall, type Handlers, Reply, type Route, route } from '../platform/handler.js'
import { checkParameter, isOfForm, refuse } from '../platform/refusal.js'
import type { AccountState, PersonState } from '../state.js'
import { personBehind, stateOf } from '../world.js'
import { checkRichMenuId, linkedRichMenu, linkRichMenu, needImage, richMenus } from './rich-menu.js'

/** How long a call for several users takes, in milliseconds. At LINE it takes some seconds. */
const workLength = 1000

function checkUsers(userIds: readonly string[]): void {
  const wrong = userIds.findIndex((userId) => !isOfForm('userId', userId))
  if (wrong >= 0) refuse(400, errorMessages.property(`userIds[${wrong}]`))
}

// A rich menu that has been deleted in the meantime is not linked.
function linkLater(
  { world, account }: BotCall,
  userIds: readonly string[],
  richMenuId: string | undefined,
): Reply<Record<string, never>> {
  const link = () => {
    if (richMenuId !== undefined && !richMenus(account).menus.has(richMenuId)) return
    for (const userId of userIds)
      linkRichMenu(account, personBehind(world, userId, account.channel.provider), richMenuId)
  }
  world.clock.later(link, workLength)
  return new Reply({}, { status: 202 })
}

/** Links rich menus to friends. LINE accepts other users and does nothing. */
const richMenuLinkHandlers: Handlers<typeof richMenuLink> = {
  linkRichMenuIdToUser({ userId, richMenuId }, { world, account }) {
    checkParameter('userId', userId)
    needImage(richMenus(account).menus.get(richMenuId) ?? refuse(404, errorMessages.notFound))
    linkRichMenu(account, personBehind(world, userId, account.channel.provider), richMenuId)
    return {}
  },

  getRichMenuIdOfUser({ userId }, { world, account }) {
    checkParameter('userId', userId)
    const person = personBehind(world, userId, account.channel.provider)
    const linked = person && linkedRichMenu(account, person)
    return { richMenuId: linked ?? refuse(404, emptyDetails(errorMessages.noLinkedRichMenu)) }
  },

  unlinkRichMenuIdFromUser({ userId }, { world, account }) {
    checkParameter('userId', userId)
    linkRichMenu(account, personBehind(world, userId, account.channel.provider), undefined)
    return {}
  },

  linkRichMenuIdToUsers({ userIds, richMenuId }, call) {
    checkUsers(userIds)
    checkRichMenuId(richMenuId)
    needImage(richMenus(call.account).menus.get(richMenuId) ?? refuse(404, emptyDetails(errorMessages.noRichMenu)))
    return linkLater(call, userIds, richMenuId)
  },

  unlinkRichMenuIdFromUsers({ userIds }, call) {
    checkUsers(userIds)
    return linkLater(call, userIds, undefined)
  },
}

const twoWeeks = 14 * 24 * 60 * 60 * 1000
/** How long a batch takes, in milliseconds. At LINE it varies. */
const batchLength = 1000

/** What is left to do of a batch: for each person, the rich menu that was linked when it came, and the one to link. */
type Work = Map<PersonState, { readonly from: string; readonly to: string | undefined }>

interface Batch {
  readonly acceptedAt: number
  completedAt: number | undefined
  failed: boolean
}

interface Batches {
  readonly byRequestId: Map<string, Batch>
  readonly byResumeKey: Map<string, { readonly work: Work; readonly until: number }>
}

const batches = stateOf<AccountState, Batches>(() => ({ byRequestId: new Map(), byResumeKey: new Map() }))

function checkMenus({ operations }: RichMenuBatchInput, account: AccountState): void {
  const { menus } = richMenus(account)
  for (const [at, step] of operations.entries()) {
    if (step.type === 'unlinkAll') continue
    const named =
      step.type === 'link'
        ? ([
            ['from', step.from],
            ['to', step.to],
          ] as const)
        : ([['from', step.from]] as const)
    for (const [name, id] of named) {
      const property = `operations[${at}].${name}`
      checkRichMenuId(id, property)
      const menu = menus.get(id) ?? refuse(404, mistakes({ message: errorMessages.noBatchMenu(id), property }))
      if (name === 'to' && !menu.image)
        refuse(400, mistakes({ message: errorMessages.batchMenuNeedsImage(id), property }))
    }
  }
}

// No step sees what another one does, so everything is decided by what is linked now.
function plan(steps: readonly RichMenuBatchOperation[], account: AccountState): Work {
  const work: Work = new Map()
  for (const [person, from] of richMenus(account).links) {
    const step = steps.find((one) => one.type === 'unlinkAll' || one.from === from)
    if (step) work.set(person, { from, to: step.type === 'link' ? step.to : undefined })
  }
  return work
}

/** Carries out the rest of the work, except where a rich menu has been deleted; returns whether nothing is left. */
function carryOut(work: Work, account: AccountState): boolean {
  const { links, menus } = richMenus(account)
  for (const [person, { from, to }] of work) {
    const isLinked = links.get(person) === from
    if (isLinked && to !== undefined && !menus.has(to)) continue
    if (isLinked && to !== undefined) links.set(person, to)
    else if (isLinked) links.delete(person)
    work.delete(person)
  }
  return work.size === 0
}

function workOf({ operations, resumeRequestKey }: RichMenuBatchInput, { account, now }: BotCall): Work {
  const { byResumeKey } = batches(account)
  const begun = resumeRequestKey === undefined ? undefined : byResumeKey.get(resumeRequestKey)
  if (begun && now < begun.until) return begun.work
  const work = plan(operations, account)
  if (resumeRequestKey !== undefined) byResumeKey.set(resumeRequestKey, { work, until: now + twoWeeks })
  return work
}

/** LINE's texts for operations that cannot be combined. */
const inputMessages: InputMessages = ({ rule, path }, input) => {
  const [, at, name] = /^operations\[(\d+)\]\.(from|type)$/.exec(path) ?? []
  if (rule !== 'other' || at === undefined) return undefined
  if (name === 'type') return { message: errorMessages.unlinkAllMixed, property: 'operations[].type' }
  const { operations } = input as RichMenuBatchInput // this rule is only broken by lists of steps
  const step = operations[Number(at)]
  return { message: errorMessages.fromTwice(step && 'from' in step ? step.from : ''), property: 'operations[].from' }
}

/** Accepts batches, carries them out in the background, and returns their progress. */
const richMenuBatchHandlers: Handlers<typeof richMenuBatch> = {
  richMenuBatch(input, call) {
    const { world, account, requestId, now } = call
    checkMenus(input, account)
    const work = workOf(input, call)
    const batch: Batch = { acceptedAt: now, completedAt: undefined, failed: false }
    batches(account).byRequestId.set(requestId, batch)
    world.clock.later(() => {
      batch.failed = !carryOut(work, account)
      batch.completedAt = world.clock.now()
    }, batchLength)
    return new Reply({}, { status: 202 })
  },

  validateRichMenuBatchRequest(input, { account }) {
    checkMenus(input, account)
    return {}
  },

  getRichMenuBatchProgress({ requestId }, { account, now }) {
    checkParameter('requestId', requestId)
    const batch = batches(account).byRequestId.get(requestId)
    if (!batch || now - batch.acceptedAt >= twoWeeks) return refuse(404, errorMessages.notFound)
    const { acceptedAt, completedAt, failed } = batch
    const acceptedTime = new Date(acceptedAt).toISOString()
    if (completedAt === undefined) return { phase: 'ongoing', acceptedTime }
    return { phase: failed ? 'failed' : 'succeeded', acceptedTime, completedTime: new Date(completedAt).toISOString() }
  },
}

/** What LINE does at the operations of these topics. */
export const routes: readonly Route[] = [
  ...route('channel', richMenuLink, richMenuLinkHandlers),
  ...route('channel', richMenuBatch, richMenuBatchHandlers, { messages: inputMessages }),
]
