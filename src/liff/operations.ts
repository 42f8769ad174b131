import type { Operation } from '../core/operation.js'
import type * as T from './types.js'

/**
 * Adds a LIFF app to the LINE Login channel of the token. A channel can have 30 LIFF apps. LINE rejects more (400).
 *
 * @see https://developers.line.biz/en/reference/liff-server/#add-liff-app
 */
export const addLIFFApp: Operation<T.AddLIFFAppInput, T.AddedLIFFApp> = {
  method: 'POST',
  path: '/liff/v1/apps',
  auth: 'login-channel',
  tokens: ['stateless', 'short-lived'],
  repeat: 'never',
  onLostResponse: 'error',
  docs: 'liff-server/#add-liff-app',
}

/**
 * Gets the LIFF apps of the LINE Login channel of the token. LINE responds 404 if the channel has no LIFF app; `ifFound`
 * turns this into `undefined`.
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
 * Updates the given fields of a LIFF app. LINE responds 404 for a LIFF app of another channel.
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
 * Deletes a LIFF app. LINE responds 404 for a LIFF app of another channel.
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
