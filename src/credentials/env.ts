import type { Having, LoginCredentials } from './channel-credentials.js'
import { parseAssertionKid, parseChannelId } from './identifiers.js'
import { parseAssertionPrivateKey } from './private-key.js'
import { Findings, isBlank, refuse } from './problems.js'
import type { Secret } from './secret.js'
import { parseChannelAccessToken, parseChannelSecret } from './secrets.js'

/** The variables that {@link credentialsFromEnv} reads. */
export const environmentNames: {
  /** The ID of the Messaging API channel. */
  readonly channelId: 'LINE_CHANNEL_ID'
  /** The secret of the Messaging API channel. */
  readonly channelSecret: 'LINE_CHANNEL_SECRET'
  /** A long-lived token of the Messaging API channel. */
  readonly channelAccessToken: 'LINE_CHANNEL_ACCESS_TOKEN'
  /** The `kid` that LINE gave for the assertion key. */
  readonly assertionKid: 'LINE_ASSERTION_KID'
  /** The private key of the assertion key: the JSON of a JWK, or a PKCS#8 PEM, whose line breaks may be written as `\n`. */
  readonly assertionPrivateKey: 'LINE_ASSERTION_PRIVATE_KEY'
  /** The ID of the LINE Login channel. */
  readonly loginChannelId: 'LINE_LOGIN_CHANNEL_ID'
  /** The secret of the LINE Login channel. */
  readonly loginChannelSecret: 'LINE_LOGIN_CHANNEL_SECRET'
} = {
  channelId: 'LINE_CHANNEL_ID',
  channelSecret: 'LINE_CHANNEL_SECRET',
  channelAccessToken: 'LINE_CHANNEL_ACCESS_TOKEN',
  assertionKid: 'LINE_ASSERTION_KID',
  assertionPrivateKey: 'LINE_ASSERTION_PRIVATE_KEY',
  loginChannelId: 'LINE_LOGIN_CHANNEL_ID',
  loginChannelSecret: 'LINE_LOGIN_CHANNEL_SECRET',
}

/** What the environment may hold. */
export interface EnvironmentCredentials {
  /** From `LINE_CHANNEL_ID`. */
  readonly channelId?: string | undefined
  /** From `LINE_CHANNEL_SECRET`. */
  readonly channelSecret?: Secret | undefined
  /** From `LINE_CHANNEL_ACCESS_TOKEN`. */
  readonly channelAccessToken?: Secret | undefined
  /** From `LINE_ASSERTION_KID` and `LINE_ASSERTION_PRIVATE_KEY`; `assertionKey` of `line-oa/keys` takes it as it is. */
  readonly assertion?: { readonly kid: string; readonly privateKey: Secret } | undefined
  /** From `LINE_LOGIN_CHANNEL_ID` and `LINE_LOGIN_CHANNEL_SECRET`. */
  readonly login?: LoginCredentials | undefined
}

/** What must be there. */
export interface EnvironmentOptions<Required extends keyof EnvironmentCredentials> {
  /** The members of the result that must be there; channel ID and channel secret by default. */
  readonly require?: readonly Required[] | undefined
}

// Where the runtime has one: Node, Bun, Deno, and Workers with nodejs_compat.
function processEnvironment(): object {
  const { process } = globalThis as { process?: { env?: object } } // the runtime may have none, whatever the types of Node say
  return process?.env ?? {}
}

/**
 * Reads credentials from the variables of the environment that {@link environmentNames} lists, blank ones counting as missing.
 *
 * What is there is checked even when it is not required, and half of a pair is a mistake: a `kid` needs its private key, a LINE Login channel ID its secret.
 *
 * @param env The variables; `process.env` by default. On Workers, the `env` that the handler is given.
 * @throws {LineInputError} with all that is missing or malformed in `problems`, by the names of the variables.
 * @example
 * const { channelId, channelSecret } = credentialsFromEnv()
 */
export function credentialsFromEnv<Required extends keyof EnvironmentCredentials = 'channelId' | 'channelSecret'>(
  env: object = processEnvironment(),
  options: EnvironmentOptions<Required> = {},
): Having<EnvironmentCredentials, Required> {
  const required: readonly string[] = options.require ?? ['channelId', 'channelSecret']
  const names = environmentNames
  const variables = env as { readonly [name: string]: unknown } // read only, and every value is checked as unknown
  const findings = new Findings()
  const read = <T>(name: string, needed: boolean, parse: (value: unknown, options: { readonly path: string }) => T) =>
    findings.optional(variables[name], needed, () => parse(variables[name], { path: name }))
  const together = (member: keyof EnvironmentCredentials, pair: readonly string[]) =>
    required.includes(member) || pair.some((name) => !isBlank(variables[name]))

  const channelId = read(names.channelId, required.includes('channelId'), parseChannelId)
  const channelSecret = read(names.channelSecret, required.includes('channelSecret'), parseChannelSecret)
  const channelAccessToken = read(
    names.channelAccessToken,
    required.includes('channelAccessToken'),
    parseChannelAccessToken,
  )

  const withAssertion = together('assertion', [names.assertionKid, names.assertionPrivateKey])
  const kid = read(names.assertionKid, withAssertion, parseAssertionKid)
  const privateKey = read(names.assertionPrivateKey, withAssertion, (value, at) =>
    parseAssertionPrivateKey(value, { ...at, kid }),
  )

  const withLogin = together('login', [names.loginChannelId, names.loginChannelSecret])
  const loginChannelId = read(names.loginChannelId, withLogin, (value, { path }) => {
    const id = parseChannelId(value, { path })
    const other = { name: 'what is wanted here', allowed: 'the ID of the LINE Login channel, which is another one' }
    return id === channelId ? refuse(path, `the ID that ${names.channelId} has`, other) : id
  })
  const loginChannelSecret = read(names.loginChannelSecret, withLogin, parseChannelSecret)

  if (findings.problems.length > 0) throw findings.error()
  const found: EnvironmentCredentials = {
    ...(channelId && { channelId }),
    ...(channelSecret && { channelSecret }),
    ...(channelAccessToken && { channelAccessToken }),
    ...(kid && privateKey && { assertion: { kid, privateKey } }),
    ...(loginChannelId &&
      loginChannelSecret && { login: { channelId: loginChannelId, channelSecret: loginChannelSecret } }),
  }
  return found as Having<EnvironmentCredentials, Required> // what is required was read, or the error above was thrown
}
