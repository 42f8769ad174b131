import type { ChatResponse, ResponseHours, ResponseSettings } from '../account/model.js'
import type { AccountState } from './state.js'

/**
 * The settings of LINE Official Account Manager and the LINE Developers Console. LINE's API changes none of them except the webhook URL.
 * Changes take effect at once.
 */
export interface AccountSettings extends ResponseSettings {
  /** Whether events are delivered to the webhook URL ("Use webhook"). Default: `false`. */
  webhook: boolean
  /** The webhook URL, which the API can also set. Default: none. */
  webhookUrl: string | undefined
  /** Whether deliveries without a 2xx answer are redelivered. Default: `false`. */
  redelivery: boolean
  /** Whether staff answer in the chat too ("Chat"). Default: `false`. */
  chat: boolean
  /** Whether new friends get the greeting message. Default: `false` for accounts of `createAccount`, which are set up for a bot; `true` for accounts of `emulator.manager`, as at LINE. */
  greeting: boolean
  /** The greeting message. */
  greetingMessage: string
  /** Whether every message gets an automatic response. Default: `false` for accounts of `createAccount`, which are set up for a bot; `true` for accounts of `emulator.manager`, as at LINE. */
  autoResponse: boolean
  /** The automatic response. */
  autoResponseMessage: string
  /** The hours in which staff answer in the chat. Default: none, which means always. Only used while the chat is on. */
  responseHours: ResponseHours | undefined
  /** Who answers in the chat within the response hours. Only used while the chat is on. Default: `manual-and-auto`. */
  chatResponse: ChatResponse
  /** Who answers in the chat outside of the response hours. Default: `auto`. */
  chatResponseOutside: ChatResponse
  /** Whether the account may be invited to group chats. Default: `false`. */
  joinGroups: boolean
  /** Whether LINE Official Account Manager has a default rich menu, which is shown when the API has not set one. Default: `false`. */
  richMenu: boolean
  /** Whether LINE has approved the account for LINE notification messages. Default: `false`. */
  notificationMessages: boolean
  /**
   * The templates of LINE notification messages that LINE has approved for the account: the keys of their items, by template key. Default: `undefined`, so that
   * every template key and item key is accepted.
   */
  notificationTemplates: { readonly [templateKey: string]: readonly string[] } | undefined
  /** Whether LINE has approved the account for marking messages as read by user (`markMessagesAsRead`). Default: `false`. */
  markAsReadByUser: boolean
  /** The number of messages that the account may send in a month, free and additional ones together. Default: `undefined`, no limit. */
  monthlyLimit: number | undefined
}

/** The settings of a new account. */
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
    notificationTemplates: undefined,
    markAsReadByUser: false,
    monthlyLimit: undefined,
  }
}

/** The currency of an account: that of Taiwan, of Thailand, or else the yen. */
export function currencyOf({ country }: AccountState): 'JPY' | 'TWD' | 'THB' {
  if (country === 'TW') return 'TWD'
  return country === 'TH' ? 'THB' : 'JPY'
}

/** Returns whether an account was created in a country where LINE offers audiences and demographic figures. */
export function hasAudiences({ country }: AccountState): boolean {
  return ['JP', 'TH', 'TW'].includes(country)
}

const utcPlus9 = 9 * 60 * 60 * 1000

function isWithin({ from, to, days }: ResponseHours, now: number): boolean {
  const local = new Date(now + utcPlus9)
  const time = local.toISOString().slice(11, 16)
  return (days?.includes(local.getUTCDay()) ?? true) && time >= from && time < to
}

/** The automatic response to a message; `undefined` while auto-response is off, or while only staff answer in the chat. */
export function automaticAnswer(settings: AccountSettings, now: number): string | undefined {
  const { autoResponse, autoResponseMessage, chat, responseHours, chatResponse, chatResponseOutside } = settings
  if (!autoResponse) return undefined
  const method = !responseHours || isWithin(responseHours, now) ? chatResponse : chatResponseOutside
  return chat && method === 'manual' ? undefined : autoResponseMessage
}
