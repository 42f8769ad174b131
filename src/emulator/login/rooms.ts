import {
  deauthorizeUser,
  getFriendshipStatus,
  getIdTokenKeys,
  getOpenIdConfiguration,
  getUserInfo,
  getUserInfoByPost,
  getUserProfile,
  issueUserToken,
  refreshUserToken,
  revokeUserToken,
  verifyUserIdToken,
  verifyUserToken,
} from '../../login/operations.js'
import { type Room, room } from '../platform/handler.js'
import { channelHandlers, openHandlers, userHandlers } from './handlers.js'

/** What LINE does about logins, apart from its pages. */
export function loginRooms(): readonly Room[] {
  const open = {
    issueUserToken,
    refreshUserToken,
    verifyUserToken,
    revokeUserToken,
    verifyUserIdToken,
    getIdTokenKeys,
    getOpenIdConfiguration,
  }
  return [
    room('none', open, openHandlers),
    room('user', { getUserInfo, getUserInfoByPost, getUserProfile, getFriendshipStatus }, userHandlers),
    room('login-channel', { deauthorizeUser }, channelHandlers),
  ]
}
