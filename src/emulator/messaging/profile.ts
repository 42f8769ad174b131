import type * as operations from '../../messaging/profile/operations.js'
import type { Handlers } from '../platform/handler.js'
import { checkParameter } from '../platform/identifiers.js'
import { refuse } from '../platform/refusal.js'
import { words } from '../platform/words.js'
import { personBehind } from '../world.js'

/** Tells what people show of themselves. */
export const handlers: Handlers<typeof operations> = {
  getProfile({ userId }, { world, account }) {
    checkParameter('userId', userId)
    const person = personBehind(world, userId, account.channel.provider)
    const friendship = person && account.friendships.get(person)
    // Friends, and others who have written at some time; LINE does not say which of its reasons kept a profile back.
    const known = friendship?.friend === true || account.chats.get(userId)?.writtenAt !== undefined
    if (!person || !known || friendship?.blocked) return refuse(404, words.notFound)
    const { displayName, pictureUrl, statusMessage, language } = person
    return {
      userId,
      displayName,
      ...(pictureUrl && { pictureUrl }),
      ...(statusMessage && { statusMessage }),
      ...(language && { language }),
    }
  },
}
