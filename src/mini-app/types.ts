/** Input of `issueNotificationToken`. */
export interface IssueNotificationTokenInput {
  /**
   * LIFF access token of the user, from `liff.getAccessToken()` in the LINE MINI App. Can be used once here, and may
   * become invalid when the user closes the app.
   */
  liffAccessToken: string
}

/** An issued service notification token. */
export interface IssuedNotificationToken {
  /** The token. Each send returns a new one. */
  notificationToken: string
  /** Lifetime in seconds: a year. */
  expiresIn: number
  /** Number of service messages that can be sent with it: 5. */
  remainingCount: number
  /** Session ID: identifies the user action that the messages are about. */
  sessionId: string
}

/** Input of `sendServiceMessage`. */
export interface SendServiceMessageInput {
  /** Always `service`. */
  target: 'service'
  /** Name of a template of the channel with its language suffix, such as `thankyou_msg_en`. At most 30 UTF-16 code units. */
  templateName: string
  /** Values of the template's variables, `{}` if it has none. Their lengths are counted in grapheme clusters. */
  params: Record<string, string>
  /** Token from the last response: of the issue, or of the previous send. */
  notificationToken: string
}

/** A sent service message. */
export interface SentServiceMessage {
  /** Token for the next message of the session. Absent if no further message can be sent. */
  notificationToken?: string | undefined
  /** Lifetime of the token in seconds. 0 if there is no token. */
  expiresIn: number
  /** Number of service messages that can be sent with the token. 0 if there is no token. */
  remainingCount: number
  /** Session ID: identifies the user action that the messages are about. */
  sessionId?: string | undefined
}
