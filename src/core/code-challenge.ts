/**
 * Makes the PKCE challenge of a verifier by S256, the only method that LINE takes: the SHA-256 of the verifier in base64url.
 *
 * @see https://developers.line.biz/en/docs/line-login/integrate-pkce/
 */
export async function codeChallenge(codeVerifier: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier))
  return btoa(String.fromCharCode(...new Uint8Array(hash)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
