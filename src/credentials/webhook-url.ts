import { type ParseOptions, pathOf } from './parse-options.js'
import { kindOf, refuse } from './problems.js'
import { longest as longestText, recognize, tidyUrl } from './recognize.js'

/** A webhook URL. `http:` is only accepted for the emulator on this machine. */
export type WebhookUrl = `https://${string}` | `http://${string}`

/** Options for reading a webhook URL. */
export interface WebhookUrlOptions extends ParseOptions {
  /** Whether to also reject `http:` on a loopback address, which the emulator accepts but LINE does not. Default: `false`. */
  readonly httpsOnly?: boolean | undefined
}

const loopback = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/
const longest = 500

const isWebhookUrl = (text: string): text is WebhookUrl => /^https?:\/\//.test(text)

/**
 * Reads a webhook URL: https, at most 500 characters. On a loopback address, http is also accepted, for the emulator, unless `httpsOnly` is set.
 *
 * The result is normalized: host in lower case, everything outside ASCII encoded.
 *
 * @see https://developers.line.biz/en/reference/messaging-api/#set-webhook-endpoint-url
 * @throws {LineInputError} when it is not valid. The error contains neither path nor query of the URL.
 */
export function parseWebhookUrl(value: unknown, options: WebhookUrlOptions = {}): WebhookUrl {
  const path = pathOf(options, 'webhookUrl', { httpsOnly: 'boolean' })
  const { httpsOnly = false } = options
  const subject = { allowed: `an https URL of at most ${longest} characters` }
  if (typeof value !== 'string') return refuse(path, kindOf(value), subject)
  if (value.length > longestText) return refuse(path, `${value.length} characters`, subject)
  const text = tidyUrl(value)
  const form = recognize(text)
  if (form.form !== 'url') {
    const advice = /^[\w-]+(?:\.[\w-]+)+(?:[:/]|$)/.test(text) ? 'Add https:// at the beginning' : form.advice
    return refuse(path, form.words, subject, advice)
  }
  if (/\s/.test(text)) return refuse(path, 'a URL that contains a space', subject, 'Remove the space, or write %20')
  if (!URL.canParse(text)) return refuse(path, 'a URL that cannot be parsed', subject)
  const url = new URL(text)
  if (url.protocol === 'http:' && !loopback.test(url.hostname))
    return refuse(
      path,
      'an http URL',
      subject,
      'LINE delivers webhooks only over https, with a certificate from a publicly trusted CA',
    )
  if (url.protocol === 'http:' && httpsOnly)
    return refuse(path, 'an http URL on this machine', subject, 'LINE cannot reach it; use a tunnel or a public server')
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return refuse(path, `a URL with the scheme ${url.protocol}`, subject)
  const { href } = url
  if (href.length > longest || !isWebhookUrl(href)) return refuse(path, `a URL of ${href.length} characters`, subject)
  return href
}
