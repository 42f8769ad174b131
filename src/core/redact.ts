const secrets =
  /\bBearer\s+[^\s"',;]+|\bBasic\s+[A-Za-z0-9+/]{24,}={0,2}|\beyJ[\w-]+(?:\.[\w-]*)*|((?:access_token|client_secret|client_assertion|refresh_token|id_token|code|linkToken)["']?\s*[=:]\s*["']?)[^\s"'&,}]+|[A-Za-z0-9+/]{86,}={0,2}/g

/**
 * Takes tokens, secrets and assertions out of a text that comes from elsewhere, before it goes into an error.
 *
 * A JWT goes whole, not to its first dot only; so do bearer values, long base64 text and the values of secret parameters.
 */
export function redact(text: string): string {
  return text.replace(secrets, (_, name: string | undefined) => `${name ?? ''}[redacted]`)
}
