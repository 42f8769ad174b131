import * as audienceGroup from '../../audience/group/operations.js'
import * as audienceIds from '../../audience/ids/operations.js'
import * as audienceRetargeting from '../../audience/retargeting/operations.js'
import * as insightAccount from '../../insight/account/operations.js'
import * as insightMessage from '../../insight/message/operations.js'
import * as insightRichMenu from '../../insight/rich-menu/operations.js'
import * as liff from '../../liff/operations.js'
import * as miniApp from '../../mini-app/operations.js'
import {
  acquireChatControl,
  attachModule,
  detachModule,
  getModules,
  releaseChatControl,
} from '../../module/operations.js'
import * as shop from '../../shop/operations.js'
import { handlers as audienceGroupHandlers } from '../audience/group.js'
import { handlers as audienceIdsHandlers } from '../audience/ids.js'
import { wording as audienceWording } from '../audience/refusals.js'
import { handlers as audienceRetargetingHandlers } from '../audience/retargeting.js'
import { handlers as insightAccountHandlers } from '../insight/account.js'
import { handlers as insightMessageHandlers } from '../insight/message.js'
import { handlers as insightRichMenuHandlers } from '../insight/rich-menu.js'
import { wording as insightWording } from '../insight/wording.js'
import { handlers as liffHandlers } from '../liff/handlers.js'
import { handlers as miniAppHandlers, wording as miniAppWording } from '../mini-app/handlers.js'
import { attachHandlers, handlers as moduleHandlers } from '../module/handlers.js'
import { handlers as shopHandlers, wording as shopWording } from '../shop/handlers.js'
import { type Room, room } from './handler.js'

/** What LINE does beside the Messaging API: figures, audiences, LIFF and MINI Apps, module channels and mission stickers. */
export function besideMessaging(): readonly Room[] {
  return [
    room('channel', insightAccount, insightAccountHandlers, insightWording),
    room('channel', insightMessage, insightMessageHandlers, insightWording),
    room('channel', insightRichMenu, insightRichMenuHandlers, insightWording),
    room('channel', audienceGroup, audienceGroupHandlers, audienceWording),
    room('channel', audienceIds, audienceIdsHandlers, audienceWording),
    room('channel', audienceRetargeting, audienceRetargetingHandlers, audienceWording),
    room('login-channel', liff, liffHandlers),
    room('none', { attachModule }, attachHandlers),
    room('module', { acquireChatControl, detachModule, getModules, releaseChatControl }, moduleHandlers),
    room('channel', shop, shopHandlers, shopWording),
    room('login-channel', miniApp, miniAppHandlers, miniAppWording),
  ]
}
