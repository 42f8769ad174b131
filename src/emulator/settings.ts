/** What people know an Official Account's standing by: the colour of its badge. Only `verified` and `premium` accounts may list their followers. */
export type AccountKind = 'unverified' | 'verified' | 'premium'

/**
 * What a person switches by hand, in the Official Account Manager or the Developers Console. No call of LINE's API changes any of it.
 * Change it here at any time; it has effect at once.
 */
export interface AccountSettings {
  /** Whether events are delivered to the webhook URL ("Use webhook"). Off to begin with. */
  webhook: boolean
  /** The webhook URL, which the API can set too. None to begin with. */
  webhookUrl: string | undefined
  /** Whether deliveries that got no 2xx answer are made again. Off to begin with. */
  redelivery: boolean
  /** Whether people answer in the chat too ("Chat"). Off to begin with. */
  chat: boolean
  /** Whether new friends are greeted. Off here to begin with; at LINE on, until the person who sets up a bot switches it off. */
  greeting: boolean
  /** What new friends are greeted with. */
  greetingMessage: string
  /** Whether every message gets an automatic answer. Off here to begin with; at LINE on, until the person who sets up a bot switches it off. */
  autoResponse: boolean
  /** What every message is answered with. */
  autoResponseMessage: string
  /** Whether the account may be invited to group chats. Off to begin with. */
  joinGroups: boolean
  /** How many messages the account may send in a month, free and additional ones together. `undefined`: as many as it likes. */
  monthlyLimit: number | undefined
}

/** The settings of an account that nobody has touched yet. */
export function newSettings(name: string): AccountSettings {
  return {
    webhook: false,
    webhookUrl: undefined,
    redelivery: false,
    chat: false,
    greeting: false,
    greetingMessage: `Thank you for adding ${name} as a friend!`,
    autoResponse: false,
    autoResponseMessage: `Thank you for your message! ${name} cannot answer each one.`,
    joinGroups: false,
    monthlyLimit: undefined,
  }
}
