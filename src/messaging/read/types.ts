/** Input of `markMessagesAsReadByToken`. */
export interface MarkMessagesAsReadByTokenInput {
  /** Token from a message event. It does not expire, and only the account that received the event can use it. */
  markAsReadToken: string
}

/** Input of `markMessagesAsRead`. */
export interface MarkMessagesAsReadInput {
  /** The chat to mark as read. */
  chat: ChatReference
}

/** A one-on-one chat. */
export interface ChatReference {
  /** User ID of the user in the chat. */
  userId: string
}
