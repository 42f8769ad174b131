// Every pattern of an identifier that LINE issues or accepts, written once.

/** A user or a bot: `U` and 32 lower-case hex digits. */
export const userIdPattern: RegExp = /^U[0-9a-f]{32}$/

/** A user as a module channel sees it: `LU`, 32 hex digits, a hyphen and the user ID of the bot. */
export const moduleUserIdPattern: RegExp = /^LU[0-9a-f]{32}-U[0-9a-f]{32}$/

/** Returns whether a text is the ID of a user or a bot, including those of module channels. */
export const isUserIdText = (text: string): boolean => userIdPattern.test(text) || moduleUserIdPattern.test(text)

/** A group chat: `C` and 32 lower-case hex digits. */
export const groupIdPattern: RegExp = /^C[0-9a-f]{32}$/

/** A multi-person chat: `R` and 32 lower-case hex digits. */
export const roomIdPattern: RegExp = /^R[0-9a-f]{32}$/

/** A UUID in any case: retry keys, advertising IDs, the `kid` of an assertion signing key. */
export const uuidPattern: RegExp = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** A request ID: a UUID in lower case. */
export const requestIdPattern: RegExp = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A rich menu: `richmenu-` and 32 lower-case hex digits. */
export const richMenuIdPattern: RegExp = /^richmenu-[0-9a-f]{32}$/

/** The alias of a rich menu: 1 to 32 lower-case letters, digits, underscores and hyphens. */
export const richMenuAliasIdPattern: RegExp = /^[a-z0-9_-]{1,32}$/

/** A channel or a provider: 5 to 15 digits. LINE documents no rule; all known IDs have 10 digits. */
export const channelIdPattern: RegExp = /^\d{5,15}$/

/** The basic ID or premium ID of an Official Account, in lower case: `@` and 1 to 20 letters, digits, dots, underscores and hyphens. */
export const lineIdPattern: RegExp = /^@[0-9a-z._-]{1,20}$/

/** A LIFF app: the channel ID, a hyphen, and 1 to 32 letters and digits. */
export const liffIdPattern: RegExp = /^\d{5,15}-[0-9A-Za-z]{1,32}$/

/** A channel secret: 32 lower-case hex digits. */
export const channelSecretPattern: RegExp = /^[0-9a-f]{32}$/
