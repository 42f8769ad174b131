import type {
  AudienceCreateRoute,
  AudienceFailedType,
  AudienceOwner,
  AudienceStatus,
} from '../../audience/group/types.js'
import type { AudiencePermission, AudienceType } from '../../audience/types.js'
import { LineInputError } from '../../core/errors.js'
import { accountState, type OfficialAccount } from '../account.js'
import { type Person, personState } from '../people/person.js'
import { findSentRequest } from '../sending/sent-requests.js'
import type { World } from '../world.js'
import { addAudience, audiencesOf } from './audiences.js'

/** An audience that was made elsewhere than by the API. */
export interface AddAudienceOptions {
  /** Its name. */
  readonly description: string
  /** Default: `CHAT_TAG`. */
  readonly type?: AudienceType | undefined
  /** Default: `OA_MANAGER`, or `BUSINESS_MANAGER` when it has an owner. */
  readonly createRoute?: AudienceCreateRoute | undefined
  /** Default: `READ`. */
  readonly permission?: AudiencePermission | undefined
  /** Who is in it. Default: nobody. */
  readonly people?: readonly Person[] | undefined
  /** Who shares it through Business Manager. Default: it is the account's own. */
  readonly owner?: AudienceOwner | undefined
  /** Default: it follows from the time and the people. */
  readonly status?: AudienceStatus | undefined
}

/** What happens to an account's audiences outside of the API. */
export interface AccountAudiences {
  /** Adds an audience as LINE Official Account Manager does, or as Business Manager shares one, and gives its ID. */
  add(audience: AddAudienceOptions): number
  /**
   * Sets the status of an audience, in place of what follows from the time and the people.
   *
   * @throws {LineInputError} when the account has no such audience.
   */
  setStatus(audienceGroupId: number, status: AudienceStatus, failedType?: AudienceFailedType): void
  /**
   * Has people open a link of a broadcast or narrowcast.
   *
   * @throws {LineInputError} when the account has sent no such message.
   */
  open(requestId: string, url: string, people: readonly Person[]): void
}

/** Makes what changes the audiences of an account outside of the API. */
export function accountAudiences(world: World, of: OfficialAccount): AccountAudiences {
  const account = accountState(world, of)
  return {
    add: ({ description, type = 'CHAT_TAG', createRoute, permission = 'READ', people = [], owner, status }) => {
      const states = people.map((person) => personState(world, person))
      const { audienceGroupId } = addAudience(world, account, {
        description,
        type,
        createRoute: createRoute ?? (owner ? 'BUSINESS_MANAGER' : 'OA_MANAGER'),
        permission,
        people: () => states,
        owner,
        ...(status !== undefined && { forced: { status } }),
      })
      return audienceGroupId
    },
    setStatus: (id, status, failedType) => {
      const audience = audiencesOf(account, world.clock.now()).find(({ audienceGroupId }) => audienceGroupId === id)
      if (!audience) throw new LineInputError(`setStatus: ${account.name} has no audience ${id}`)
      audience.forced = { status, failedType }
    },
    open: (requestId, url, people) => {
      const request = findSentRequest(world, requestId)
      if (request?.account !== account)
        throw new LineInputError(`open: ${account.name} has sent no broadcast or narrowcast ${requestId}`)
      for (const person of people) request.opened.push({ person: personState(world, person), url })
    },
  }
}
