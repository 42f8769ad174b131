/** Audiences: creating, filling, listing, renaming, deleting. */
export * as audience from './audience/operations.js'
/** Statistics of messages, friends and rich menus. */
export * as insight from './insight/operations.js'
/** LIFF apps of a LINE Login channel. */
export * as liff from './liff/operations.js'
/** LINE Login: user access tokens, ID tokens, profiles, friendship. */
export * as login from './login/operations.js'
/** Messages, profiles, followers, the bot's own settings and its quota. */
export * as messaging from './messaging/operations.js'
/** Service messages of LINE MINI Apps. */
export * as miniApp from './mini-app/operations.js'
/** Module channels: attaching and detaching them, and the control of chats. */
export * as module from './module/operations.js'
/** Mission stickers. */
export * as shop from './shop/operations.js'
/** Channel access tokens of all kinds: issuing, verifying, listing, revoking. */
export * as tokens from './tokens/operations.js'
