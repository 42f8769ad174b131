import { LineInputError } from '../core/errors.js'
import { asked, type CheckId, type Finding, found, passed } from './checks.js'
import type { FailureCode } from './failures.js'
import type { StepId } from './steps.js'

/** How a tool and LINE share the answering: the tool alone (Chat off), or the tool and people in the Manager (Chat on). */
export type Answering = 'tool-only' | 'tool-and-manager'

/**
 * What a person can be asked about. The first six can be known in no other way; of `webhook-switch` and `chat` a person may say that they have just
 * switched them, so that a display that lags is not taken for a switch that fell back.
 */
export type AttestationId =
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

/** What somebody said about the account. */
export interface Attestation {
  readonly id: AttestationId
  /** Whether it is as the tool needs it: greeting off, say. */
  readonly holds: boolean
  /** Who said so, such as the names of the administrators. Never a secret: it is kept in the clear. */
  readonly by?: string | undefined
  /** When, in milliseconds since 1970. */
  readonly at?: number | undefined
}

interface Question {
  readonly id: Extract<CheckId, AttestationId>
  readonly code: FailureCode
  readonly step: StepId
  readonly holds: string
  readonly ask: string
}

const noGreeting: Question = {
  id: 'greeting',
  code: 'double_replies',
  step: 'switch-greeting-off',
  holds: 'The greeting message is off',
  ask: 'Is the greeting message off?',
}
const noAutoResponse: Question = {
  id: 'auto-response',
  code: 'double_replies',
  step: 'switch-auto-response-off',
  holds: 'Auto-response is off',
  ask: 'Is auto-response off?',
}
const noHours: Question = {
  id: 'response-hours',
  code: 'double_replies',
  step: 'switch-response-hours-off',
  holds: 'Response hours are off',
  ask: 'Are response hours off?',
}
const manualChat: Question = {
  id: 'chat-response-method',
  code: 'double_replies',
  step: 'set-manual-chat',
  holds: 'The chat response method is manual',
  ask: 'Is the chat response method manual?',
}
const secondAdministrator: Question = {
  id: 'second-administrator',
  code: 'no_spare_admin',
  step: 'invite-administrator',
  holds: 'A second person is administrator',
  ask: 'Is a second person administrator of the account?',
}
const groups = (wanted: boolean): Question => ({
  id: 'group-joining',
  code: wanted ? 'groups_forbidden' : 'groups_allowed',
  step: wanted ? 'allow-groups' : 'forbid-groups',
  holds: wanted ? 'The account may join group chats' : 'The account may not join group chats',
  ask: wanted ? 'May the account join group chats?' : 'Is the account kept from joining group chats?',
})

/** What a person has to be asked, by what the tool does. Rules: plan-tool-only, plan-tool-and-manager, no-groups-no-auto-replies, several-administrators. */
export function questions(answering: Answering | undefined, groupsWanted: boolean): readonly Question[] {
  if (answering === undefined) return [secondAdministrator]
  const both = answering === 'tool-and-manager' ? [noHours, manualChat] : []
  return [noGreeting, noAutoResponse, ...both, groups(groupsWanted), secondAdministrator]
}

/** Looks what a person answered to a question. */
export function answered(question: Question, attested: readonly Attestation[]): Finding {
  const answer = attested.find(({ id }) => id === question.id)
  if (!answer) return asked(`${question.ask} No API tells`, question.step)
  const facts = {
    attested: answer.holds,
    by: answer.by,
    at: answer.at === undefined ? undefined : new Date(answer.at).toISOString(),
  }
  return answer.holds
    ? passed(`${question.holds}, as a person says`, facts)
    : found('needs-person', question.code, 'Not so, as a person says', facts, question.step)
}

// Beyond this, a switch that still reads as before was not switched, or fell back.
const longestLag = 5 * 60_000

/** Whether a person says to have switched something so lately that LINE may not show it yet. */
export function justSwitched(id: AttestationId, attested: readonly Attestation[], now: number): boolean {
  const answer = attested.find((one) => one.id === id)
  if (!answer?.holds || answer.at === undefined) return false
  return now >= answer.at && now - answer.at < longestLag
}

const known: { readonly [id in AttestationId]: true } = {
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

/** Reads what people said, each thing once: the last word counts, and what was said before stays where nothing is said now. */
export function readAttestations(
  given: readonly Attestation[],
  now: number,
  before: readonly Attestation[] = [],
): readonly Attestation[] {
  const latest = new Map<AttestationId, Attestation>(before.map((one) => [one.id, one]))
  for (const { id, holds, by, at = now } of given) {
    if (!Object.hasOwn(known, id) || typeof holds !== 'boolean')
      throw new LineInputError(
        `attested: an entry is { id, holds } with one of the ids ${Object.keys(known).join(', ')}`,
      )
    if (typeof at !== 'number' || !Number.isFinite(at))
      throw new LineInputError(`attested: ${id}: at is a time in milliseconds since 1970`)
    latest.set(id, { id, holds, at, ...(by !== undefined && { by: String(by) }) })
  }
  return [...latest.values()]
}
