import type * as operations from '../../tokens/operations.js'
import type { Answers } from './types.js'
import { channelId, done } from './values.js'

/** Answers about channel access tokens. */
export const tokens: Answers<typeof operations> = {
  issueStatelessChannelToken: () => ({
    access_token: 'eyJhbGciOiJIUzI1NiJ9.stateless.token',
    expires_in: 900,
    token_type: 'Bearer',
  }),
  issueChannelTokenByJWT: () => ({
    access_token: 'eyJhbGciOiJIUzI1NiJ9.v21.token',
    expires_in: 2_592_000,
    token_type: 'Bearer',
    key_id: 'aB3dE5fG7hI9jK1lM3nO5p',
  }),
  getsAllValidChannelAccessTokenKeyIds: () => ({ kids: ['aB3dE5fG7hI9jK1lM3nO5p', 'bR9_kT2vQm0LxWd7YhUaZg'] }),
  verifyChannelTokenByJWT: () => ({ client_id: channelId, expires_in: 2_591_659, scope: 'profile chat_message.write' }),
  revokeChannelTokenByJWT: done,
  issueChannelToken: () => ({
    access_token: 'W1TeHCgfH2Liwa/short+lived/token=',
    expires_in: 2_592_000,
    token_type: 'Bearer',
  }),
  verifyChannelToken: () => ({ client_id: channelId, expires_in: 2_591_659, scope: 'P CM' }),
  revokeChannelToken: done,
}
