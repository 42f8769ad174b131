import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { filled, list, Nothing } from '../../core/schema/schema-parts.js'
import { RichMenuId } from '../rich-menu/schemas.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

const users = () => list(filled(), 1, 500)

export const UserRichMenuInput: Schema<T.UserRichMenuInput> = /* @__PURE__ */ schema(() =>
  z.object({ userId: filled() }),
)

export const LinkRichMenuIdToUserInput: Schema<T.LinkRichMenuIdToUserInput> = /* @__PURE__ */ schema(() =>
  z.object({ userId: filled(), richMenuId: filled() }),
)

export const LinkRichMenuIdToUsersInput: Schema<T.LinkRichMenuIdToUsersInput> = /* @__PURE__ */ schema(() =>
  z.object({ richMenuId: filled(), userIds: users() }),
)

export const UnlinkRichMenuIdFromUsersInput: Schema<T.UnlinkRichMenuIdFromUsersInput> = /* @__PURE__ */ schema(() =>
  z.object({ userIds: users() }),
)

export const contracts: Contracts<typeof operations> = {
  linkRichMenuIdToUser: { input: LinkRichMenuIdToUserInput, output: Nothing },
  getRichMenuIdOfUser: { input: UserRichMenuInput, output: RichMenuId },
  unlinkRichMenuIdFromUser: { input: UserRichMenuInput, output: Nothing },
  linkRichMenuIdToUsers: { input: LinkRichMenuIdToUsersInput, output: Nothing },
  unlinkRichMenuIdFromUsers: { input: UnlinkRichMenuIdFromUsersInput, output: Nothing },
}
