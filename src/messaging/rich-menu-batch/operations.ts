import type { Operation } from '../../core/operation.js'
import type * as T from './types.js'

/**
 * Replaces or unlinks rich menus for all users that a given rich menu is linked to. LINE accepts the request and
 * processes it later: check {@link getRichMenuBatchProgress} with the request ID.
 *
 * The call is never retried automatically. Set a `resumeRequestKey`, and repeat the call if its outcome is unknown or
 * the batch failed.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#batch-control-rich-menus-of-users
 */
export const richMenuBatch: Operation<T.RichMenuBatchInput, Record<string, never>> = {
  method: 'POST',
  path: '/v2/bot/richmenu/batch',
  // Without a resumeRequestKey, a second run moves users again whom the first run has moved.
  repeat: 'never',
  rate: '3/h',
  docs: 'messaging-api/#batch-control-rich-menus-of-users',
}

/**
 * Validates a batch: whether its rich menus exist and have images, and whether its operations are compatible. Changes
 * nothing.
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
 * Gets the progress of a batch. Available for 14 days after the batch was accepted (404 afterwards).
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
