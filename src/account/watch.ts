import { type CallerOptions, createCaller } from '../core/call/caller.js'
import type { TokenSource } from '../core/call/token.js'
import { systemClock, wait } from '../core/clock.js'
import { LineAbortedError, LineApiError, LineInputError } from '../core/errors.js'
import { getBotInfo } from '../messaging/bot/operations.js'
import { statelessTokens } from '../tokens/stateless.js'
import { aboutError, ask, isUnavailable } from './ask.js'
import { type QuotaState, readQuota } from './check/settings.js'
import { hostOf, readEndpoint, sameUrl } from './check/webhook.js'
import { type AccountSource, planOf } from './check.js'
import type { Evidence } from './checks.js'
import { callingOptions, type Plan } from './plan.js'
import type { Calls } from './run.js'

/** What can change about a connected account. */
export type ChangeCode =
  | 'webhook_off'
  | 'webhook_unset'
  | 'webhook_elsewhere'
  /** LINE takes the token no more, or gives none for the credentials. */
  | 'token_invalidated'
  /** LINE takes the token and refuses the account all the same: it may be suspended, or the address of this machine is not allowed. */
  | 'line_refused'
  | 'chat_mode_changed'
  | 'quota_low'
  | 'quota_reached'
  | 'line_unavailable'

/** Something changed. */
export interface AccountChange {
  readonly code: ChangeCode
  /** `began` when something went wrong, `ended` when it is well again. A changed chat mode only begins. */
  readonly state: 'began' | 'ended'
  /** When it was seen, in milliseconds since 1970. */
  readonly at: number
  readonly evidence: Evidence
}

/** How an account is watched. Beside it stands how LINE is called. */
export type WatchOptions = AccountSource &
  CallerOptions & {
    /** Time between two looks, in milliseconds, at least 10,000. Default: 300,000 (five minutes). */
    readonly interval?: number | undefined
    /** Ends the watch; the iteration then ends without an error. */
    readonly signal?: AbortSignal | undefined
  }

type Problem = readonly [code: ChangeCode, evidence: Evidence]

/** What one look saw. */
interface Reading {
  readonly problems: ReadonlyMap<ChangeCode, Evidence>
  readonly chatMode?: string | undefined
}

/** Whose account is looked at in this look, and how. */
interface Subject {
  readonly plan: Plan
  readonly calls: Calls
}

// The quota changes slowly, and takes two calls.
const quotaInterval = 60 * 60 * 1000

// What keeps the rest from being seen.
const blinding: readonly ChangeCode[] = ['line_unavailable', 'token_invalidated', 'line_refused']

function tokensFor({ messaging: { channelId, channelSecret, key, token } }: Plan): TokenSource | string | undefined {
  if (channelId && key) return statelessTokens({ channelId, assertionKey: key.key })
  if (channelId && channelSecret) return statelessTokens({ channelId, channelSecret })
  return token?.reveal()
}

/** Gives the subject of each look. A connection of a registry is read anew, since its credentials may be renewed; `undefined` when it is gone. */
function subjectsOf(options: WatchOptions): () => Promise<Subject | undefined> {
  const { registry, connectionId, signal } = options
  if (registry)
    return async () => {
      const state = (await registry.get(connectionId))?.state
      if (state !== 'connected' && state !== 'pending') return undefined
      const [{ plan }, { call }] = [await planOf(options), await registry.client(connectionId)]
      return { plan, calls: (operation, input) => call(operation, input, { signal }) }
    }
  let subject: Subject | undefined
  return async () => {
    if (subject) return subject
    const { plan, calling } = await planOf(options)
    const { call } = createCaller({ ...calling, channelAccessToken: tokensFor(plan) })
    return (subject = { plan, calls: (operation, input) => call(operation, input, { signal }) })
  }
}

function refusedReading({ code, status, lineMessage: line }: LineApiError): Reading {
  return { problems: new Map([[code === 'LINE_PERMISSION' ? 'line_refused' : 'token_invalidated', { status, line }]]) }
}

async function read({ calls, plan }: Subject, quota: QuotaState | undefined): Promise<Reading> {
  const bot = await ask(calls(getBotInfo, {}))
  if (bot.refusal) return refusedReading(bot.refusal)
  const problems: Problem[] = []
  if (plan.webhookUrl !== undefined && plan.mode === 'full') {
    const { url, active } = await readEndpoint(calls)
    if (url === undefined) problems.push(['webhook_unset', {}])
    else if (!sameUrl(url, plan.webhookUrl)) problems.push(['webhook_elsewhere', { host: hostOf(url) ?? '' }])
    else if (!active) problems.push(['webhook_off', { active }])
  }
  if (quota?.code)
    problems.push([quota.code, { used: quota.used, ...(quota.limit !== undefined && { limit: quota.limit }) }])
  return { problems: new Map(problems), chatMode: bot.data.chatMode }
}

/** What a look tells, with what it could not see taken over from the one before: that neither began nor ended. */
function carriedOn(before: Reading, now: Reading): Reading {
  const { chatMode = before.chatMode } = now
  if (!blinding.some((code) => now.problems.has(code))) return { problems: now.problems, chatMode }
  const earlier = [...before.problems].filter(([code]) => !blinding.includes(code))
  return { problems: new Map([...earlier, ...now.problems]), chatMode }
}

function* differences(before: Reading, now: Reading, at: number): Generator<AccountChange> {
  for (const [code, evidence] of now.problems)
    if (!before.problems.has(code)) yield { code, state: 'began', at, evidence }
  for (const [code, evidence] of before.problems)
    if (!now.problems.has(code)) yield { code, state: 'ended', at, evidence }
  if (before.chatMode !== undefined && now.chatMode !== undefined && before.chatMode !== now.chatMode)
    yield { code: 'chat_mode_changed', state: 'began', at, evidence: { from: before.chatMode, to: now.chatMode } }
}

/**
 * Watches a connected account and gives each change once: the switch fell back, the URL was replaced, the token was revoked, Chat was switched,
 * the month's messages are running out. What is wrong at the first look already is given as a change too.
 *
 * It reads bot info and webhook endpoint at each look, every five minutes unless told, and the quota once an hour. It never has LINE test the webhook URL: those 60 tests an hour
 * belong to all tools together. A connection of a registry is called by its own client, and the watch ends when it is disconnected.
 *
 * @throws {LineInputError} when a value cannot be what it is given as, or the interval is too short.
 * @example
 * for await (const { code, state } of watchAccount({ registry, connectionId, signal })) console.log(code, state)
 */
export async function* watchAccount(options: WatchOptions): AsyncGenerator<AccountChange, void, undefined> {
  const { interval = 300_000, signal } = options
  if (!(interval >= 10_000)) throw new LineInputError('watchAccount: interval is in milliseconds, and at least 10,000')
  const { clock = systemClock } = callingOptions(options)
  const subjectNow = subjectsOf(options)
  let before: Reading = { problems: new Map() }
  let quota: QuotaState | undefined
  let quotaReadAt = Number.NEGATIVE_INFINITY
  while (!signal?.aborted) {
    let now: Reading
    try {
      const subject = await subjectNow()
      if (!subject) return
      if (clock.now() - quotaReadAt >= quotaInterval) {
        quota = await readQuota(subject.calls)
        quotaReadAt = clock.now()
      }
      now = await read(subject, quota)
    } catch (error) {
      if (error instanceof LineAbortedError) return
      if (error instanceof LineApiError && !isUnavailable(error)) now = refusedReading(error)
      else if (!isUnavailable(error)) throw error
      else now = { problems: new Map([['line_unavailable', aboutError(error)]]) }
    }
    const after = carriedOn(before, now)
    yield* differences(before, after, clock.now())
    before = after
    await wait(clock, interval, signal)
  }
}
