import { LineInputError } from '../core/errors.js'
import { checkOptions } from '../core/read-options.js'
import type { Having, LoginCredentials } from './channel-credentials.js'
import { parseChannelAccessToken, readChannelSecret } from './channel-credentials.js'
import { parseAssertionKid, parseChannelId } from './identifiers.js'
import { parseAssertionPrivateKey } from './private-key.js'
import { Findings, isBlank, refuse } from './problems.js'
import type { Secret } from './secret.js'

/** The variables that {@link credentialsFromEnv} reads. */
export const environmentNames: {
  /** The ID of the Messaging API channel. */
  readonly channelId: 'LINE_CHANNEL_ID'
  /** The channel secret of the Messaging API channel. */
  readonly channelSecret: 'LINE_CHANNEL_SECRET'
  /** A long-lived channel access token of the Messaging API channel. */
  readonly channelAccessToken: 'LINE_CHANNEL_ACCESS_TOKEN'
  /** The `kid` of the assertion signing key. */
  readonly assertionKid: 'LINE_ASSERTION_KID'
  /** The private key of the assertion signing key: the JSON of a JWK, or a PKCS#8 PEM, whose line breaks may be written as `\n`. */
  readonly assertionPrivateKey: 'LINE_ASSERTION_PRIVATE_KEY'
  /** The ID of the LINE Login channel. */
  readonly loginChannelId: 'LINE_LOGIN_CHANNEL_ID'
  /** The channel secret of the LINE Login channel. */
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

/** The credentials that the environment can contain. */
export interface EnvironmentCredentials {
  /** From `LINE_CHANNEL_ID`; missing when it is not set. */
  readonly channelId?: string | undefined
  /** From `LINE_CHANNEL_SECRET`; missing when it is not set. */
  readonly channelSecret?: Secret | undefined
  /** From `LINE_CHANNEL_ACCESS_TOKEN`; missing when it is not set. */
  readonly channelAccessToken?: Secret | undefined
  /** From `LINE_ASSERTION_KID` and `LINE_ASSERTION_PRIVATE_KEY`; pass it to `assertionKey` from `line-oa/keys`. Missing when neither is set. */
  readonly assertion?:
    | {
        /** The `kid`. */
        readonly kid: string
        /** The private key. */
        readonly privateKey: Secret
      }
    | undefined
  /** From `LINE_LOGIN_CHANNEL_ID` and `LINE_LOGIN_CHANNEL_SECRET`; missing when neither is set. */
  readonly login?: LoginCredentials | undefined
}

const results: readonly string[] = ['channelId', 'channelSecret', 'channelAccessToken', 'assertion', 'login']

/** Options of {@link credentialsFromEnv}. */
export interface EnvironmentOptions<Required extends keyof EnvironmentCredentials> {
  /** The required properties of the result. Default: `['channelId', 'channelSecret']`. */
  readonly require?: readonly Required[] | undefined
}

// Node.js, Bun, Deno, and Cloudflare Workers with nodejs_compat have one.
function processEnvironment(): object {
  const { process } = globalThis as { process?: { env?: object } } // the runtime may have none, despite the types of Node.js
  return process?.env ?? {}
}

/**
 * Reads credentials from the environment variables that {@link environmentNames} lists. Blank variables count as missing.
 *
 * A variable that is set is validated even if it is not required. If one variable of a pair is set, the other is required: a `kid` and its private key, or a LINE
 * Login channel ID and its channel secret.
 *
 * @param env The variables. Default: `process.env`. On Cloudflare Workers pass the `env` of the handler.
 * @throws {LineInputError} with every missing or invalid variable in `problems`, by its name.
 * @example
 * const { channelId, channelSecret } = credentialsFromEnv()
 */
export function credentialsFromEnv<Required extends keyof EnvironmentCredentials = 'channelId' | 'channelSecret'>(
  env: object = processEnvironment(),
  options: EnvironmentOptions<Required> = {},
): Having<EnvironmentCredentials, NoInfer<Required>> {
  if (typeof env !== 'object' || env === null)
    throw new LineInputError('credentialsFromEnv: env must be an object with the variables')
  if (Array.isArray(Reflect.get(env, 'require')))
    throw new LineInputError(
      'credentialsFromEnv: the options are the second parameter; write credentialsFromEnv(process.env, { require: [...] })',
    )
  checkOptions('credentialsFromEnv', options, { require: 'array' })
  const required: readonly string[] = options.require ?? ['channelId', 'channelSecret']
  const unknown = required.some((name) => !results.includes(name))
  if (unknown) throw new LineInputError(`credentialsFromEnv: require must list some of ${results.join(', ')}`)
  const names = environmentNames
  const variables = env as { readonly [name: string]: unknown } // read only, and every value is checked
  const findings = new Findings()
  const read = <T>(name: string, needed: boolean, parse: (value: unknown, options: { readonly path: string }) => T) =>
    findings.optional(variables[name], needed, () => parse(variables[name], { path: name }))
  const together = (member: keyof EnvironmentCredentials, pair: readonly string[]) =>
    required.includes(member) || pair.some((name) => !isBlank(variables[name]))

  const channelId = read(names.channelId, required.includes('channelId'), parseChannelId)
  // Quotes that a loader left around a value are refused, because it leaves them around every other value, too.
  const parseSecret = (value: unknown, { path }: { readonly path: string }) => readChannelSecret(value, path)
  const channelSecret = read(names.channelSecret, required.includes('channelSecret'), parseSecret)
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
    const other = { allowed: `the ID of the LINE Login channel, different from ${names.channelId}` }
    return id === channelId ? refuse(path, 'the same ID', other) : id
  })
  const loginChannelSecret = read(names.loginChannelSecret, withLogin, parseSecret)

  if (findings.problems.length > 0) throw findings.error()
  const found: EnvironmentCredentials = {
    ...(channelId && { channelId }),
    ...(channelSecret && { channelSecret }),
    ...(channelAccessToken && { channelAccessToken }),
    ...(kid && privateKey && { assertion: { kid, privateKey } }),
    ...(loginChannelId &&
      loginChannelSecret && { login: { channelId: loginChannelId, channelSecret: loginChannelSecret } }),
  }
  return found as Having<EnvironmentCredentials, Required> // required values were read, or the error above was thrown
}
