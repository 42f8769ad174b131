import { answered, questions } from './attestation.js'
import { compareId, compareName } from './check/compare.js'
import type { Identity } from './check/identity.js'
import { checkLogin } from './check/login.js'
import { checkFollowers, checkQuota, judgeChatMode } from './check/settings.js'
import { type Check, type CheckStatus, found } from './checks.js'
import type { Plan } from './plan.js'
import type { Run } from './run.js'

/** An account as LINE knows it. */
export interface KnownAccount {
  readonly name: string
  readonly basicId: string
  readonly premiumId?: string | undefined
  readonly pictureUrl?: string | undefined
  /** The user ID of the bot: the `destination` of its webhook deliveries. */
  readonly botUserId: string
  readonly channelId?: string | undefined
}

/** What may be told of an account that was found. */
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

/** Looks whether it is the account that is meant. */
export async function inspectIdentity(run: Run, { lineId, name }: Plan, { bot }: Identity): Promise<void> {
  await run.check('account', () => compareId(bot, lineId))
  if (name !== undefined) await run.check('account-name', () => compareName(bot, name))
}

/** Looks at all that can be read of the account and of its LINE Login channel. It changes nothing. */
export async function inspectSettings(run: Run, plan: Plan, { bot, calls }: Identity): Promise<void> {
  const { answering, attested, login, mode, webhookUrl } = plan
  await run.check('chat-mode', () => judgeChatMode(bot.chatMode, answering, attested, run.clock.now()))
  await run.check('quota', () => checkQuota(calls))
  if (plan.needsFollowers) await run.check('followers', () => checkFollowers(calls))
  if (login) await checkLogin(run, login, plan.observedLogin, attested, calls)
  if (webhookUrl !== undefined && mode === 'send-only')
    await run.check('webhook-url', () =>
      found(
        'needs-person',
        'no_channel_secret',
        'Without the channel secret no signature can be checked, so no webhook is set: the connection only sends',
      ),
    )
}

/** Asks what only a person can tell. */
export async function askPerson(run: Run, { answering, groups, attested }: Plan): Promise<void> {
  for (const question of questions(answering, groups)) await run.check(question.id, () => answered(question, attested))
}

const has = (checks: readonly Check[], status: CheckStatus) => checks.some((check) => check.status === status)

/** Whether something is wrong that nobody can go on with, or LINE could not be asked. */
export function isBlocked(checks: readonly Check[]): boolean {
  return has(checks, 'failed') || checks.some(({ status, code }) => status === 'unknown' && code !== undefined)
}

/** Whether a person has something to do or to say. */
export function needsPerson(checks: readonly Check[]): boolean {
  return has(checks, 'needs-person')
}
