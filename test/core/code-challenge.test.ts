import { codeChallenge } from 'line-oa'
import { expect, test } from 'vitest'

test.each([
  // RFC 7636, appendix B
  ['dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'],
  // The example on LINE's page about PKCE.
  ['wJKN8qz5t8SSI9lMFhBB6qwNkQBkuPZoCxzRhwLRUo1', 'BSCQwo_m8Wf0fpjmwkIKmPAJ1A7tiuRSNDnXzODS7QI'],
])('returns the code challenge of %s', async (verifier, challenge) => {
  expect(await codeChallenge(verifier)).toBe(challenge)
})
