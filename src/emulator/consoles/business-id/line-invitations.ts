import type { OfficialAccount } from '../../account.js'
import type { PersonState } from '../../state.js'
import { stateOf } from '../../world.js'

/** An invitation that was shared in a chat of the LINE app. */
export interface LineInvitation {
  /** The link, which is opened in the chat and accepted after signing in. */
  readonly url: string
  /** The account that it is an invitation to. */
  readonly account: OfficialAccount
  /** The name of the Business ID that invites. */
  readonly from: string
  /** The time, in milliseconds since 1970. */
  readonly at: number
}

/** The invitations that were shared with a person. */
export const lineInvitations: (person: PersonState) => LineInvitation[] = stateOf(() => [])
