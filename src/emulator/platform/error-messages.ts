import type { BrokenRule } from '../../core/schema/problems.js'

// LINE's own errorMessages, as its pages quote them. Programs must not decide by them, but people search for them.
// Texts that no page of LINE's quotes stand in `ours`.

/** The body of LINE's refusals; those of its OAuth endpoints have another form. */
export type RefusalBody =
  | { readonly message: string; readonly details?: readonly { readonly message: string; readonly property?: string }[] }
  | { readonly error: string; readonly error_description?: string }
  // What LINE sends for in-app purchases.
  | {
      readonly errorCode: string
      readonly message: string
      readonly details?: readonly { readonly message: string; readonly property: string }[]
    }
  // What LINE sends where statistics cannot be read.
  | { readonly message: null; readonly key: null; readonly stacktrace: null; readonly code: null }

/** What LINE says, outside of its OAuth endpoints. */
export const errorMessages = {
  notFound: 'Not found',
  rateLimit: 'The API rate limit has been exceeded. Try again later.',
  monthlyLimit: 'You have reached your monthly limit.',
  notAvailable: 'Access to this API is not available for your account',
  notSent: 'Failed to send messages',
  replyToken: 'Invalid reply token',
  startParam: 'Invalid start param',
  webhookUrl: 'Invalid webhook endpoint URL',
  noWebhook: 'Webhook endpoint not found',
  fewFriends: 'Your account does not have enough friends',
  partialDelivery: 'The option forbidPartialDelivery must be used with upToRemainingQuota.',
  retryKeyAccepted: 'The retry key is already accepted',
  tokenLimit: 'The maximum number of access tokens has already been issued',
  noChannelKey: 'Cannot find channel key that satisfies the conditions',
  size: (minimum: number, maximum: number | undefined): string => `Size must be between ${minimum} and ${maximum}`,
  atLeast: (minimum: number | undefined): string => `Must be greater than or equal to ${minimum}`,
  atMost: (maximum: number): string => `Must be less than or equal to ${maximum}`,
  authentication: (reason: string): string =>
    `Authentication failed due to the following reason: ${reason}. Confirm that the access token in the authorization header is valid.`,
  contentType: (contentType: string): string => `The content type, ${contentType}, is not supported`,
  propertyAt: (name: string, line: number, column: number): string =>
    `The property, '${name}', in the request body is invalid (line: ${line}, column: ${column})`,
  duplicate: (name: string): string => `Duplicate field '${name}'`,
  toItself: "You can't send messages to yourself",
  httpsUrl: 'Must be a valid HTTPS URL',
  specified: 'must be specified',
  seconds: 'Must be between 5 and 60',
  fiveSeconds: 'must be a multiple of five',
  onlyUserId: 'Only user id is acceptable, please confirm if there are any group/room ids or illegal ids.',
  date: 'date is required',
  templateKey: (key: string): string => `Invalid templateKey: ${key}`,
  noTemplate: "The specified template doesn't exist, or you don't have the permission",
  invalidKeys: (count: number): string => `The request body has ${count} invalid key(s).`,
  noItem: (key: string): string => `The specified item key does not exist: ${key}`,
  notJson: (line: number, column: number): string =>
    `The request body could not be parsed as JSON (line: ${line}, column: ${column})`,
  property: (name: string): string => `The property, '${name}', in the request body is invalid (line: -, column: -)`,
  // LINE's page has this one without quotation marks.
  recipient: (index: number): string =>
    `The property, to[${index}], in the request body is invalid (line: -, column: -)`,
  parameter: (name: string): string => `The value for the '${name}' parameter is invalid`,
  audience: (id: number): string => `Invalid audience group id: ${id}`,
  noRichMenu: 'richmenu not found',
  richMenuId: 'invalid richMenuId',
  richMenuImage: 'The image size is not allowed for richmenu',
  richMenuHasImage: 'An image has already been uploaded to the richmenu',
  richMenuNeedsImage: 'must upload richmenu image before applying it to user',
  noDefaultRichMenu: 'no default richmenu',
  foreignRichMenu: 'the richmenu is owned by another channel',
  noLinkedRichMenu: 'the user has no richmenu',
  noAlias: 'richmenu alias not found',
  aliasTaken: 'conflict richmenu alias id',
  unlinkAllMixed: "'unlinkAll' type can't be combined with other type",
  fromTwice: (id: string): string => `from richmenu (${id}) is duplicated`,
  noBatchMenu: (id: string): string => `Richmenu (${id}) is not found`,
  batchMenuNeedsImage: (id: string): string => `'to' richmenu (${id}) must have image but it doesn't`,
  noContent: 'not found',
  unsent: 'The content is gone',
  noTranscoding: "Transcoding status doesn't support this type of content",
  noPreview: 'The content can not be previewed',
  readToken: 'Invalid markAsReadToken. Tokens must be used by the bot that received them via Webhook.',
  noCoupon: 'coupon not found',
  couponClosed: 'The coupon has already been closed.',
  couponLimit: 'You have too many coupons created.',
  couponRewards: 'Must be one of the following values: [discount,free,gift,cashBack,others]',
  couponStates: 'Must be one of the following values: [DRAFT,RUNNING,CLOSED]',
  notToBeThere: 'Must not be specified',
  hash: 'The value must be a valid SHA-256 digest.',
  itemTwice: (key: string): string =>
    `Duplicate itemKey in items or between emphasizedItem and items are not allowed: ${key}`,
  noMembership: 'Membership ID is not found',
  noPlans: 'Membership plan not found',
  botId: 'user/group/room Id is not available.',
  notDetachable: 'Specified channel is not detachable',
  requestId: (id: string): string => `Invalid request id: ${id}`,
} as const

type OauthErrors = {
  readonly [name in
    | 'parameters'
    | 'credentials'
    | 'clientId'
    | 'clientSecret'
    | 'keyOwner'
    | 'exp'
    | 'notJws'
    | 'malformed'
    | 'expired'
    | 'revoked'
    | 'invalid'
    | 'format'
    | 'request']: RefusalBody
}

/** What LINE's OAuth endpoints say. */
export const oauthErrors: OauthErrors = {
  parameters: { error: 'invalid_request', error_description: 'some parameters missed or invalid' },
  credentials: { error: 'invalid_request', error_description: "Invalid 'client_credentials'." },
  clientId: { error: 'invalid_client', error_description: 'invalid client_id' },
  clientSecret: { error: 'invalid_client', error_description: 'invalid client_secret' },
  keyOwner: { error: 'invalid_client', error_description: 'iss and clientId of key do not match' },
  exp: { error: 'invalid_client', error_description: 'Invalid exp' },
  notJws: { error: 'invalid_request', error_description: 'The access token not JWS' },
  malformed: { error: 'invalid_request', error_description: 'The access token malformed' },
  expired: { error: 'invalid_request', error_description: 'The access token expired' },
  revoked: { error: 'invalid_request', error_description: 'The access token revoked' },
  invalid: { error: 'invalid_request', error_description: 'access_token invalid' },
  format: { error: 'invalid_request', error_description: 'access_token in invalid format' },
  request: { error: 'invalid_request' },
}

/** Texts that no page of LINE documents. They are the emulator's own. */
export const assumedMessages = {
  couponEnd: 'Must be later than now',
  menuLimit: 'The maximum number of rich menus has already been created',
  aliasLimit: 'The maximum number of rich menu aliases has already been created',
  chatIsOff: 'Messages are marked as read automatically while Chat is off',
  tooLarge: 'The request body is larger than 2 MB',
  liffLimit: 'The maximum number of LIFF apps has been added to the channel',
  liffName: 'The name of a LIFF app must not contain LINE',
  userToken: 'The access token is not one of this channel',
  liffTokenUsed: 'A service notification token has been issued for this access token',
  noTemplate: 'The template cannot be found',
  chatTaken: 'Another channel has acquired the control of this chat',
  defaultActive: 'Another default active module channel is attached',
  moduleCode: { error: 'invalid_grant', error_description: 'invalid authorization code' },
  moduleRequest: {
    error: 'invalid_request',
    error_description: 'the request differs from the one that was authorized',
  },
  codeVerifier: { error: 'invalid_grant', error_description: 'invalid code_verifier' },
  tooManyJobs: 'The limit on the number of concurrent operations has been exceeded',
  retryKeyForm: 'The retry key is not a UUID',
  noRetryKey: 'The retry key is not supported by this API',
  quoteToken: 'Invalid quote token',
  serverError: 'Internal server error',
  assertion: { error: 'invalid_client', error_description: 'Invalid client_assertion' },
  signature: { error: 'invalid_client', error_description: 'Invalid signature' },
  aud: { error: 'invalid_client', error_description: 'Invalid aud' },
  tokenExp: { error: 'invalid_client', error_description: 'Invalid token_exp' },
} as const

/** What LINE says of one broken rule. */
function ruleMessage({ path, rule, minimum, maximum, allowed }: BrokenRule): string {
  switch (rule) {
    case 'missing':
      return path.includes('.action.') ? errorMessages.specified : 'May not be empty'
    case 'form':
      return allowed.startsWith('an https URL') ? errorMessages.httpsUrl : `Must be ${allowed}`
    case 'length':
      return maximum === undefined ? 'May not be empty' : `Length must be between ${minimum ?? 0} and ${maximum}`
    case 'size':
      return errorMessages.size(minimum ?? 0, maximum)
    case 'range':
      return maximum === undefined ? errorMessages.atLeast(minimum) : errorMessages.atMost(maximum)
    case 'value': {
      const values = [...allowed.matchAll(/'([^']*)'/g)].map(([, value]) => value)
      return values.length ? `Must be one of the following values: [${values.join(', ')}]` : `Must be ${allowed}`
    }
    default:
      return `Must be ${allowed}`
  }
}

/** What LINE says of one mistake, and where it says that it is. */
export interface Detail {
  readonly message: string
  readonly property: string
}

/** The text for a broken rule that differs from LINE's common text; `undefined` for the common one. It may throw a `Refusal` instead. */
export type InputMessages = (problem: BrokenRule, input: object) => Detail | undefined

/** LINE's refusal in the form that some topics have: with a list of details that is empty. */
export function emptyDetails(message: string): RefusalBody {
  return { message, details: [] }
}

/** LINE's refusal of a body for one or more mistakes in it. */
export function mistakes(...details: readonly Detail[]): RefusalBody {
  return { message: `The request body has ${details.length} error(s)`, details }
}

/** LINE's answer to an input that breaks its contract. */
export function brokenInput(
  problems: readonly BrokenRule[],
  body: 'json' | 'none' | 'oauth',
  inputMessages: (problem: BrokenRule) => Detail | undefined = () => undefined,
): RefusalBody {
  if (body === 'oauth') return oauthErrors.parameters
  const said = problems.map((problem) => ({ ...problem, own: inputMessages(problem) }))
  const [first] = said
  if (body === 'none' && !first?.own) return { message: errorMessages.parameter(first?.path ?? '') }
  const kind = said.find(({ rule, own }) => rule === 'kind' && !own)
  if (kind) return { message: errorMessages.property(kind.path) }
  if (first?.path === 'limit.forbidPartialDelivery') return { message: errorMessages.partialDelivery }
  return mistakes(
    ...said.map(({ own, ...problem }) => own ?? { message: ruleMessage(problem), property: problem.path }),
  )
}
