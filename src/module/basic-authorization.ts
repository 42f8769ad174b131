import { LineInputError } from '../core/errors.js'
import { Secret } from '../credentials/secret.js'

/**
 * Makes the `authorization` of `attachModule` of the module channel's ID and secret. It is as secret as they are.
 *
 * @throws {LineInputError} when one of them is empty or holds what a header cannot carry.
 */
export function basicAuthorization(channel: {
  /** Channel ID of the module channel. */
  readonly channelId: string
  /** Channel secret of the module channel. */
  readonly channelSecret: string | Secret
}): `Basic ${string}` {
  const { channelId } = channel
  const channelSecret = Secret.of(channel.channelSecret).reveal()
  // RFC 7617: the first colon ends the ID.
  if (!/^[\x21-\x39\x3b-\x7e]+$/.test(channelId))
    throw new LineInputError('basicAuthorization: channelId is empty or no channel ID')
  if (!/^[\x21-\x7e]+$/.test(channelSecret))
    throw new LineInputError('basicAuthorization: channelSecret holds spaces or characters that no secret has')
  return `Basic ${btoa(`${channelId}:${channelSecret}`)}`
}
