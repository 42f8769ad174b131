import type { BotInfo } from '../../messaging/bot/types.js'
import { getFollowers } from '../../messaging/follower/operations.js'
import { getMessageQuota, getMessageQuotaConsumption } from '../../messaging/quota/operations.js'
import { checkConfirmation, justSwitched, questions } from '../guide/confirmations.js'
import type { Identity } from './channel.js'
import type { Calls, CheckRun } from './check-run.js'
import { type Finding, found, notMade, passed } from './findings.js'
import { checkLogin } from './login.js'
import type { ParsedOptions } from './parse-options.js'

/** The public facts of an account. */
export interface KnownAccount {
  /** The display name of the account. */
  readonly name: string
  /** The basic ID, with `@`. */
  readonly basicId: string
  /** The premium ID, with `@`. Missing when the account has none. */
  readonly premiumId?: string | undefined
  /** The URL of the profile picture. Missing when the account has none. */
  readonly pictureUrl?: string | undefined
  /** The user ID of the bot: the `destination` of its webhook deliveries. */
  readonly botUserId: string
  /** The ID of the Messaging API channel. */
  readonly channelId?: string | undefined
}

/** Returns the public facts of an identified account. */
export function knownAccount({ bot, channelId }: Identity): KnownAccount {
  const { displayName: name, basicId, premiumId, pictureUrl, userId: botUserId } = bot
  return {
    name,
    basicId,
    ...(premiumId && { premiumId }),
    ...(pictureUrl && { pictureUrl }),
    botUserId,
    ...(channelId && { channelId }),
  }
}

// Rules: right-account, identify-by-basic-id.
function idFinding({ basicId, premiumId, displayName: name }: BotInfo, lineId: string | undefined): Finding<never> {
  const facts = { basicId, premiumId, name }
  if (lineId === undefined) return passed('No LINE ID was given to compare the account with', facts)
  if ([basicId, premiumId].some((id) => id?.toLowerCase() === lineId))
    return passed('The LINE ID matches the account', facts)
  const given = { ...facts, given: lineId }
  return found('failed', 'basic_id_mismatch', 'The channel belongs to an account with another LINE ID', given)
}

const normalized = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()

// People use their own names for accounts, so a different name is only a warning.
function nameFinding({ displayName: name }: BotInfo, given: string): Finding<never> {
  if (normalized(name) === normalized(given)) return passed('The name matches the account', { name })
  return found('warning', 'name_differs', 'The account has a different name', { name, given })
}

/** Checks that the account is the intended one: the checks `account` and `account-name`. */
export async function checkIdentity(run: CheckRun, { lineId, name }: ParsedOptions, { bot }: Identity): Promise<void> {
  await run.check('account', () => idFinding(bot, lineId))
  if (name !== undefined) await run.check('account-name', () => nameFinding(bot, name))
}

function chatModeFinding(chatMode: string, options: ParsedOptions, now: number): Finding<never> {
  const { answering, confirmations } = options
  const facts = { chatMode, answering }
  if (answering === undefined) return passed(chatMode === 'chat' ? 'Chat is on' : 'Chat is off', facts)
  const wanted = answering === 'tool-only' ? 'bot' : 'chat'
  if (chatMode === wanted)
    return passed(
      wanted === 'bot' ? 'Chat is off: only the tool replies' : 'Chat is on: the tool and people reply',
      facts,
    )
  if (justSwitched('chat', confirmations, now))
    return found('needs-person', 'settings_lag', 'Chat was just changed, and LINE does not show it yet', facts)
  const [message, remedy] =
    wanted === 'bot'
      ? (['Chat is on: people may reply in addition to the tool', 'switch-chat-off'] as const)
      : (['Chat is off: people cannot reply in LINE', 'switch-chat-on'] as const)
  return found('needs-person', 'chat_mode_conflict', message, facts, remedy)
}

/** The share of the monthly limit below which the quota counts as low: 10%. */
const lowQuota = 0.1

/** The state of the monthly message quota. */
export interface QuotaState {
  /** The number of messages a month. Missing when there is no limit. */
  readonly limit?: number | undefined
  /** The number of messages sent this month. */
  readonly used: number
  readonly code?: 'quota_reached' | 'quota_low' | undefined
}

/** Reads the monthly limit and its consumption. Returns `undefined` when LINE refuses. */
export async function readQuota(calls: Calls): Promise<QuotaState | undefined> {
  const quota = await calls(getMessageQuota, {})
  const consumption = quota.refusal ? quota : await calls(getMessageQuotaConsumption, {})
  if (quota.refusal || consumption.refusal) return undefined
  const used = consumption.data.totalUsage
  if (quota.data.type !== 'limited' || quota.data.value === undefined) return { used }
  const limit = quota.data.value
  const code = used >= limit ? 'quota_reached' : limit - used < limit * lowQuota ? 'quota_low' : undefined
  return { limit, used, code }
}

// Receiving and replying work without quota, so this only warns.
async function quotaFinding(calls: Calls): Promise<Finding<never>> {
  const state = await readQuota(calls)
  if (!state) return notMade('LINE does not show the quota of this account')
  const { limit, used, code } = state
  const facts = { limit, used }
  if (code === 'quota_reached')
    return found('warning', code, 'The monthly message limit is reached; replies still work', facts)
  if (code === 'quota_low') return found('warning', code, 'Less than 10% of the monthly message limit is left', facts)
  return passed(
    limit === undefined ? 'There is no monthly message limit' : 'The monthly message limit is not reached',
    facts,
  )
}

// Only verified and premium accounts may list their followers.
async function followersFinding(calls: Calls): Promise<Finding<never>> {
  const { refusal } = await calls(getFollowers, { limit: 1 })
  if (!refusal) return passed('The account may list its followers')
  const { status, lineMessage: line } = refusal
  if (status !== 403) return notMade(`LINE refused to list the followers: ${line}`)
  const message = 'The account may not list its followers, because it is not verified'
  return found('needs-person', 'unverified_account', message, { status, line })
}

/** Runs the checks of the account and its LINE Login channel that LINE's APIs allow. Nothing is changed. */
export async function checkSettings(run: CheckRun, options: ParsedOptions, { bot, calls }: Identity): Promise<void> {
  const { login, mode, webhookUrl } = options
  await run.check('chat-mode', () => chatModeFinding(bot.chatMode, options, run.clock.now()))
  await run.check('quota', () => quotaFinding(calls))
  if (options.needsFollowers) await run.check('followers', () => followersFinding(calls))
  if (login) await checkLogin(run, login, options.observedLogin, options.confirmations, calls)
  if (webhookUrl !== undefined && mode === 'send-only')
    await run.check('webhook-url', () =>
      found(
        'needs-person',
        'no_channel_secret',
        'Without the channel secret, webhook signatures cannot be verified, so no webhook is set and the connection is send-only',
      ),
    )
}

/** Runs the checks that require the confirmation of a person. */
export async function checkConfirmations(
  run: CheckRun,
  { answering, groups, confirmations }: ParsedOptions,
): Promise<void> {
  for (const question of questions(answering, groups))
    await run.check(question.id, () => checkConfirmation(question, confirmations))
}
