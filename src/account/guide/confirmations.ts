import { LineInputError } from '../../core/errors.js'
import { asked, type CheckId, type FailureCode, type Finding, found, passed } from '../check/findings.js'
import type { StepId } from './steps.js'

/** Who replies to users: only the tool (Chat off), or the tool and people in LINE Official Account Manager (Chat on). */
export type Answering = 'tool-only' | 'tool-and-manager'

/**
 * A statement that a person can confirm. No API shows the first eight. For `webhook-switch` and `chat` a person can say that the setting was just changed, so that
 * a delayed display is not mistaken for a setting that was reset.
 */
export type ConfirmationId =
  | 'greeting'
  | 'auto-response'
  | 'response-hours'
  | 'chat-response-method'
  | 'group-joining'
  | 'second-administrator'
  | 'login-published'
  | 'login-linked'
  | 'webhook-switch'
  | 'chat'

/** The answer of a person to a question about the account. */
export interface Confirmation {
  /** The statement that was confirmed. */
  readonly id: ConfirmationId
  /** Whether it is as the tool requires, for example that the greeting message is off. */
  readonly holds: boolean
  /** Who confirmed it, for example the names of the administrators. Do not put a secret here; it is stored unencrypted. */
  readonly by?: string | undefined
  /** When it was confirmed, in milliseconds since 1970. Default: now. */
  readonly at?: number | undefined
}

/** A question that only a person can answer. */
interface Question {
  readonly id: Extract<CheckId, ConfirmationId>
  /** The failure when the answer is no. */
  readonly code: FailureCode
  /** The step that asks, and that solves the failure. */
  readonly step: StepId
  /** The answer yes as a sentence. */
  readonly holds: string
  readonly ask: string
}

const noGreeting: Question = {
  id: 'greeting',
  code: 'double_replies',
  step: 'switch-greeting-off',
  holds: 'the greeting message is off',
  ask: 'Is the greeting message off?',
}
const noAutoResponse: Question = {
  id: 'auto-response',
  code: 'double_replies',
  step: 'switch-auto-response-off',
  holds: 'auto-response is off',
  ask: 'Is auto-response off?',
}
const noResponseHours: Question = {
  id: 'response-hours',
  code: 'double_replies',
  step: 'switch-response-hours-off',
  holds: 'response hours are off',
  ask: 'Are response hours off?',
}
const manualChat: Question = {
  id: 'chat-response-method',
  code: 'double_replies',
  step: 'set-manual-chat',
  holds: 'the chat response method is manual',
  ask: 'Is the chat response method manual?',
}
const secondAdministrator: Question = {
  id: 'second-administrator',
  code: 'no_spare_admin',
  step: 'invite-administrator',
  holds: 'the account has a second administrator',
  ask: 'Does the account have a second administrator?',
}
const groups = (wanted: boolean): Question => ({
  id: 'group-joining',
  code: wanted ? 'groups_forbidden' : 'groups_allowed',
  step: wanted ? 'allow-groups' : 'forbid-groups',
  holds: wanted ? 'the account may join group chats' : 'the account may not join group chats',
  ask: wanted ? 'May the account join group chats?' : 'Is the account prevented from joining group chats?',
})

/** Lists the questions for a person, by what the tool does. Rules: plan-tool-only, plan-tool-and-manager, no-groups-no-auto-replies, several-administrators. */
export function questions(answering: Answering | undefined, groupsWanted: boolean): readonly Question[] {
  if (answering === undefined) return [secondAdministrator]
  const both = answering === 'tool-and-manager' ? [noResponseHours, manualChat] : []
  return [noGreeting, noAutoResponse, ...both, groups(groupsWanted), secondAdministrator]
}

/** Checks the confirmation that answers a question. */
export function checkConfirmation(question: Question, confirmations: readonly Confirmation[]): Finding<never> {
  const answer = confirmations.find(({ id }) => id === question.id)
  if (!answer) return asked(`${question.ask} No API shows this`, question.step)
  const { holds, by, at } = answer
  const facts = { confirmed: holds, by, at: at === undefined ? undefined : new Date(at).toISOString() }
  return holds
    ? passed(`A person confirmed that ${question.holds}`, facts)
    : found('needs-person', question.code, `A person answered no: ${question.ask}`, facts, question.step)
}

// A setting that still has its old value after this time was not changed, or was reset.
const longestLag = 5 * 60_000

/** Returns whether a person changed a setting so recently that LINE may not show it yet. */
export function justSwitched(id: ConfirmationId, confirmations: readonly Confirmation[], now: number): boolean {
  const answer = confirmations.find((one) => one.id === id)
  if (!answer?.holds || answer.at === undefined) return false
  return now >= answer.at && now - answer.at < longestLag
}

const knownIds: { readonly [id in ConfirmationId]: true } = {
  greeting: true,
  'auto-response': true,
  'response-hours': true,
  'chat-response-method': true,
  'group-joining': true,
  'second-administrator': true,
  'login-published': true,
  'login-linked': true,
  'webhook-switch': true,
  chat: true,
}

/** Reads confirmations. The last one of each ID counts; earlier ones of the connection stay where none is given. */
export function readConfirmations(
  given: readonly Confirmation[],
  now: number,
  before: readonly Confirmation[] = [],
): readonly Confirmation[] {
  const latest = new Map<ConfirmationId, Confirmation>(before.map((one) => [one.id, one]))
  for (const { id, holds, by, at = now } of given) {
    if (!Object.hasOwn(knownIds, id) || typeof holds !== 'boolean')
      throw new LineInputError(
        `confirmations: each entry must be { id, holds }, where holds is a boolean and id is one of ${Object.keys(knownIds).join(', ')}`,
      )
    if (typeof at !== 'number' || !Number.isFinite(at))
      throw new LineInputError(`confirmations: at of "${id}" must be a time in milliseconds since 1970`)
    latest.set(id, { id, holds, at, ...(by !== undefined && { by: String(by) }) })
  }
  return [...latest.values()]
}
