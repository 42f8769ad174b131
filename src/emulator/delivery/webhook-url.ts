/** Tells whether an address leads back to this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(?:\.\d+){3}$/.test(hostname)
  )
}

/**
 * Tells whether LINE takes a text as a webhook URL: https, and at most 500 characters.
 * The emulator also takes http on loopback addresses, where nobody has a certificate.
 */
export function isWebhookUrl(text: string): boolean {
  if (text.length > 500 || !URL.canParse(text)) return false
  const url = new URL(text)
  if (url.username || url.password) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))
}
