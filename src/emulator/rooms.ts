import * as bot from '../messaging/bot/operations.js'
import * as follower from '../messaging/follower/operations.js'
import * as narrowcast from '../messaging/narrowcast/operations.js'
import * as profile from '../messaging/profile/operations.js'
import * as quota from '../messaging/quota/operations.js'
import * as send from '../messaging/send/operations.js'
import * as webhookEndpoint from '../messaging/webhook-endpoint/operations.js'
import * as tokens from '../tokens/operations.js'
import { type Room, room } from './handler.js'
import { handlers as botHandlers } from './messaging/bot.js'
import { handlers as followerHandlers } from './messaging/follower.js'
import { handlers as narrowcastHandlers } from './messaging/narrowcast.js'
import { handlers as profileHandlers } from './messaging/profile.js'
import { handlers as quotaHandlers } from './messaging/quota.js'
import { handlers as sendHandlers } from './messaging/send.js'
import { handlers as webhookEndpointHandlers } from './messaging/webhook-endpoint.js'
import { handlers as tokenHandlers } from './tokens/handlers.js'

/** What LINE does, topic by topic. A topic of the catalog that is not listed here answers 501. */
export function allRooms(): readonly Room[] {
  return [
    room('channel', bot, botHandlers),
    room('channel', follower, followerHandlers),
    room('channel', narrowcast, narrowcastHandlers),
    room('channel', profile, profileHandlers),
    room('channel', quota, quotaHandlers),
    room('channel', send, sendHandlers),
    room('channel', webhookEndpoint, webhookEndpointHandlers),
    room('none', tokens, tokenHandlers),
  ]
}
