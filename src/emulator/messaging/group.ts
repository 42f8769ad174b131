import * as operations from '../../messaging/group/operations.js'
import type { MemberIds, MemberProfile } from '../../messaging/group/types.js'
import { withdraw } from '../people/group.js'
import { errorMessages } from '../platform/error-messages.js'
import { type BotCall, type Handlers, type Route, route } from '../platform/handler.js'
import { nextPage } from '../platform/paging.js'
import { checkParameter, refuse } from '../platform/refusal.js'
import type { GroupState } from '../state.js'
import { personBehind, tellsProfile, userIdOf } from '../world.js'

/** The number of members on a page. */
const pageLength = 100

/** The chat under an ID, where the account is in it. */
function joined(name: 'groupId' | 'roomId', id: string, { world, account }: BotCall): GroupState {
  checkParameter(name, id)
  const group = world.groups.get(id)
  return group?.account === account ? group : refuse(404, errorMessages.notFound)
}

// Members are listed whether or not they are friends, if they have consented to it.
function listMembers(group: GroupState, start: string | undefined, call: BotCall): MemberIds {
  const { provider } = call.account.channel
  const listAll = () => [...group.members].filter(tellsProfile).map((person) => userIdOf(person, provider))
  const { items, ...more } = nextPage(call, { list: `members of ${group.id}`, start, limit: pageLength }, listAll)
  return { memberIds: [...items], ...more }
}

function profileOf(group: GroupState, userId: string, { world, account }: BotCall): MemberProfile {
  checkParameter('userId', userId)
  const person = personBehind(world, userId, account.channel.provider)
  if (!person || !group.members.has(person) || !tellsProfile(person)) return refuse(404, errorMessages.notFound)
  const { displayName, pictureUrl } = person
  return { userId, displayName, ...(pictureUrl && { pictureUrl }) }
}

function checkKind({ account }: BotCall): void {
  if (account.kind === 'unverified') refuse(403, errorMessages.notAvailable)
}

/** Returns information about group chats and multi-person chats, and leaves them. */
const handlers: Handlers<typeof operations> = {
  getGroupSummary({ groupId }, call) {
    const { name, pictureUrl } = joined('groupId', groupId, call)
    return { groupId, groupName: name, ...(pictureUrl && { pictureUrl }) }
  },

  getGroupMemberCount: ({ groupId }, call) => ({ count: joined('groupId', groupId, call).members.size }),

  getGroupMembersIds({ groupId, start }, call) {
    checkKind(call)
    return listMembers(joined('groupId', groupId, call), start, call)
  },

  getGroupMemberProfile: ({ groupId, userId }, call) => profileOf(joined('groupId', groupId, call), userId, call),

  leaveGroup({ groupId }, call) {
    // LINE does not wait for the webhook.
    void withdraw(call.world, joined('groupId', groupId, call))
    return {}
  },

  getRoomMemberCount: ({ roomId }, call) => ({ count: joined('roomId', roomId, call).members.size }),

  getRoomMembersIds({ roomId, start }, call) {
    checkKind(call)
    return listMembers(joined('roomId', roomId, call), start, call)
  },

  getRoomMemberProfile: ({ roomId, userId }, call) => profileOf(joined('roomId', roomId, call), userId, call),

  // Unlike with a group, it is not an error when the account is not a member.
  leaveRoom({ roomId }, { world, account }) {
    checkParameter('roomId', roomId)
    const room = world.groups.get(roomId) ?? refuse(404, errorMessages.notFound)
    if (room.account === account) void withdraw(world, room)
    return {}
  },
}

/** What LINE does at the operations of this topic. */
export const routes: readonly Route[] = /* @__PURE__ */ route('channel', operations, handlers)
