/** Input of `addLIFFApp`. */
export interface AddLIFFAppInput {
  /** Size and URL of the app. */
  view: LIFFViewInput
  /** Name of the LIFF app. LINE rejects names that contain "LINE" or similar strings. */
  description?: string | undefined
  /** Features of the app. */
  features?: LIFFFeaturesInput | undefined
  /** How the additional part of a LIFF URL is added to the endpoint URL. Always `concat`. */
  permanentLinkPattern?: 'concat' | undefined
  /** Scopes of the app. Default: `profile` and `chat_message.write`. */
  scope?: readonly LIFFScopeInput[] | undefined
  /** How the app offers to add the Official Account as a friend. Default: `none`. */
  botPrompt?: LIFFBotPromptInput | undefined
}

/** Input of `updateLIFFApp`. Omitted fields stay unchanged. */
export interface UpdateLIFFAppInput {
  /** LIFF ID. */
  liffId: string
  /** Size and URL of the app. */
  view?: UpdateLIFFViewInput | undefined
  /** Name of the LIFF app. LINE rejects names that contain "LINE" or similar strings. */
  description?: string | undefined
  /** Features of the app. */
  features?: LIFFFeaturesInput | undefined
  /** How the additional part of a LIFF URL is added to the endpoint URL. Always `concat`. */
  permanentLinkPattern?: 'concat' | undefined
  /** Scopes of the app. Replaces all previous scopes. */
  scope?: readonly LIFFScopeInput[] | undefined
  /** How the app offers to add the Official Account as a friend. */
  botPrompt?: LIFFBotPromptInput | undefined
}

/** Input of `deleteLIFFApp`. */
export interface DeleteLIFFAppInput {
  /** LIFF ID. */
  liffId: string
}

/** The part of the screen that a LIFF app covers. */
export type LIFFViewSize = 'compact' | 'tall' | 'full'

/** A scope of a LIFF app. */
export type LIFFScopeInput = 'openid' | 'email' | 'profile' | 'chat_message.write'

/**
 * How a LIFF app offers to add the Official Account as a friend: `normal` on the consent screen, `aggressive` on a
 * separate screen after it, `none` not at all.
 */
export type LIFFBotPromptInput = 'normal' | 'aggressive' | 'none'

/** The view of a LIFF app to add. */
export interface LIFFViewInput {
  /** The part of the screen that the app covers. */
  type: LIFFViewSize
  /** Endpoint URL that the LIFF URL opens: HTTPS, without a fragment. */
  url: string
  /** Whether to hide the button in the header. */
  moduleMode?: boolean | undefined
}

/** Changes to the view of a LIFF app. */
export interface UpdateLIFFViewInput {
  /** The part of the screen that the app covers. */
  type?: LIFFViewSize | undefined
  /** Endpoint URL that the LIFF URL opens: HTTPS, without a fragment. */
  url?: string | undefined
  /** Whether to hide the button in the header. */
  moduleMode?: boolean | undefined
}

/** Features of a LIFF app in an input. */
export interface LIFFFeaturesInput {
  /** Whether the app can scan 2D codes. Default: `false`. */
  qrCode?: boolean | undefined
}

/** The added LIFF app. */
export interface AddedLIFFApp {
  /** LIFF ID. The app opens at `https://liff.line.me/` followed by this ID. */
  liffId: string
}

/** The LIFF apps of a channel. */
export interface LIFFApps {
  /** The apps, at most 30. Never empty, because LINE responds 404 if the channel has no LIFF app. */
  apps: LIFFApp[]
}

/** A LIFF app. */
export interface LIFFApp {
  /** LIFF ID. */
  liffId: string
  /** Size and URL of the app. */
  view: LIFFView
  /** Name of the LIFF app. */
  description?: string | undefined
  /** Features of the app. */
  features?: LIFFFeatures | undefined
  /** How the additional part of a LIFF URL is added to the endpoint URL. */
  permanentLinkPattern?: 'concat' | (string & {}) | undefined
  /** Scopes of the app. */
  scope?: (LIFFScopeInput | (string & {}))[] | undefined
  /** How the app offers to add the Official Account as a friend. */
  botPrompt?: LIFFBotPromptInput | (string & {}) | undefined
}

/** The view of a LIFF app. */
export interface LIFFView {
  /** The part of the screen that the app covers. */
  type: LIFFViewSize | (string & {})
  /** Endpoint URL that the LIFF URL opens. */
  url: string
  /** Whether the button in the header is hidden. */
  moduleMode?: boolean | undefined
}

/** Features of a LIFF app. */
export interface LIFFFeatures {
  /** Whether the app can use Bluetooth Low Energy, for LINE Things. It can no longer be set. */
  ble?: boolean | undefined
  /** Whether the app can scan 2D codes. */
  qrCode?: boolean | undefined
}
