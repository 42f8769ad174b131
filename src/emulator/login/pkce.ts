import { toBase64url } from './base64url.js'

/** Whether a verifier is the one that a challenge was made of; without a challenge there must be none. */
export async function fitsChallenge(verifier: string | undefined, challenge: string | undefined): Promise<boolean> {
  if (verifier === undefined || challenge === undefined) return verifier === challenge
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  return toBase64url(new Uint8Array(digest)) === challenge
}
