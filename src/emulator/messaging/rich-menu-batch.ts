import type * as operations from '../../messaging/rich-menu-batch/operations.js'
import type { RichMenuBatchInput, RichMenuBatchOperation } from '../../messaging/rich-menu-batch/types.js'
import { type BotCall, type Handlers, Reply } from '../platform/handler.js'
import { checkParameter } from '../platform/identifiers.js'
import { refuse } from '../platform/refusal.js'
import { mistakes, type Wording, words } from '../platform/words.js'
import { checkRichMenuId, richMenus } from '../rich-menus.js'
import type { AccountState, PersonState } from '../state.js'
import { keep } from '../world.js'

const twoWeeks = 14 * 24 * 60 * 60 * 1000
/** How long LINE works on a batch, in milliseconds. At LINE it depends. */
const workLength = 1000

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

const batches = keep<AccountState, Batches>(() => ({ byRequestId: new Map(), byResumeKey: new Map() }))

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
      const menu = menus.get(id) ?? refuse(404, mistakes({ message: words.noBatchMenu(id), property }))
      if (name === 'to' && !menu.image) refuse(400, mistakes({ message: words.batchMenuNeedsImage(id), property }))
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

/** Does what is left, but for what cannot be done since a rich menu is gone; tells whether that is all. */
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

/** What LINE says of steps that do not go together. */
export const wording: Wording = ({ rule, path }, input) => {
  const [, at, name] = /^operations\[(\d+)\]\.(from|type)$/.exec(path) ?? []
  if (rule !== 'other' || at === undefined) return undefined
  if (name === 'type') return { message: words.unlinkAllMixed, property: 'operations[].type' }
  const { operations } = input as RichMenuBatchInput // this rule is only broken by lists of steps
  const step = operations[Number(at)]
  return { message: words.fromTwice(step && 'from' in step ? step.from : ''), property: 'operations[].from' }
}

/** Takes batches, carries them out in the background, and tells how far they are. */
export const handlers: Handlers<typeof operations> = {
  richMenuBatch(input, call) {
    const { world, account, requestId, now } = call
    checkMenus(input, account)
    const work = workOf(input, call)
    const batch: Batch = { acceptedAt: now, completedAt: undefined, failed: false }
    batches(account).byRequestId.set(requestId, batch)
    world.clock.later(() => {
      batch.failed = !carryOut(work, account)
      batch.completedAt = world.clock.now()
    }, workLength)
    return new Reply({}, { status: 202 })
  },

  validateRichMenuBatchRequest(input, { account }) {
    checkMenus(input, account)
    return {}
  },

  getRichMenuBatchProgress({ requestId }, { account, now }) {
    checkParameter('requestId', requestId)
    const batch = batches(account).byRequestId.get(requestId)
    if (!batch || now - batch.acceptedAt >= twoWeeks) return refuse(404, words.notFound)
    const { acceptedAt, completedAt, failed } = batch
    const acceptedTime = new Date(acceptedAt).toISOString()
    if (completedAt === undefined) return { phase: 'ongoing', acceptedTime }
    return { phase: failed ? 'failed' : 'succeeded', acceptedTime, completedTime: new Date(completedAt).toISOString() }
  },
}
