import type { ListOperation, Operation } from '../core/operation.js'
import type * as T from './types.js'

/**
 * Attaches the module channel to an Official Account, by the code that its administrator came back with.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#link-attach-by-operation-module-channel-provider
 */
export const attachModule: Operation<T.AttachModuleInput, T.ModuleAttachment> = {
  method: 'POST',
  host: 'manager',
  path: '/module/auth/v1/token',
  headers: { authorization: 'authorization' },
  body: 'form',
  auth: 'none',
  repeat: 'never',
  lost: 'error',
  docs: 'partner-docs/#link-attach-by-operation-module-channel-provider',
}

/**
 * Detaches the module channel from an Official Account. LINE refuses when it is not attached (400).
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#unlink-detach-module-channel-by-operation-mc-admin
 */
export const detachModule: Operation<T.DetachModuleInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/channel/detach',
  repeat: 'never',
  docs: 'partner-docs/#unlink-detach-module-channel-by-operation-mc-admin',
}

/**
 * Takes a chat over from the channel that has it. LINE answers 423 when another channel took it seconds ago.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#acquire-control-api
 */
export const acquireChatControl: Operation<T.AcquireChatControlInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/chat/{chatId}/control/acquire',
  repeat: 'never',
  docs: 'partner-docs/#acquire-control-api',
}

/**
 * Gives a chat back to the account's primary channel.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#release-control-api
 */
export const releaseChatControl: Operation<T.ReleaseChatControlInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/chat/{chatId}/control/release',
  body: 'none',
  repeat: 'never',
  docs: 'partner-docs/#release-control-api',
}

/**
 * Lists the bots of the Official Accounts that the module channel is attached to.
 *
 * @see https://developers.line.biz/en/reference/partner-docs/#get-multiple-bot-info-api
 */
export const getModules: ListOperation<T.GetModulesInput, T.ModuleBots, T.ModuleBot> = {
  method: 'GET',
  path: '/v2/bot/list',
  query: { start: 'string', limit: 'number' },
  page: { items: 'bots', cursor: 'start', next: 'next' },
  repeat: 'safe',
  docs: 'partner-docs/#get-multiple-bot-info-api',
}
