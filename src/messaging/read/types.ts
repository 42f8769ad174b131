/** Up to which message a chat was read. */
export interface MarkMessagesAsReadByTokenInput {
  /** From a message event. It never ends, and only the account that received the event can use it. */
  markAsReadToken: string
}

/** Whose messages were read. */
export interface MarkMessagesAsReadInput {
  chat: ChatReference
}

/** A one-on-one chat. */
export interface ChatReference {
  /** User ID. */
  userId: string
}
