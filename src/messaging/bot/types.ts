/** What LINE knows of the account that the token belongs to. */
export interface BotInfo {
  /** The bot's own user ID: the `destination` of its webhook deliveries. */
  userId: string
  /** Basic ID, with its `@`. */
  basicId: string
  /** Premium ID, with its `@`. Missing when there is none. */
  premiumId?: string | undefined
  displayName: string
  /** An https URL. Missing when there is no picture. */
  pictureUrl?: string | undefined
  /** Whether Chat is switched on in the Official Account Manager: `chat` when it is, `bot` when not. */
  chatMode: 'chat' | 'bot' | (string & {})
  /** Who marks messages as read: LINE by itself (`auto`, Chat is off), or a person or the API (`manual`, Chat is on). */
  markAsReadMode: 'auto' | 'manual' | (string & {})
}
