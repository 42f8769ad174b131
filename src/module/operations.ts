import type { ListOperation, Operation } from '../core/operation.js'
import type * as T from './types.js'

/**
 * Attaches the module channel to an Official Account, with the code from its administrator's authorization.
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
  onLostResponse: 'error',
  docs: 'partner-docs/#link-attach-by-operation-module-channel-provider',
}

/**
 * Detaches the module channel from an Official Account. LINE rejects the call if it is not attached (400).
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
 * Acquires the control of a chat from the channel that has it. LINE responds 423 if another channel acquired it a few
 * seconds ago.
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
 * Releases the control of a chat to the primary channel of the account.
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
