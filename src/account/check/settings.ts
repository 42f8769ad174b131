import { getFollowers } from '../../messaging/follower/operations.js'
import { getMessageQuota, getMessageQuotaConsumption } from '../../messaging/quota/operations.js'
import { ask } from '../ask.js'
import { type Answering, type Attestation, justSwitched } from '../attestation.js'
import { type Finding, found, notMade, passed } from '../checks.js'
import type { Calls } from '../run.js'

/** Compares Chat, which bot info tells, with how the tool answers. */
export function judgeChatMode(
  chatMode: string,
  answering: Answering | undefined,
  attested: readonly Attestation[],
  now: number,
): Finding {
  const facts = { chatMode, answering }
  if (answering === undefined) return passed(chatMode === 'chat' ? 'Chat is on' : 'Chat is off', facts)
  const wanted = answering === 'tool-only' ? 'bot' : 'chat'
  if (chatMode === wanted)
    return passed(
      wanted === 'bot' ? 'Chat is off: only the tool answers' : 'Chat is on: the tool and people answer',
      facts,
    )
  if (justSwitched('chat', attested, now))
    return found('needs-person', 'settings_lag', 'Chat was just switched, and LINE does not show it yet', facts)
  const [message, mend] =
    wanted === 'bot'
      ? (['Chat is on: people may answer beside the tool', 'switch-chat-off'] as const)
      : (['Chat is off: people cannot answer in LINE', 'switch-chat-on'] as const)
  return found('needs-person', 'chat_mode_conflict', message, facts, mend)
}

/** How much of the month's messages is left when it counts as low: a tenth. */
export const lowQuota = 0.1

/** What is left of the month's messages. */
export interface QuotaState {
  /** Missing when there is no limit. */
  readonly limit?: number | undefined
  readonly used: number
  readonly code?: 'quota_reached' | 'quota_low' | undefined
}

/** Judges what has been used of the month's messages. */
export function judgeQuota(limit: number | undefined, used: number): QuotaState {
  if (limit === undefined) return { used }
  const code = used >= limit ? 'quota_reached' : limit - used < limit * lowQuota ? 'quota_low' : undefined
  return { limit, used, code }
}

/** Reads the month's limit and what has been used of it. `undefined` when LINE refuses to tell. */
export async function readQuota(calls: Calls): Promise<QuotaState | undefined> {
  const quota = await ask(calls(getMessageQuota, {}))
  const consumption = quota.refusal ? quota : await ask(calls(getMessageQuotaConsumption, {}))
  if (quota.refusal || consumption.refusal) return undefined
  return judgeQuota(quota.data.type === 'limited' ? quota.data.value : undefined, consumption.data.totalUsage)
}

/** Looks whether messages are left. Receiving and replying work without any, so it only warns. */
export async function checkQuota(calls: Calls): Promise<Finding> {
  const state = await readQuota(calls)
  if (!state) return notMade('LINE does not tell the quota of this account')
  const { limit, used, code } = state
  const facts = { limit, used }
  if (code === 'quota_reached')
    return found('warning', code, 'The messages of this month are used up; replies still work', facts)
  if (code === 'quota_low')
    return found('warning', code, 'Less than a tenth of the messages of this month is left', facts)
  return passed(
    limit === undefined ? 'There is no limit to the messages of this month' : 'Messages of this month are left',
    facts,
  )
}

/** Looks whether the account may list its followers, which only verified and premium accounts may. */
export async function checkFollowers(calls: Calls): Promise<Finding> {
  const { refusal } = await ask(calls(getFollowers, { limit: 1 }))
  if (!refusal) return passed('The account may list its followers')
  const facts = { status: refusal.status, line: refusal.lineMessage }
  if (refusal.status === 403)
    return found(
      'needs-person',
      'unverified_account',
      'The account may not list its followers: it is not verified',
      facts,
    )
  return notMade(`LINE does not list the followers: ${refusal.lineMessage}`)
}
