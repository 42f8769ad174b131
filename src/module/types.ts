/** A scope of a module channel. `crm:manage` is for chat plugins only. */
export type ModuleScope =
  | 'message:send'
  | 'message:receive'
  | 'account:manage'
  | 'message:mark_as_read'
  | 'message:templated_pnp'
  | 'profile:read'
  | 'coupon:manage'
  | 'crm:manage'
  | (string & {})

/** The code from the redirect URL, and the parameters of the authorize URL. */
export interface ModuleCodeGrant {
  /** Always `authorization_code`. */
  grant_type: 'authorization_code'
  /** The code. Can be used once, for a short time. */
  code: string
  /** The redirect URL that received the code, as in the authorize URL. */
  redirect_uri: string
  /** The PKCE code verifier, if the authorize URL had a challenge: 43 to 128 characters. */
  code_verifier?: string | undefined
  /** Region, as in the authorize URL. */
  region?: 'JP' | 'TW' | (string & {}) | undefined
  /** Basic ID, as in the authorize URL. */
  basic_search_id?: string | undefined
  /** Scopes separated by spaces, as in the authorize URL. */
  scope?: string | undefined
  /** Account types separated by spaces, as in the authorize URL. */
  brand_type?: string | undefined
}

/** A code, with the ID and secret of the module channel in the body. */
export interface AttachModuleBySecretInput extends ModuleCodeGrant {
  /** Channel ID of the module channel. */
  client_id: string
  /** Channel secret of the module channel. */
  client_secret: string
}

/** A code, with the ID and secret of the module channel in the `Authorization` header. */
export interface AttachModuleByHeaderInput extends ModuleCodeGrant {
  /** Value of the `Authorization` header, from `basicAuthorization`. */
  authorization: `Basic ${string}`
}

/** Input of `attachModule`: a code and the credentials of the module channel, in the body or in the header. */
export type AttachModuleInput = AttachModuleBySecretInput | AttachModuleByHeaderInput

/** The Official Account that the module channel is attached to. */
export interface ModuleAttachment {
  /** User ID of the account's bot. Pass it as `botId` in calls for this account. */
  bot_id: string
  /** Scopes that the account's administrator has granted. */
  scopes: ModuleScope[]
}

/** Input of `detachModule`. */
export interface DetachModuleInput {
  /** User ID of the account's bot. */
  botId: string
}

/** Input of `acquireChatControl`. Pass the account as `botId` in the call options. */
export interface AcquireChatControlInput {
  /** User ID, group ID or room ID, from an event. */
  chatId: string
  /** Whether the control is released automatically after `ttl`. Default: `true`. */
  expired?: boolean | undefined
  /** Duration of the control in seconds, 1 to 31,536,000 (a year). Default: 3600. Ignored if `expired` is `false`. */
  ttl?: number | undefined
}

/** Input of `releaseChatControl`. Pass the account as `botId` in the call options. */
export interface ReleaseChatControlInput {
  /** User ID, group ID or room ID, from an event. */
  chatId: string
}

/** Input of `getModules`. */
export interface GetModulesInput {
  /** Cursor: the `next` value of the previous page. Valid for 24 hours. */
  start?: string | undefined
  /** Page size, 1 to 100. Default: 100. */
  limit?: number | undefined
}

/** A page of bots. */
export interface ModuleBots {
  /** The bots. A page can be short, or even empty, while `next` is present. */
  bots: ModuleBot[]
  /** Cursor for the next page. Absent on the last page. */
  next?: string | undefined
}

/** The bot of an Official Account that the module channel is attached to. */
export interface ModuleBot {
  /** User ID of the bot. Pass it as `botId` in calls for this account. */
  userId: string
  /** Basic ID, including the `@`. */
  basicId: string
  /** Premium ID, including the `@`. Absent if the account has none. */
  premiumId?: string | undefined
  /** Display name of the account. */
  displayName: string
  /** HTTPS URL of the profile picture. Absent if the account has none. */
  pictureUrl?: string | undefined
}
