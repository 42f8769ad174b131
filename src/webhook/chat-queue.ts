/** The place of an event in the queue of its chat. */
export interface Place {
  /** Whether the events before it in its chat have ended. */
  readonly isFirst: boolean
  /** Whether an event of its chat is being handled, and at most `limit` events wait behind that one, up to this event. */
  isBehindRunning(limit: number): boolean
  /** Waits until the place is the first of its chat. */
  turn(): Promise<void>
  /** Marks the event as being handled. */
  begin(): void
  /** Leaves the queue, before or after the turn. Safe to call twice. */
  leave(): void
}

/** The events of each chat, in order of arrival: one at a time is handled. */
export interface ChatQueue {
  /** Adds an event to the queue of its chat. */
  enter(channel: string, chat: unknown): Place
}

interface Waiting {
  begun: boolean
  resume?: () => void
}

/** Creates the queues of all chats. A chat without events takes no memory. */
export function createChatQueue(): ChatQueue {
  const channels = new Map<string, Map<unknown, Set<Waiting>>>()

  const first = (chat: Set<Waiting>): Waiting | undefined => chat.values().next().value

  return {
    enter(channel, chatId) {
      const chats = channels.get(channel) ?? new Map<unknown, Set<Waiting>>()
      const chat = chats.get(chatId) ?? new Set<Waiting>()
      channels.set(channel, chats)
      chats.set(chatId, chat)
      const own: Waiting = { begun: false }
      chat.add(own)
      return {
        get isFirst() {
          return first(chat) === own
        },
        isBehindRunning(limit) {
          if (!first(chat)?.begun) return false
          let before = 0
          for (const other of chat) {
            if (other === own) return true
            if (++before > limit) return false
          }
          return false
        },
        async turn() {
          if (first(chat) !== own && chat.has(own)) await new Promise<void>((resume) => Object.assign(own, { resume }))
        },
        begin() {
          own.begun = true
        },
        leave() {
          if (!chat.delete(own)) return
          own.resume?.()
          const next = first(chat)
          if (next) next.resume?.()
          else if (chats.get(chatId) === chat) {
            chats.delete(chatId)
            if (!chats.size) channels.delete(channel)
          }
        },
      }
    },
  }
}
