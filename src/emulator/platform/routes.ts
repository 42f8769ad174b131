import { routes as audienceCreate } from '../audience/create.js'
import { routes as audienceGroup } from '../audience/group.js'
import { routes as insightAccount } from '../insight/account.js'
import { routes as insightMessage } from '../insight/message.js'
import { routes as insightRichMenu } from '../insight/rich-menu.js'
import { routes as liff } from '../liff.js'
import { routes as login } from '../login/handlers.js'
import { routes as accountLink } from '../messaging/account-link.js'
import { routes as bot } from '../messaging/bot.js'
import { routes as content } from '../messaging/content.js'
import { routes as counts } from '../messaging/counts.js'
import { routes as coupon } from '../messaging/coupon.js'
import { routes as group } from '../messaging/group.js'
import { routes as loading } from '../messaging/loading.js'
import { routes as membership } from '../messaging/membership.js'
import { routes as narrowcast } from '../messaging/narrowcast.js'
import { routes as notification } from '../messaging/notification.js'
import { routes as profile } from '../messaging/profile.js'
import { routes as read } from '../messaging/read.js'
import { routes as richMenu } from '../messaging/rich-menu.js'
import { routes as richMenuLink } from '../messaging/rich-menu-link.js'
import { routes as send } from '../messaging/send.js'
import { routes as webhookEndpoint } from '../messaging/webhook-endpoint.js'
import { routes as miniApp } from '../mini-app.js'
import { routes as module } from '../module/handlers.js'
import { routes as purchases } from '../purchases.js'
import { routes as shop } from '../shop.js'
import { routes as tokens } from '../tokens/handlers.js'
import type { Route } from './handler.js'

/** What LINE does, topic by topic. A new topic adds its import and its name here. An operation of the catalog without a route answers 501. */
export function allRoutes(): readonly Route[] {
  return [
    ...audienceCreate,
    ...audienceGroup,
    ...insightAccount,
    ...insightMessage,
    ...insightRichMenu,
    ...liff,
    ...login,
    ...accountLink,
    ...bot,
    ...content,
    ...counts,
    ...coupon,
    ...group,
    ...loading,
    ...membership,
    ...narrowcast,
    ...notification,
    ...profile,
    ...read,
    ...richMenu,
    ...richMenuLink,
    ...send,
    ...webhookEndpoint,
    ...miniApp,
    ...module,
    ...purchases,
    ...shop,
    ...tokens,
  ]
}
