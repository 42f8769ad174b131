import type { messagingApi } from '@line/bot-sdk'
import { expect } from 'vitest'
import type { MethodTable, PeerWorld } from './table.js'

async function group({ emulator, account, person }: PeerWorld) {
  account.settings.joinGroups = true
  const ken = emulator.createPerson({ displayName: 'Ken' })
  await ken.addFriend(account)
  const made = emulator.createGroup({ name: 'Tea friends', members: [person, ken] })
  await made.invite(account)
  return made.groupId
}

async function room({ emulator, account, person }: PeerWorld) {
  account.settings.joinGroups = true
  const ken = emulator.createPerson({ displayName: 'Ken' })
  await ken.addFriend(account)
  const made = emulator.createRoom({ members: [person, ken] })
  await made.invite(account)
  return made.roomId
}

async function member({ account, person }: PeerWorld) {
  const { membershipId } = account.offerMembership({ title: 'Tea circle', price: 500, benefits: ['Tea of the month'] })
  await person.joinMembership(account, membershipId)
  return membershipId
}

// Messages stay unread only while Chat is on.
async function received({ account, person }: PeerWorld): Promise<string> {
  account.settings.chat = true
  const { message } = (await person.send(account, 'hello')).event
  if (!('markAsReadToken' in message) || typeof message.markAsReadToken !== 'string')
    throw new Error('The message has no markAsReadToken')
  expect(person.unreadBy(account)).toBe(1)
  return message.markAsReadToken
}

export const peopleMethods = {
  getProfile: async (peer, { line, userId }) => {
    const there = await peer.getProfile(userId)
    expect(there).toEqual({ userId, displayName: 'Mika' })
    expect(there).toEqual(await line.messaging.getProfile({ userId }))
  },
  getFollowers: async (peer, { emulator, account, line, userId }) => {
    await emulator.createPerson({ displayName: 'Ken' }).addFriend(account)
    const first = await peer.getFollowers(undefined, 1)
    expect(first.userIds).toEqual([userId])
    const second = await peer.getFollowers(first.next, 1)
    expect(second.userIds).toHaveLength(1)
    expect(second).toEqual(await line.messaging.getFollowers({ start: first.next, limit: 1 }))
  },
  issueLinkToken: async (peer, { person, userId }) => {
    const { linkToken } = await peer.issueLinkToken(userId)
    const report = await person.linkAccount(
      `https://access.line.me/dialog/bot/accountLink?linkToken=${linkToken}&nonce=0123456789`,
    )
    expect(report?.event.link).toEqual({ result: 'ok', nonce: '0123456789' })
  },
  getGroupSummary: async (peer, world) => {
    const groupId = await group(world)
    const there = await peer.getGroupSummary(groupId)
    expect(there).toEqual({ groupId, groupName: 'Tea friends' })
    expect(there).toEqual(await world.line.messaging.getGroupSummary({ groupId }))
  },
  getGroupMemberCount: async (peer, world) => {
    const groupId = await group(world)
    const there = await peer.getGroupMemberCount(groupId)
    expect(there).toEqual({ count: 2 })
    expect(there).toEqual(await world.line.messaging.getGroupMemberCount({ groupId }))
  },
  getGroupMembersIds: async (peer, world) => {
    const groupId = await group(world)
    const there = await peer.getGroupMembersIds(groupId)
    expect(there.memberIds).toContain(world.userId)
    expect(there).toEqual(await world.line.messaging.getGroupMembersIds({ groupId }))
  },
  getGroupMemberProfile: async (peer, world) => {
    const { line, userId } = world
    const groupId = await group(world)
    const there = await peer.getGroupMemberProfile(groupId, userId)
    expect(there).toEqual({ userId, displayName: 'Mika' })
    expect(there).toEqual(await line.messaging.getGroupMemberProfile({ groupId, userId }))
  },
  leaveGroup: async (peer, world) => {
    const groupId = await group(world)
    await peer.leaveGroup(groupId)
    await expect(world.line.messaging.getGroupSummary({ groupId })).rejects.toMatchObject({ status: 404 })
  },
  getRoomMemberCount: async (peer, world) => {
    const roomId = await room(world)
    const there = await peer.getRoomMemberCount(roomId)
    expect(there).toEqual({ count: 2 })
    expect(there).toEqual(await world.line.messaging.getRoomMemberCount({ roomId }))
  },
  getRoomMembersIds: async (peer, world) => {
    const roomId = await room(world)
    const there = await peer.getRoomMembersIds(roomId)
    expect(there.memberIds).toContain(world.userId)
    expect(there).toEqual(await world.line.messaging.getRoomMembersIds({ roomId }))
  },
  getRoomMemberProfile: async (peer, world) => {
    const { line, userId } = world
    const roomId = await room(world)
    const there = await peer.getRoomMemberProfile(roomId, userId)
    expect(there).toEqual({ userId, displayName: 'Mika' })
    expect(there).toEqual(await line.messaging.getRoomMemberProfile({ roomId, userId }))
  },
  leaveRoom: async (peer, world) => {
    const roomId = await room(world)
    await peer.leaveRoom(roomId)
    await expect(world.line.messaging.getRoomMemberCount({ roomId })).rejects.toMatchObject({ status: 404 })
  },
  getMembershipSubscription: async (peer, world) => {
    const { line, userId } = world
    const membershipId = await member(world)
    const there = await peer.getMembershipSubscription(userId)
    expect(there.subscriptions).toMatchObject([{ membership: { membershipId }, user: { membershipNo: 1 } }])
    expect(there).toEqual(await line.messaging.getMembershipSubscription({ userId }))
  },
  getMembershipList: async (peer, world) => {
    const membershipId = await member(world)
    const there = await peer.getMembershipList()
    expect(there.memberships).toMatchObject([{ membershipId, memberCount: 1, memberLimit: null }])
    expect(there).toEqual(await world.line.messaging.getMembershipList())
  },
  getJoinedMembershipUsers: async (peer, world) => {
    const membershipId = await member(world)
    const there = await peer.getJoinedMembershipUsers(membershipId, undefined, 10)
    expect(there.userIds).toEqual([world.userId])
    expect(there).toEqual(await world.line.messaging.getJoinedMembershipUsers({ membershipId, limit: 10 }))
  },
  markMessagesAsRead: async (peer, world) => {
    await received(world)
    Object.assign(world.account.settings, { chat: false, markAsReadByUser: true })
    await peer.markMessagesAsRead({ chat: { userId: world.userId } })
    expect(world.person.unreadBy(world.account)).toBe(0)
  },
  markMessagesAsReadByToken: async (peer, world) => {
    await peer.markMessagesAsReadByToken({ markAsReadToken: await received(world) })
    expect(world.person.unreadBy(world.account)).toBe(0)
  },
  showLoadingAnimation: async (peer, { person, account, userId }) => {
    expect(person.seesLoading(account)).toBe(false)
    await peer.showLoadingAnimation({ chatId: userId, loadingSeconds: 5 })
    expect(person.seesLoading(account)).toBe(true)
  },
} satisfies Partial<MethodTable<messagingApi.MessagingApiClient>>
