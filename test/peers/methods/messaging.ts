import { messagingApi } from '@line/bot-sdk'
import { accountMethods } from './messaging-account.js'
import { peopleMethods } from './messaging-people.js'
import { richMenuMethods } from './messaging-rich-menu.js'
import { sendingMethods } from './messaging-sending.js'
import { configOf, peerClient } from './table.js'

export const messagingClient = peerClient(
  messagingApi.MessagingApiClient,
  async (world) => new messagingApi.MessagingApiClient(await configOf(world, world.account)),
  { ...accountMethods, ...peopleMethods, ...richMenuMethods, ...sendingMethods },
)
