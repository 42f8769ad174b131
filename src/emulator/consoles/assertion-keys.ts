import { LineInputError } from '../../core/errors.js'
import { checkPublicJwk } from '../../keys/public-jwk.js'
import type { Channel } from '../state.js'
import type { World } from '../world.js'

/**
 * Registers the public half of an assertion signing key and gives its `kid`.
 *
 * @throws {LineInputError} with everything that the console would refuse about the key.
 */
export function registerAssertionKey(world: World, channel: Channel, jwk: unknown): string {
  const problems = checkPublicJwk(jwk)
  if (problems.length) throw new LineInputError(`registerAssertionKey: ${problems.map(({ message }) => message).join('; ')}`, { problems })
  const { n, e }: JsonWebKey = typeof jwk === 'string' ? JSON.parse(jwk) : { ...(jwk as JsonWebKey) } // the check above has found a JWK
  const kid = world.ids.uuid()
  channel.assertionKeys.set(kid, { kty: 'RSA', alg: 'RS256', use: 'sig', ...(n && { n }), ...(e && { e }) })
  return kid
}
