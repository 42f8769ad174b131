const secrets =
  /\bBearer\s+[^\s"',;]+|\bBasic\s+[A-Za-z0-9+/]{24,}={0,2}|\beyJ[\w-]+(?:\.[\w-]*)*|((?:access_token|client_secret|client_assertion|refresh_token|id_token|code|linkToken)["']?\s*[=:]\s*["']?)[^\s"'&,}]+|[A-Za-z0-9+/]{86,}={0,2}/g

/**
 * Removes tokens, secrets and assertions from text that others wrote before it becomes part of an error.
 *
 * It removes whole JWTs, bearer values, long base64 text and the values of secret parameters.
 */
export function redact(text: string): string {
  return text.replace(secrets, (_, name: string | undefined) => `${name ?? ''}[redacted]`)
}
