/** What a module channel may do for an Official Account. `crm:manage` is for chat plugins only. */
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

/** The code that came to the redirect URL, and what was asked for on the way. */
export interface ModuleCodeGrant {
  grant_type: 'authorization_code'
  /** The code. It works once, and for a short time. */
  code: string
  /** The redirect URL that the code came to, as it stood in the authorize URL. */
  redirect_uri: string
  /** The PKCE verifier, when its challenge stood in the authorize URL. */
  code_verifier?: string | undefined
  /** As in the authorize URL, when it stood there. */
  region?: 'JP' | 'TW' | (string & {}) | undefined
  /** As in the authorize URL, when it stood there: a basic ID. */
  basic_search_id?: string | undefined
  /** As in the authorize URL: scopes with spaces between them. */
  scope?: string | undefined
  /** As in the authorize URL, when it stood there: kinds of accounts with spaces between them. */
  brand_type?: string | undefined
}

/** A code, with the module channel's ID and secret in the body. */
export interface AttachModuleBySecretInput extends ModuleCodeGrant {
  /** Channel ID of the module channel. */
  client_id: string
  /** Channel secret of the module channel. */
  client_secret: string
}

/** A code, with the module channel's ID and secret in the `Authorization` header. */
export interface AttachModuleByHeaderInput extends ModuleCodeGrant {
  /** What `basicAuthorization` makes of the module channel's ID and secret. It travels in the header of the same name. */
  authorization: `Basic ${string}`
}

/** A code, and what proves the module channel, in the body or in the header. */
export type AttachModuleInput = AttachModuleBySecretInput | AttachModuleByHeaderInput

/** The Official Account that the module channel is attached to now. */
export interface ModuleAttachment {
  /** User ID of the account's bot: the `botId` of calls for this account. */
  bot_id: string
  /** What the account's administrator has granted. */
  scopes: ModuleScope[]
}

/** From which Official Account to detach the module channel. */
export interface DetachModuleInput {
  /** User ID of the account's bot. */
  botId: string
}

/** Which chat to take over. The account goes into the call's options, as `botId`. */
export interface AcquireChatControlInput {
  /** User ID, group ID or room ID, from an event. */
  chatId: string
  /** Whether the control goes back by itself after `ttl`. LINE uses `true` when it is left out. */
  expired?: boolean | undefined
  /** After how many seconds, 1 to 31,536,000 (a year). LINE uses 3600 when it is left out. Not looked at with `expired: false`. */
  ttl?: number | undefined
}

/** Which chat to give back. The account goes into the call's options, as `botId`. */
export interface ReleaseChatControlInput {
  /** User ID, group ID or room ID, from an event. */
  chatId: string
}

/** Which bots to list. */
export interface GetModulesInput {
  /** Where to go on from: `next` of the page before. LINE takes it for 24 hours. */
  start?: string | undefined
  /** Page size, 1 to 100. LINE uses 100 when it is left out. */
  limit?: number | undefined
}

/** One page of bots. */
export interface ModuleBots {
  /** A page may be short, even empty, while there is a `next`. */
  bots: ModuleBot[]
  /** Where the next page starts; missing on the last page. */
  next?: string | undefined
}

/** The bot of an Official Account that the module channel is attached to. */
export interface ModuleBot {
  /** User ID of the bot: the `botId` of calls for this account. */
  userId: string
  /** Basic ID, with its `@`. */
  basicId: string
  /** Premium ID, when the account has one. */
  premiumId?: string | undefined
  displayName: string
  /** https URL of the picture, when the account has one. */
  pictureUrl?: string | undefined
}
