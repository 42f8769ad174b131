import { contracts as audienceGroup } from '../audience/group/schemas.js'
import { contracts as audienceIds } from '../audience/ids/schemas.js'
import { contracts as audienceRetargeting } from '../audience/retargeting/schemas.js'
import type * as catalog from '../catalog.js'
import type { Contracts } from '../core/schema/schema.js'
import { contracts as insightAccount } from '../insight/account/schemas.js'
import { contracts as insightMessage } from '../insight/message/schemas.js'
import { contracts as insightRichMenu } from '../insight/rich-menu/schemas.js'
import { contracts as liff } from '../liff/schemas.js'
import { contracts as login } from '../login/schemas.js'
import { contracts as accountLink } from '../messaging/account-link/schemas.js'
import { contracts as aggregation } from '../messaging/aggregation/schemas.js'
import { contracts as bot } from '../messaging/bot/schemas.js'
import { contracts as content } from '../messaging/content/schemas.js'
import { contracts as coupon } from '../messaging/coupon/schemas.js'
import { contracts as delivery } from '../messaging/delivery/schemas.js'
import { contracts as follower } from '../messaging/follower/schemas.js'
import { contracts as group } from '../messaging/group/schemas.js'
import { contracts as loading } from '../messaging/loading/schemas.js'
import { contracts as membership } from '../messaging/membership/schemas.js'
import { contracts as narrowcast } from '../messaging/narrowcast/schemas.js'
import { contracts as notification } from '../messaging/notification/schemas.js'
import { contracts as profile } from '../messaging/profile/schemas.js'
import { contracts as quota } from '../messaging/quota/schemas.js'
import { contracts as read } from '../messaging/read/schemas.js'
import { contracts as richMenu } from '../messaging/rich-menu/schemas.js'
import { contracts as richMenuAlias } from '../messaging/rich-menu-alias/schemas.js'
import { contracts as richMenuBatch } from '../messaging/rich-menu-batch/schemas.js'
import { contracts as richMenuLink } from '../messaging/rich-menu-link/schemas.js'
import { contracts as send } from '../messaging/send/schemas.js'
import { contracts as webhookEndpoint } from '../messaging/webhook-endpoint/schemas.js'
import { contracts as miniApp } from '../mini-app/schemas.js'
import { contracts as module } from '../module/schemas.js'
import { contracts as shop } from '../shop/schemas.js'
import { contracts as tokens } from '../tokens/schemas.js'

/** The contracts of every group in the catalog. The type makes the tables complete. */
export type ContractTables = { readonly [Group in keyof typeof catalog]: Contracts<(typeof catalog)[Group]> }

/**
 * Returns the contracts of all operations, in the groups of the catalog.
 *
 * It is a function, because bundlers keep a spread at the top level of a module, and every schema with it.
 */
export function contractTables(): ContractTables {
  return {
    messaging: {
      ...accountLink,
      ...aggregation,
      ...bot,
      ...content,
      ...coupon,
      ...delivery,
      ...follower,
      ...group,
      ...loading,
      ...membership,
      ...narrowcast,
      ...notification,
      ...profile,
      ...quota,
      ...read,
      ...richMenu,
      ...richMenuAlias,
      ...richMenuBatch,
      ...richMenuLink,
      ...send,
      ...webhookEndpoint,
    },
    tokens,
    insight: { ...insightAccount, ...insightMessage, ...insightRichMenu },
    audience: { ...audienceGroup, ...audienceIds, ...audienceRetargeting },
    liff,
    login,
    module,
    shop,
    miniApp,
  }
}
