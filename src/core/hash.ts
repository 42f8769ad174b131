interface NodeCrypto {
  createHash(algorithm: 'sha256'): { update(data: string): { digest(encoding: 'hex'): string } }
}

// Node, Bun, Deno and Workers with nodejs_compat have it. WebCrypto hands every hash to another thread, which takes longer than the hash.
const nodeCrypto = (): NodeCrypto | undefined =>
  // The web's types know no `process`, and what a built-in module holds is known by its name alone.
  (globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } }).process?.getBuiltinModule?.(
    'node:crypto',
  ) as NodeCrypto | undefined

/** The SHA-256 of a text in UTF-8, as 64 lower-case hex digits. */
export async function sha256(text: string): Promise<string> {
  const node = nodeCrypto()
  if (node) return node.createHash('sha256').update(text).digest('hex')
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Makes a retry key that depends on nothing but its parts, so that another process makes the same one for the same send.
 *
 * It is SHA-256 in the form of a version 4 UUID, which is the form that every checker of UUIDs takes.
 */
export async function deriveRetryKey(...parts: readonly (string | readonly string[])[]): Promise<string> {
  const hex = await sha256(JSON.stringify(parts))
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

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
