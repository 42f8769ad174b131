/** Messages, profiles, followers, the bot's own settings and its quota. */
export * as messaging from './messaging/operations.js'

/** Channel access tokens of all kinds: issuing, verifying, listing, revoking. */
export * as tokens from './tokens/operations.js'
