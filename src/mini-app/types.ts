/** For whom to issue a service notification token. */
export interface IssueNotificationTokenInput {
  /** The user's LIFF access token, which `liff.getAccessToken()` gives in the LINE MINI App. It serves once here, and may die when the app is closed. */
  liffAccessToken: string
}

/** A service notification token just issued. */
export interface IssuedNotificationToken {
  /** The token. Each send gives another one in its place. */
  notificationToken: string
  /** How long it lives, in seconds: a year. */
  expiresIn: number
  /** How many service messages it is good for: 5. */
  remainingCount: number
  /** What the user did that the messages are about, in LINE's count. */
  sessionId: string
}

/** A service message to send. */
export interface SendServiceMessageInput {
  /** Always `service`. */
  target: 'service'
  /** Name of a template of the channel, with the tag of its language behind an underscore: `thankyou_msg_en`. At most 30 UTF-16 units. */
  templateName: string
  /** The values of the template's variables; `{}` when it has none. Their lengths are counted in grapheme clusters. */
  params: Record<string, string>
  /** The token of the last answer: of the issue, or of the send before. */
  notificationToken: string
}

/** A service message was sent. */
export interface SentServiceMessage {
  /** The token for the next message about the same. Missing when the message was sent, but there will be no next. */
  notificationToken?: string | undefined
  /** How long that token lives, in seconds; 0 when there is none. */
  expiresIn: number
  /** How many messages it is good for; 0 when there is none. */
  remainingCount: number
  /** What the user did that the messages are about, in LINE's count. */
  sessionId?: string | undefined
}
