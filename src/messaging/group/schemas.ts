import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { filled, Nothing } from '../../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

export const GroupInput: Schema<T.GroupInput> = /* @__PURE__ */ schema(() => z.object({ groupId: filled() }))

export const RoomInput: Schema<T.RoomInput> = /* @__PURE__ */ schema(() => z.object({ roomId: filled() }))

export const GroupSummary: Schema<T.GroupSummary> = /* @__PURE__ */ schema(() =>
  z.object({ groupId: z.string(), groupName: z.string(), pictureUrl: z.optional(z.string()) }),
)

export const MemberCount: Schema<T.MemberCount> = /* @__PURE__ */ schema(() => z.object({ count: z.int() }))

export const GetGroupMembersIdsInput: Schema<T.GetGroupMembersIdsInput> = /* @__PURE__ */ schema(() =>
  z.object({ groupId: filled(), start: z.optional(z.string()) }),
)

export const GetRoomMembersIdsInput: Schema<T.GetRoomMembersIdsInput> = /* @__PURE__ */ schema(() =>
  z.object({ roomId: filled(), start: z.optional(z.string()) }),
)

export const MemberIds: Schema<T.MemberIds> = /* @__PURE__ */ schema(() =>
  z.object({ memberIds: z.array(z.string()), next: z.optional(z.string()) }),
)

export const GetGroupMemberProfileInput: Schema<T.GetGroupMemberProfileInput> = /* @__PURE__ */ schema(() =>
  z.object({ groupId: filled(), userId: filled() }),
)

export const GetRoomMemberProfileInput: Schema<T.GetRoomMemberProfileInput> = /* @__PURE__ */ schema(() =>
  z.object({ roomId: filled(), userId: filled() }),
)

export const MemberProfile: Schema<T.MemberProfile> = /* @__PURE__ */ schema(() =>
  z.object({ userId: z.string(), displayName: z.string(), pictureUrl: z.optional(z.string()) }),
)

export const contracts: Contracts<typeof operations> = {
  getGroupSummary: { input: GroupInput, output: GroupSummary },
  getGroupMemberCount: { input: GroupInput, output: MemberCount },
  getGroupMembersIds: { input: GetGroupMembersIdsInput, output: MemberIds },
  getGroupMemberProfile: { input: GetGroupMemberProfileInput, output: MemberProfile },
  leaveGroup: { input: GroupInput, output: Nothing },
  getRoomMemberCount: { input: RoomInput, output: MemberCount },
  getRoomMembersIds: { input: GetRoomMembersIdsInput, output: MemberIds },
  getRoomMemberProfile: { input: GetRoomMemberProfileInput, output: MemberProfile },
  leaveRoom: { input: RoomInput, output: Nothing },
}
