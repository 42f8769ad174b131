import { LineInputError } from '../../core/errors.js'
import { checkPublicJwk } from '../../keys/public-jwk.js'
import type { AssertionPublicJwk } from '../../keys/types.js'
import type { Channel } from '../state.js'
import type { World } from '../world.js'

/**
 * Registers the public half of an assertion signing key and gives its `kid`.
 *
 * @throws {LineInputError} with everything that the console would refuse about the key.
 */
export function registerAssertionKey(world: World, channel: Channel, jwk: unknown): string {
  const problems = checkPublicJwk(jwk)
  if (problems.length)
    throw new LineInputError(`registerAssertionKey: ${problems.map(({ message }) => message).join('; ')}`, { problems })
  const { n, e }: AssertionPublicJwk = typeof jwk === 'string' ? JSON.parse(jwk) : (jwk as AssertionPublicJwk) // the check above has found one
  const kid = world.ids.uuid()
  channel.assertionKeys.set(kid, { kty: 'RSA', alg: 'RS256', use: 'sig', n, e })
  return kid
}
