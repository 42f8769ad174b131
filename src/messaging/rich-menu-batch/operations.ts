import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Replaces or unlinks the rich menus of all users who have a certain one. LINE only accepts it here and works on it later:
 * ask {@link getRichMenuBatchProgress} by the request ID.
 *
 * It is never repeated by itself. Give a `resumeRequestKey`, and make the same call again when its outcome is unknown or it has failed.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#batch-control-rich-menus-of-users
 */
export const richMenuBatch: Operation<T.RichMenuBatchInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/richmenu/batch',
  // Without a resumeRequestKey a second run moves people on who were moved by the first.
  repeat: 'never',
  rate: '3/h',
  docs: 'messaging-api/#batch-control-rich-menus-of-users',
}

/**
 * Has LINE check a batch: whether its rich menus exist and have their images, and its steps go together. Nothing is changed.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#validate-batch-control-rich-menus-request
 */
export const validateRichMenuBatchRequest: Operation<T.RichMenuBatchInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/richmenu/validate/batch',
  repeat: 'safe',
  docs: 'messaging-api/#validate-batch-control-rich-menus-request',
}

/**
 * Tells how far a batch is, for 14 days after it was accepted (404 later).
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#get-batch-control-rich-menus-progress-status
 */
export const getRichMenuBatchProgress: Operation<T.GetRichMenuBatchProgressInput, T.RichMenuBatchProgress> = {
  method: 'GET',
  path: '/v2/bot/richmenu/progress/batch',
  query: { requestId: 'string' },
  repeat: 'safe',
  rate: '100/h',
  docs: 'messaging-api/#get-batch-control-rich-menus-progress-status',
}
