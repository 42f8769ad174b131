/** A LIFF app to add. */
export interface AddLIFFAppInput {
  view: LIFFViewInput
  /** Name of the LIFF app. LINE refuses names that hold "LINE" or something like it. */
  description?: string | undefined
  features?: LIFFFeaturesInput | undefined
  /** How what follows the LIFF URL reaches the endpoint URL. `concat` is the only way. */
  permanentLinkPattern?: 'concat' | undefined
  /** What the app may do. LINE uses `profile` and `chat_message.write` when it is left out. */
  scope?: readonly LIFFScopeInput[] | undefined
  /** How the app offers to add the Official Account as a friend. LINE uses `none` when it is left out. */
  botPrompt?: LIFFBotPromptInput | undefined
}

/** What to change of a LIFF app. What is left out stays as it is. */
export interface UpdateLIFFAppInput {
  /** LIFF ID. */
  liffId: string
  view?: UpdateLIFFViewInput | undefined
  /** Name of the LIFF app. LINE refuses names that hold "LINE" or something like it. */
  description?: string | undefined
  features?: LIFFFeaturesInput | undefined
  /** How what follows the LIFF URL reaches the endpoint URL. `concat` is the only way. */
  permanentLinkPattern?: 'concat' | undefined
  /** What the app may do, all of it anew. */
  scope?: readonly LIFFScopeInput[] | undefined
  /** How the app offers to add the Official Account as a friend. */
  botPrompt?: LIFFBotPromptInput | undefined
}

/** Which LIFF app to delete. */
export interface DeleteLIFFAppInput {
  /** LIFF ID. */
  liffId: string
}

/** How much of the screen a LIFF app takes. */
export type LIFFViewSize = 'compact' | 'tall' | 'full'

/** What a LIFF app may do. */
export type LIFFScopeInput = 'openid' | 'email' | 'profile' | 'chat_message.write'

/**
 * How a LIFF app offers to add the Official Account as a friend: `normal` on the consent screen, `aggressive` on a screen of its own after it,
 * `none` not at all.
 */
export type LIFFBotPromptInput = 'normal' | 'aggressive' | 'none'

/** How a LIFF app looks. */
export interface LIFFViewInput {
  /** How much of the screen it takes. */
  type: LIFFViewSize
  /** The endpoint URL, which the LIFF URL opens: https, without a fragment. */
  url: string
  /** Whether the button in the header is left away. */
  moduleMode?: boolean | undefined
}

/** What to change of how a LIFF app looks. */
export interface UpdateLIFFViewInput {
  /** How much of the screen it takes. */
  type?: LIFFViewSize | undefined
  /** The endpoint URL, which the LIFF URL opens: https, without a fragment. */
  url?: string | undefined
  /** Whether the button in the header is left away. */
  moduleMode?: boolean | undefined
}

/** What a LIFF app can use. */
export interface LIFFFeaturesInput {
  /** Whether it can read 2D codes. LINE uses `false` when it is left out. */
  qrCode?: boolean | undefined
}

/** The LIFF app just added. */
export interface AddedLIFFApp {
  /** LIFF ID: the app opens at `https://liff.line.me/` and this ID. */
  liffId: string
}

/** All LIFF apps of the channel. */
export interface LIFFApps {
  /** At most 30. Never empty: LINE answers 404 when there is none. */
  apps: LIFFApp[]
}

/** A LIFF app. */
export interface LIFFApp {
  /** LIFF ID. */
  liffId: string
  view: LIFFView
  /** Name of the LIFF app. */
  description?: string | undefined
  features?: LIFFFeatures | undefined
  /** How what follows the LIFF URL reaches the endpoint URL. */
  permanentLinkPattern?: 'concat' | (string & {}) | undefined
  /** What the app may do. */
  scope?: (LIFFScopeInput | (string & {}))[] | undefined
  /** How the app offers to add the Official Account as a friend. */
  botPrompt?: LIFFBotPromptInput | (string & {}) | undefined
}

/** How a LIFF app looks. */
export interface LIFFView {
  /** How much of the screen it takes. */
  type: LIFFViewSize | (string & {})
  /** The endpoint URL, which the LIFF URL opens. */
  url: string
  /** Whether the button in the header is left away. */
  moduleMode?: boolean | undefined
}

/** What a LIFF app can use. */
export interface LIFFFeatures {
  /** Whether it can use Bluetooth Low Energy, for LINE Things. It can no longer be set. */
  ble?: boolean | undefined
  /** Whether it can read 2D codes. */
  qrCode?: boolean | undefined
}
