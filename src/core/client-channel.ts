import { property } from './property.js'

/** The symbol under which a client exposes the ID of its channel, if its credentials tell it. */
export const channelKey: unique symbol = Symbol.for('line-oa.channel')

/** The symbol under which a client exposes its channel secret to a receiver: as a function, so that no log shows it. */
export const secretKey: unique symbol = Symbol.for('line-oa.channel-secret')

/** Returns the channel ID of a client, or `undefined` if its credentials do not tell it. */
export function channelIdOf(client: object): string | undefined {
  const channelId: unknown = Reflect.get(client, channelKey)
  return typeof channelId === 'string' ? channelId : undefined
}

// A client keeps what LINE said about its bot, so that it is asked once.
const botKey: unique symbol = Symbol.for('line-oa.bot')

interface BotInfoClient {
  /** The call that tells whose token a client has. */
  readonly messaging: { getBotInfo?(input?: object, options?: { readonly signal?: AbortSignal }): Promise<unknown> }
}

/**
 * Returns what identifies the account of a client: the channel ID of its credentials, else the user ID of its bot, with one call to LINE. Returns an
 * empty string for a client that can tell neither, such as a test double.
 */
export async function accountOf(client: BotInfoClient & object, signal?: AbortSignal): Promise<string> {
  const channelId = channelIdOf(client)
  if (channelId) return channelId
  const known: unknown = Reflect.get(client, botKey)
  if (typeof known === 'string') return known
  const userId = property(await client.messaging.getBotInfo?.({}, signal && { signal }), 'userId')
  const account = typeof userId === 'string' ? userId : ''
  Reflect.set(client, botKey, account)
  return account
}
