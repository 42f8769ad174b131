import * as accountLink from '../../messaging/account-link/operations.js'
import * as aggregation from '../../messaging/aggregation/operations.js'
import * as bot from '../../messaging/bot/operations.js'
import * as content from '../../messaging/content/operations.js'
import * as coupon from '../../messaging/coupon/operations.js'
import * as delivery from '../../messaging/delivery/operations.js'
import * as follower from '../../messaging/follower/operations.js'
import * as group from '../../messaging/group/operations.js'
import * as loading from '../../messaging/loading/operations.js'
import * as membership from '../../messaging/membership/operations.js'
import * as narrowcast from '../../messaging/narrowcast/operations.js'
import * as notification from '../../messaging/notification/operations.js'
import * as profile from '../../messaging/profile/operations.js'
import * as quota from '../../messaging/quota/operations.js'
import * as read from '../../messaging/read/operations.js'
import * as richMenu from '../../messaging/rich-menu/operations.js'
import * as richMenuAlias from '../../messaging/rich-menu-alias/operations.js'
import * as richMenuBatch from '../../messaging/rich-menu-batch/operations.js'
import * as richMenuLink from '../../messaging/rich-menu-link/operations.js'
import * as send from '../../messaging/send/operations.js'
import * as webhookEndpoint from '../../messaging/webhook-endpoint/operations.js'
import * as tokens from '../../tokens/operations.js'
import { loginRooms } from '../login/rooms.js'
import { handlers as accountLinkHandlers } from '../messaging/account-link.js'
import { handlers as aggregationHandlers } from '../messaging/aggregation.js'
import { handlers as botHandlers } from '../messaging/bot.js'
import { handlers as contentHandlers } from '../messaging/content.js'
import { handlers as couponHandlers, wording as couponWording } from '../messaging/coupon.js'
import { handlers as deliveryHandlers } from '../messaging/delivery.js'
import { handlers as followerHandlers } from '../messaging/follower.js'
import { handlers as groupHandlers } from '../messaging/group.js'
import { handlers as loadingHandlers } from '../messaging/loading.js'
import { handlers as membershipHandlers } from '../messaging/membership.js'
import { handlers as narrowcastHandlers } from '../messaging/narrowcast.js'
import { handlers as notificationHandlers, wording as notificationWording } from '../messaging/notification.js'
import { handlers as profileHandlers } from '../messaging/profile.js'
import { handlers as quotaHandlers } from '../messaging/quota.js'
import { handlers as readHandlers } from '../messaging/read.js'
import { handlers as richMenuHandlers, wording as richMenuWording } from '../messaging/rich-menu.js'
import { handlers as richMenuAliasHandlers } from '../messaging/rich-menu-alias.js'
import { handlers as richMenuBatchHandlers, wording as richMenuBatchWording } from '../messaging/rich-menu-batch.js'
import { handlers as richMenuLinkHandlers } from '../messaging/rich-menu-link.js'
import { handlers as sendHandlers } from '../messaging/send.js'
import { handlers as webhookEndpointHandlers } from '../messaging/webhook-endpoint.js'
import { handlers as tokenHandlers } from '../tokens/handlers.js'
import { type Room, room } from './handler.js'
import { besideMessaging } from './rooms-beside-messaging.js'

/** What LINE does, topic by topic. A topic of the catalog that is not listed here answers 501. */
export function allRooms(): readonly Room[] {
  return [
    room('channel', accountLink, accountLinkHandlers),
    room('channel', aggregation, aggregationHandlers),
    room('channel', content, contentHandlers),
    room('channel', coupon, couponHandlers, couponWording),
    room('channel', delivery, deliveryHandlers),
    room('channel', group, groupHandlers),
    room('channel', loading, loadingHandlers),
    room('channel', membership, membershipHandlers),
    room('channel', notification, notificationHandlers, notificationWording),
    room('channel', read, readHandlers),
    room('channel', richMenu, richMenuHandlers, richMenuWording),
    room('channel', richMenuAlias, richMenuAliasHandlers),
    room('channel', richMenuBatch, richMenuBatchHandlers, richMenuBatchWording),
    room('channel', richMenuLink, richMenuLinkHandlers),
    room('channel', bot, botHandlers),
    room('channel', follower, followerHandlers),
    room('channel', narrowcast, narrowcastHandlers),
    room('channel', profile, profileHandlers),
    room('channel', quota, quotaHandlers),
    room('channel', send, sendHandlers),
    room('channel', webhookEndpoint, webhookEndpointHandlers),
    room('none', tokens, tokenHandlers),
    ...besideMessaging(),
    ...loginRooms(),
  ]
}
