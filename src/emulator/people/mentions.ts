import { LineInputError } from '../../core/errors.js'
import type { Mention, Mentionee } from '../../webhook/message-content.js'
import { accountState, type OfficialAccount } from '../account.js'
import type { AccountState, GroupState } from '../state.js'
import { userIdOf, type World } from '../world.js'
import type { PersonMessage } from './message.js'
import { locate } from './message-content.js'
import { type Person, personState } from './person.js'

const mostMentions = 20

type Who = Omit<Extract<Mentionee, { type: 'user' }>, 'index' | 'length'> | { readonly type: 'all' }

/** Whom a mention is of, and what stands in the text for it. */
interface Named {
  readonly name: string
  readonly who: Who
}

/** Returns whether a message has mentions. */
export function mentionsSomeone(message: PersonMessage): boolean {
  return message.type === 'text' && message.mentions !== undefined
}

function nameOf(
  world: World,
  account: AccountState,
  group: GroupState,
  mentioned: Person | OfficialAccount | 'all',
  at: number,
): Named {
  const wrong = (why: string) => new LineInputError(`send: message.mentions[${at}] ${why}`)
  if (mentioned === 'all') return { name: '@All', who: { type: 'all' } }
  if (typeof mentioned !== 'object' || mentioned === null)
    throw wrong('must be a user, a LINE Official Account or "all"')
  if ('displayName' in mentioned) {
    const person = personState(world, mentioned)
    if (!group.members.has(person)) throw wrong(`is ${person.displayName}, who is not a member of the chat`)
    // LINE tells who it is only with the person's consent.
    const user = person.profileConsent ? { userId: userIdOf(person, account.channel.provider) } : {}
    return { name: `@${person.displayName}`, who: { type: 'user', ...user, isSelf: false } }
  }
  const bot = accountState(world, mentioned)
  if (bot !== account) throw wrong(`is ${bot.name}, which is not in the chat`)
  return { name: `@${bot.name}`, who: { type: 'user', userId: bot.userId, isSelf: true } }
}

/**
 * The mentions of a text, as the account in the group sees them.
 *
 * @throws {LineInputError} when a mentioned user or account is not in the chat, or its name is not in the text.
 */
export function mentionIn(
  world: World,
  account: AccountState,
  group: GroupState,
  message: PersonMessage,
): Mention | undefined {
  if (message.type !== 'text' || message.mentions === undefined) return undefined
  const { mentions, text } = message
  if (!Array.isArray(mentions) || mentions.length > mostMentions)
    throw new LineInputError(`send: message.mentions must be a list of at most ${mostMentions}`)
  const given: readonly (Person | OfficialAccount | 'all')[] = mentions
  const named = given.map((mentioned, at) => nameOf(world, account, group, mentioned, at))
  const places = locate(
    text,
    named.map(({ name }) => name),
    'mentions',
  )
  const mentionees = named.flatMap(({ who }, at): Mentionee[] => {
    const place = places[at]
    return place ? [{ ...place, ...who }] : []
  })
  return mentionees.length > 0 ? { mentionees } : undefined
}
