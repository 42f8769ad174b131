/** Profile and settings of the account that the token belongs to. */
export interface BotInfo {
  /** User ID of the bot. Webhook deliveries have it as their `destination`. */
  userId: string
  /** Basic ID, including the `@`. */
  basicId: string
  /** Premium ID, including the `@`. Absent if the account has none. */
  premiumId?: string | undefined
  /** Display name of the account. */
  displayName: string
  /** HTTPS URL of the profile picture. Absent if the account has none. */
  pictureUrl?: string | undefined
  /** `chat` if Chat is on in the LINE Official Account Manager, `bot` if it is off. */
  chatMode: 'chat' | 'bot' | (string & {})
  /** How messages are marked as read: `auto` by LINE (Chat is off), `manual` by an operator or the API (Chat is on). */
  markAsReadMode: 'auto' | 'manual' | (string & {})
}
