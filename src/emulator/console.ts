import { LineInputError } from '../core/errors.js'
import { checkPublicJwk } from '../keys/public-jwk.js'
import type { World } from './world.js'

/** What an administrator does by hand in the LINE Developers Console, for which LINE has no API. */
export interface Console {
  /**
   * Registers the public half of an assertion signing key and gives its `kid`.
   *
   * @param jwk the JWK, or its JSON text.
   * @throws {LineInputError} when the console would refuse the key: anything but an RSA key of 2048 bits for RS256 without `kid`.
   */
  registerAssertionKey(channel: { readonly channelId: string }, jwk: unknown): string
}

/** Makes the console of an emulator. */
export function createConsole(world: World): Console {
  return {
    registerAssertionKey({ channelId }, jwk) {
      const channel = world.channels.get(channelId)
      if (!channel) throw new LineInputError('registerAssertionKey: this emulator has no such channel')
      const problems = checkPublicJwk(jwk)
      if (problems.length)
        throw new LineInputError(`registerAssertionKey: ${problems.map(({ message }) => message).join('; ')}`, { problems })
      const { n, e }: JsonWebKey = typeof jwk === 'string' ? JSON.parse(jwk) : { ...(jwk as JsonWebKey) } // the check above has found a JWK
      const kid = world.ids.uuid()
      channel.assertionKeys.set(kid, { kty: 'RSA', alg: 'RS256', use: 'sig', ...(n && { n }), ...(e && { e }) })
      return kid
    },
  }
}
