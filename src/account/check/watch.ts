import { type CallerOptions, createCaller } from '../../core/call/caller.js'
import { systemClock } from '../../core/clock.js'
import { isLineError, LineInputError } from '../../core/errors.js'
import { isApiError, type LineApiError } from '../../core/response-errors.js'
import { wait } from '../../core/wait.js'
import { getBotInfo } from '../../messaging/bot/operations.js'
import { type QuotaState, readQuota } from './account-checks.js'
import { tokensFor } from './channel.js'
import { type Calls, errorFacts, expectRefusals, isUnavailable } from './check-run.js'
import type { Evidence } from './findings.js'
import { type AccountSource, callerOptions, type ParsedOptions, parseSource } from './parse-options.js'
import { hostOf, readEndpoint, sameUrl } from './webhook.js'

/** The possible changes of a connected account. */
export type ChangeCode =
  | 'webhook_off'
  | 'webhook_unset'
  | 'webhook_elsewhere'
  /** LINE no longer accepts the channel access token, or issues none for the credentials. */
  | 'token_invalidated'
  /** LINE accepts the channel access token but refuses the call: the account may be suspended, or this machine's IP address may not be allowed. */
  | 'line_refused'
  | 'chat_mode_changed'
  | 'quota_low'
  | 'quota_reached'
  | 'line_unavailable'

/** A change of a watched account. */
export interface AccountChange {
  /** The change, for programs to switch on. */
  readonly code: ChangeCode
  /** `began` when a problem appeared, `ended` when it is solved. `chat_mode_changed` is always `began`. */
  readonly state: 'began' | 'ended'
  /** When the change was seen, in milliseconds since 1970. */
  readonly at: number
  /** The data that shows the change. */
  readonly evidence: Evidence
}

/** The account to watch, and the options of the watch and its calls. */
export type WatchOptions = AccountSource &
  CallerOptions & {
    /** The time between two readings, in milliseconds, at least 10,000. Default: 300,000 (five minutes). */
    readonly interval?: number | undefined
    /** Ends the watch; the iteration then ends without an error. */
    readonly signal?: AbortSignal | undefined
  }

type Problem = readonly [code: ChangeCode, evidence: Evidence]

/** The result of one reading of the account. */
interface Reading {
  readonly problems: ReadonlyMap<ChangeCode, Evidence>
  readonly chatMode?: string | undefined
}

/** The account of one reading, and how to call LINE for it. */
interface Subject {
  readonly parsed: ParsedOptions
  readonly calls: Calls
}

// The quota changes slowly, and reading it takes two calls.
const quotaInterval = 60 * 60 * 1000

// Problems that prevent all other checks.
const hiding: readonly ChangeCode[] = ['line_unavailable', 'token_invalidated', 'line_refused']

/** Returns a function that returns the account for each reading. A connection of a registry is read every time, because its credentials can be renewed; The function returns `undefined` for a disconnected connection. */
function subjectsOf(options: WatchOptions): () => Promise<Subject | undefined> {
  const { registry, connectionId, signal } = options
  if (registry)
    return async () => {
      const state = (await registry.get(connectionId))?.state
      if (state !== 'connected' && state !== 'pending') return undefined
      const parsed = await parseSource(options)
      const { call } = await registry.client(connectionId)
      return { parsed, calls: expectRefusals((operation, input) => call(operation, input, { signal })) }
    }
  let subject: Subject | undefined
  return async () => {
    if (subject) return subject
    const parsed = await parseSource(options)
    const { call } = createCaller({ ...options, channelAccessToken: tokensFor(parsed.messaging) })
    return (subject = { parsed, calls: expectRefusals((operation, input) => call(operation, input, { signal })) })
  }
}

function refusedReading({ code, status, lineMessage: line }: LineApiError): Reading {
  return { problems: new Map([[code === 'LINE_PERMISSION' ? 'line_refused' : 'token_invalidated', { status, line }]]) }
}

async function read({ calls, parsed }: Subject, quota: QuotaState | undefined): Promise<Reading> {
  const bot = await calls(getBotInfo, {})
  if (bot.refusal) return refusedReading(bot.refusal)
  const problems: Problem[] = []
  if (parsed.webhookUrl !== undefined && parsed.mode === 'full') {
    const { url, active } = await readEndpoint(calls)
    if (url === undefined) problems.push(['webhook_unset', {}])
    else if (!sameUrl(url, parsed.webhookUrl)) problems.push(['webhook_elsewhere', { host: hostOf(url) ?? '' }])
    else if (!active) problems.push(['webhook_off', { active }])
  }
  if (quota?.code)
    problems.push([quota.code, { used: quota.used, ...(quota.limit !== undefined && { limit: quota.limit }) }])
  return { problems: new Map(problems), chatMode: bot.data.chatMode }
}

/** Completes a reading with the problems of the previous reading that it could not check. Those neither began nor ended. */
function completed(before: Reading, now: Reading): Reading {
  const { chatMode = before.chatMode } = now
  if (!hiding.some((code) => now.problems.has(code))) return { problems: now.problems, chatMode }
  const earlier = [...before.problems].filter(([code]) => !hiding.includes(code))
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
 * Watches a connected account and yields each change once: the webhook was turned off, the URL was replaced, the token was revoked, Chat was changed, or
 * the monthly messages are running out. Problems that exist at the first reading are yielded too.
 *
 * Each reading calls bot info and webhook endpoint, and once an hour the quota. It never makes LINE test the webhook URL, because all tools share the limit
 * of 60 tests an hour. A connection of a registry is called by its own client, and the watch ends when it is disconnected.
 *
 * @throws {LineInputError} when a value is not valid, or the interval is too short.
 * @example
 * for await (const { code, state } of watchAccount({ registry, connectionId, signal })) console.log(code, state)
 */
export async function* watchAccount(options: WatchOptions): AsyncGenerator<AccountChange, void, undefined> {
  const merged = callerOptions('watchAccount', options)
  const { interval = 300_000, signal } = options
  if (!(typeof interval === 'number' && interval >= 10_000))
    throw new LineInputError('interval must be at least 10000 milliseconds')
  const { clock = systemClock } = merged
  const subjectNow = subjectsOf(merged)
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
      if (isLineError(error) && error.code === 'LINE_ABORTED') return
      if (isApiError(error) && !isUnavailable(error)) now = refusedReading(error)
      else if (!isUnavailable(error)) throw error
      else now = { problems: new Map([['line_unavailable', errorFacts(error)]]) }
    }
    const after = completed(before, now)
    yield* differences(before, after, clock.now())
    before = after
    await wait(clock, interval, signal)
  }
}
