import type { BrokenRule } from '../core/problems.js'

// LINE's own words, as its pages quote them. Programs must not decide by them, but people search for them.
// Texts that no page of LINE's quotes stand in `ours`.

/** The body of LINE's refusals; those of its OAuth endpoints have another form. */
export type RefusalBody =
  | { readonly message: string; readonly details?: readonly { readonly message: string; readonly property: string }[] }
  | { readonly error: string; readonly error_description?: string }

/** What LINE says, outside of its OAuth endpoints. */
export const words = {
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
  authentication: (reason: string): string =>
    `Authentication failed due to the following reason: ${reason}. Confirm that the access token in the authorization header is valid.`,
  contentType: (contentType: string): string => `The content type, ${contentType}, is not supported`,
  notJson: (line: number, column: number): string => `The request body could not be parsed as JSON (line: ${line}, column: ${column})`,
  property: (name: string): string => `The property, ${name}, in the request body is invalid (line: -, column: -)`,
  parameter: (name: string): string => `The value for the '${name}' parameter is invalid`,
  audience: (id: number): string => `Invalid audience group id: ${id}`,
  requestId: (id: string): string => `Invalid request id: ${id}`,
} as const

type OauthWords = {
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
export const oauth: OauthWords = {
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

/** What LINE says in words of its own that none of its pages shows. */
export const ours = {
  tooLarge: 'The request body is larger than 2 MB',
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
function ruleWords({ rule, minimum, maximum, allowed }: BrokenRule): string {
  switch (rule) {
    case 'missing':
      return 'May not be empty'
    case 'length':
      return maximum === undefined ? 'May not be empty' : `Length must be between ${minimum ?? 0} and ${maximum}`
    case 'size':
      return `Size must be between ${minimum ?? 0} and ${maximum}`
    case 'range':
      return maximum === undefined ? `Must be greater than or equal to ${minimum}` : `Must be less than or equal to ${maximum}`
    case 'value': {
      const values = [...allowed.matchAll(/'([^']*)'/g)].map(([, value]) => value)
      return values.length ? `Must be one of the following values: [${values.join(', ')}]` : `Must be ${allowed}`
    }
    default:
      return `Must be ${allowed}`
  }
}

/** LINE's answer to an input that breaks its contract. */
export function brokenInput(problems: readonly BrokenRule[], body: 'json' | 'none' | 'oauth'): RefusalBody {
  const [first] = problems
  if (body === 'oauth') return oauth.parameters
  if (body === 'none') return { message: words.parameter(first?.path ?? '') }
  const kind = problems.find(({ rule }) => rule === 'kind')
  if (kind) return { message: words.property(kind.path) }
  if (first?.path === 'limit.forbidPartialDelivery') return { message: words.partialDelivery }
  return {
    message: `The request body has ${problems.length} error(s)`,
    details: problems.map((problem) => ({ message: ruleWords(problem), property: problem.path })),
  }
}
