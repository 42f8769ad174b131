import type { ParseOptions } from './identifiers.js'
import { kindOf, refuse } from './problems.js'
import { recognize } from './recognize.js'
import { tidyUrl } from './text.js'

/** Where LINE delivers events. `http:` only for the emulator, on this machine. */
export type WebhookUrl = `https://${string}` | `http://${string}`

/** How a webhook URL is read. */
export interface WebhookUrlOptions extends ParseOptions {
  /** Whether to refuse `http:` on a loopback address too, which the emulator takes and LINE does not. */
  readonly httpsOnly?: boolean | undefined
}

const loopback = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/
const longest = 500

const isWebhookUrl = (text: string): text is WebhookUrl => /^https?:\/\//.test(text)

/**
 * Reads a webhook URL: https, at most 500 characters. On a loopback address http passes too, for the emulator, unless `httpsOnly` is set.
 *
 * Gives it in the form that travels: host in lower case, everything beyond ASCII encoded.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#set-webhook-endpoint-url
 * @throws {LineInputError} saying what is wrong with it. Neither path nor query of the URL is in the error.
 */
export function parseWebhookUrl(value: unknown, options: WebhookUrlOptions = {}): WebhookUrl {
  const { path = 'webhookUrl', httpsOnly = false } = options
  const subject = { name: 'a webhook URL', allowed: `an https URL of at most ${longest} characters` }
  if (typeof value !== 'string') return refuse(path, kindOf(value), subject)
  const text = tidyUrl(value)
  const form = recognize(text)
  if (form.form !== 'url') {
    const advice = /^[\w-]+(?:\.[\w-]+)+(?:[:/]|$)/.test(text) ? 'Write https:// in front' : form.advice
    return refuse(path, form.words, subject, advice)
  }
  if (/\s/.test(text)) return refuse(path, 'a URL with a space in it', subject, 'Leave the space out, or write %20')
  if (!URL.canParse(text)) return refuse(path, 'a URL that cannot be read', subject)
  const url = new URL(text)
  if (url.protocol === 'http:' && !loopback.test(url.hostname))
    return refuse(
      path,
      'an http URL',
      subject,
      'LINE delivers over https only, with a certificate of a public authority',
    )
  if (url.protocol === 'http:' && httpsOnly)
    return refuse(path, 'an http URL on this machine', subject, 'LINE cannot reach it; use a tunnel or a public server')
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return refuse(path, `a URL of the scheme ${url.protocol}`, subject)
  const { href } = url
  if (href.length > longest || !isWebhookUrl(href)) return refuse(path, `a URL of ${href.length} characters`, subject)
  return href
}
