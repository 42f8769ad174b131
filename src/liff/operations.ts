import type { Operation } from '../core/operation.js'
import type * as T from './types.js'

/**
 * Adds a LIFF app to the LINE Login channel whose token this is. A channel holds 30 of them; LINE refuses one more (400).
 *
 * @see https://developers.line.biz/en/reference/liff-server/#add-liff-app
 */
export const addLIFFApp: Operation<T.AddLIFFAppInput, T.AddedLIFFApp> = {
  method: 'POST',
  path: '/liff/v1/apps',
  auth: 'login-channel',
  tokens: ['stateless', 'short-lived'],
  repeat: 'never',
  lost: 'error',
  docs: 'liff-server/#add-liff-app',
}

/**
 * Lists the LIFF apps of the LINE Login channel whose token this is. LINE answers 404 when there is none; `ifFound` makes `undefined` of that.
 *
 * @see https://developers.line.biz/en/reference/liff-server/#get-all-liff-apps
 */
export const getAllLIFFApps: Operation<Record<string, never>, T.LIFFApps> = {
  method: 'GET',
  path: '/liff/v1/apps',
  auth: 'login-channel',
  tokens: ['stateless', 'short-lived'],
  repeat: 'safe',
  docs: 'liff-server/#get-all-liff-apps',
}

/**
 * Changes what the input names of a LIFF app. LINE answers 404 for one of another channel.
 *
 * @see https://developers.line.biz/en/reference/liff-server/#update-liff-app
 */
export const updateLIFFApp: Operation<T.UpdateLIFFAppInput, Record<string, never>> = {
  method: 'PUT',
  path: '/liff/v1/apps/{liffId}',
  auth: 'login-channel',
  tokens: ['stateless', 'short-lived'],
  repeat: 'safe',
  docs: 'liff-server/#update-liff-app',
}

/**
 * Deletes a LIFF app. LINE answers 404 for one of another channel.
 *
 * @see https://developers.line.biz/en/reference/liff-server/#delete-liff-app
 */
export const deleteLIFFApp: Operation<T.DeleteLIFFAppInput, Record<string, never>> = {
  method: 'DELETE',
  path: '/liff/v1/apps/{liffId}',
  auth: 'login-channel',
  tokens: ['stateless', 'short-lived'],
  repeat: 'safe',
  docs: 'liff-server/#delete-liff-app',
}
