/** How an audience can be used: `READ` to send to it, `READ_WRITE` to change it too. */
export type AudiencePermission = 'READ' | 'READ_WRITE' | (string & {})

/** What all audiences made by the API are answered with. They are filled later: see `getAudienceData`. */
export interface CreatedAudience {
  /** Audience ID: an integer of 64 bits, of 13 digits in LINE's samples, which a `number` holds exactly. */
  audienceGroupId: number
  /** Always `MESSAGING_API`. */
  createRoute: 'MESSAGING_API' | (string & {})
  /** What it was made from. */
  type: AudienceType
  /** The audience's name. */
  description: string
  /** When it was made, in seconds since 1970. */
  created: number
  permission: AudiencePermission
  /** When it expires, in seconds since 1970: at most 180 days after it was made. */
  expireTimestamp: number
  /** Whether it holds advertising IDs instead of user IDs. */
  isIfaAudience: boolean
}

/**
 * What an audience was made from: `UPLOAD` uploaded IDs, `CLICK` clicks in a message, `IMP` a message that was seen, `CHAT_TAG` chat tags,
 * `FRIEND_PATH` ways to become a friend, `RESERVATION` reservations, `RICHMENU_IMP` and `RICHMENU_CLICK` a rich menu seen or tapped,
 * `APP_EVENT` events of an app, `VIDEO_VIEW` videos seen, `WEBTRAFFIC` and `TRACKINGTAG_WEBTRAFFIC` visits of a website by LINE Tag or Tracking Tag,
 * `IMAGE_CLICK` images clicked, `POP_AD_IMP` advertisements of the LINE Beacon Network.
 */
export type AudienceType =
  | 'UPLOAD'
  | 'CLICK'
  | 'IMP'
  | 'CHAT_TAG'
  | 'FRIEND_PATH'
  | 'RESERVATION'
  | 'APP_EVENT'
  | 'VIDEO_VIEW'
  | 'WEBTRAFFIC'
  | 'IMAGE_CLICK'
  | 'RICHMENU_IMP'
  | 'RICHMENU_CLICK'
  | 'POP_AD_IMP'
  | 'TRACKINGTAG_WEBTRAFFIC'
  | (string & {})
