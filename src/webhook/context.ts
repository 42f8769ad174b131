import { LineInputError } from '../core/errors.js'
import { member } from './filters.js'

/** As much of a client as replying takes. What `createLineClient` makes has it. */
export interface ReplyClient {
  readonly messaging: { replyMessage(input: never): Promise<unknown> }
}

type ReplyMethod<Client> = Client extends { readonly messaging: { readonly replyMessage: infer Method } } ? Method : never

/** The message objects that a client replies with. */
export type MessageOf<Client> =
  ReplyMethod<Client> extends (input: infer Input, ...rest: never[]) => unknown
    ? Input extends { readonly messages: readonly (infer Message)[] }
      ? Message
      : never
    : never

/** What a client answers when it has replied. */
export type ReplyOf<Client> = ReplyMethod<Client> extends (...args: never[]) => Promise<infer Reply> ? Reply : never

/** What `reply` takes: a text, a message, or up to five of either. Without a client nothing. */
export type ReplyContent<Client> = [MessageOf<Client>] extends [never]
  ? never
  : string | MessageOf<Client> | readonly (string | MessageOf<Client>)[]

/** What a handler gets. */
export interface Context<Event, Client> {
  readonly event: Event
  /** The client of the channel that the event came to. */
  readonly client: Client
  /** The user ID of the bot that the event came to; empty when the delivery names none. */
  readonly destination: string
  /**
   * Replies to the event with up to five messages; a text becomes a text message.
   *
   * A reply token works once, and only for a minute. Replies do not count towards the month's messages.
   *
   * @throws {LineInputError} when the receiver has no client, or the event no reply token.
   * @see https://developers.line.biz/en/reference/messaging-api/#send-reply-message
   */
  readonly reply: (messages: ReplyContent<Client>) => Promise<ReplyOf<Client>>
}

interface Sender {
  replyMessage(input: { readonly replyToken: string; readonly messages: readonly unknown[] }): Promise<unknown>
}

/** Makes what a handler of an event gets. */
export function createContext<Event extends object, Client>(event: Event, client: Client, destination: string): Context<Event, Client> {
  const reply = async (messages: unknown): Promise<unknown> => {
    const name = `reply to ${String(member(event, 'type'))} event ${String(member(event, 'webhookEventId'))}`
    const replyToken = member(event, 'replyToken')
    if (!client) throw new LineInputError(`${name}: there is no client; give createReceiver one, or return it from \`channel\``)
    if (typeof replyToken !== 'string' || !replyToken)
      throw new LineInputError(
        `${name}: it has no reply token; LINE gives none in standby and for events that nobody waits for. Push instead`,
      )
    const list = (Array.isArray(messages) ? messages : [messages]) as readonly unknown[] // isArray alone would make it any[]
    // Its type says for which messages; that is what ReplyContent<Client> asks the caller for.
    return (client as unknown as { readonly messaging: Sender }).messaging.replyMessage({
      replyToken,
      messages: list.map((message) => (typeof message === 'string' ? { type: 'text', text: message } : message)),
    })
  }
  // The client's own answer, so of the client's own type.
  return { event, client, destination, reply: reply as Context<Event, Client>['reply'] }
}
