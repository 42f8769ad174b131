import type {
  AudienceCreateRoute,
  AudienceFailedType,
  AudienceOwner,
  AudienceStatus,
} from '../../audience/group/types.js'
import type { AudiencePermission, AudienceType } from '../../audience/types.js'
import { LineInputError } from '../../core/errors.js'
import { accountState, type OfficialAccount } from '../account.js'
import { checkOptions, checkText } from '../check-options.js'
import { guard } from '../handle.js'
import { findSentRequest } from '../messaging/send.js'
import { type Person, personState } from '../people/person.js'
import type { World } from '../world.js'
import { addAudience, audiencesOf } from './audiences.js'

/** An audience that was created outside of the API. */
export interface AddAudienceOptions {
  /** The name of the audience. */
  readonly description: string
  /** The audience type. Default: `CHAT_TAG`. */
  readonly type?: AudienceType | undefined
  /** How the audience was created. Default: `OA_MANAGER`, or `BUSINESS_MANAGER` when it has an owner. */
  readonly createRoute?: AudienceCreateRoute | undefined
  /** What the account may do with the audience. Default: `READ`. */
  readonly permission?: AudiencePermission | undefined
  /** The users in the audience. Default: none. */
  readonly people?: readonly Person[] | undefined
  /** The owner that shares the audience through Business Manager. Default: none; the account owns it. */
  readonly owner?: AudienceOwner | undefined
  /** The status. Default: it follows from the time and the users. */
  readonly status?: AudienceStatus | undefined
}

/** Changes to an account's audiences outside of the API. */
export interface AccountAudiences {
  /** Adds an audience as LINE Official Account Manager does, or as Business Manager shares one, and returns its ID. */
  add(audience: AddAudienceOptions): number
  /**
   * Sets the status of an audience, instead of the status that follows from the time and the users.
   *
   * @throws {LineInputError} when the account has no such audience.
   */
  setStatus(audienceGroupId: number, status: AudienceStatus, failedType?: AudienceFailedType): void
  /**
   * Has users open a link of a broadcast or narrowcast.
   *
   * @throws {LineInputError} when the account has sent no such message.
   */
  open(requestId: string, url: string, people: readonly Person[]): void
}

/** Creates what changes the audiences of an account outside of the API. */
export function accountAudiences(world: World, of: OfficialAccount): AccountAudiences {
  const account = accountState(world, of)
  return guard(world, {
    add: (options) => {
      checkOptions('audiences.add', options, {}, { description: 'text', people: 'list' })
      const { description, type = 'CHAT_TAG', createRoute, permission = 'READ', people = [], owner, status } = options
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
      if (!audience)
        throw new LineInputError(
          `setStatus: ${account.name} has no audience ${typeof id === 'number' ? id : 'with such an ID'}`,
        )
      audience.forced = { status, failedType }
    },
    open: (requestId, url, people) => {
      checkText('open', 'requestId', requestId)
      checkOptions('open', { people }, { people: 'list' })
      const request = findSentRequest(world, requestId)
      if (request?.account !== account)
        throw new LineInputError(
          `open: ${account.name} has not sent a broadcast or narrowcast with request ID ${requestId}`,
        )
      for (const person of people) request.opened.push({ person: personState(world, person), url })
    },
  })
}
