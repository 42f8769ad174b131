/** What people know an Official Account's standing by: the colour of its badge. Only `verified` and `premium` accounts may list their followers. */
export type AccountKind = 'unverified' | 'verified' | 'premium'

/** Who answers in the chat while it is on: people, the auto-response, or both. */
export type ChatResponse = 'manual' | 'auto' | 'manual-and-auto'

/** When people answer: the same hours on each of its days, in UTC+9. */
export interface ResponseHours {
  /** Such as `09:00`. */
  readonly from: string
  /** Such as `18:00`; it is outside of the hours. */
  readonly to: string
  /** From 0, Sunday, to 6. Default: every day. */
  readonly days?: readonly number[] | undefined
}

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
  /** Whether new friends are greeted. LINE begins with on, and so do accounts made in `emulator.manager`; those of `createAccount` are set up for a bot: off. */
  greeting: boolean
  /** What new friends are greeted with. */
  greetingMessage: string
  /** Whether every message gets an automatic answer. LINE begins with on, and so do accounts made in `emulator.manager`; those of `createAccount` are set up for a bot: off. */
  autoResponse: boolean
  /** What every message is answered with. */
  autoResponseMessage: string
  /** When people answer in the chat. None to begin with: always. It means something only while the chat is on. */
  responseHours: ResponseHours | undefined
  /** Who answers in the chat, within the response hours if there are any. It means something only while the chat is on. */
  chatResponse: ChatResponse
  /** Who answers in the chat outside of the response hours. */
  chatResponseOutside: ChatResponse
  /** Whether the account may be invited to group chats. Off to begin with. */
  joinGroups: boolean
  /** Whether the Official Account Manager has a default rich menu, which shows where the API has set none. None to begin with. */
  richMenu: boolean
  /** Whether LINE has approved the account for LINE notification messages. Not to begin with. */
  notificationMessages: boolean
  /** Whether LINE has approved the account for marking messages as read by user (`markMessagesAsRead`). Not to begin with. */
  markAsReadByUser: boolean
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
    responseHours: undefined,
    chatResponse: 'manual-and-auto',
    chatResponseOutside: 'auto',
    joinGroups: false,
    richMenu: false,
    notificationMessages: false,
    markAsReadByUser: false,
    monthlyLimit: undefined,
  }
}
