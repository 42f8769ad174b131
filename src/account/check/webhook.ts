import { LineApiError } from '../../core/errors.js'
import { getWebhookEndpoint, testWebhookEndpoint } from '../../messaging/webhook-endpoint/operations.js'
import type { WebhookTestResult } from '../../messaging/webhook-endpoint/types.js'
import { ask } from '../ask.js'
import { type Attestation, justSwitched } from '../attestation.js'
import { type Finding, found, notMade, passed } from '../checks.js'
import type { Calls } from '../run.js'

/** What LINE has for the webhook. */
export interface Endpoint {
  /** Missing when none is set. */
  readonly url?: string | undefined
  readonly active: boolean
}

/** Reads URL and switch. A 404 says that no URL is set. */
export async function readEndpoint(calls: Calls): Promise<Endpoint> {
  const { data, refusal } = await ask(calls(getWebhookEndpoint, {}))
  if (!refusal) return { url: data.endpoint || undefined, active: data.active }
  if (refusal.status === 404) return { active: false }
  throw refusal
}

/** A URL as it is compared: the way URLs write themselves. */
export function sameUrl(one: string | undefined, other: string | undefined): boolean {
  const form = (url: string) => (URL.canParse(url) ? new URL(url).href : url)
  return one !== undefined && other !== undefined && form(one) === form(other)
}

/** The host of a URL, which is all of it that may be shown: paths and queries of webhook URLs hold keys. */
export function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : undefined
}

/** Judges who has the webhook before it is taken. Rule: one-url-per-channel. */
export function judgeOwner({ url }: Endpoint, wanted: string, takeOver: boolean): Finding {
  if (url === undefined) return passed('The webhook is free', { owner: 'nobody' })
  if (sameUrl(url, wanted)) return passed('The webhook is ours', { owner: 'this-tool' })
  const facts = { owner: 'another', host: hostOf(url) }
  if (takeOver) return passed('The webhook is taken over from another address', facts)
  return found('failed', 'webhook_elsewhere', 'Events go to another address, which would get none any more', facts)
}

/** Judges later on whether the webhook is still where it was set. */
export function judgeUrl({ url }: Endpoint, wanted: string): Finding {
  if (url === undefined) return found('failed', 'webhook_unset', 'LINE has no webhook URL', {})
  if (sameUrl(url, wanted)) return passed('The webhook URL is ours', { host: hostOf(url) })
  return found('failed', 'webhook_elsewhere', 'The webhook URL was replaced by another', { host: hostOf(url) })
}

/** Judges the switch. A test that passes does not prove it. Rules: test-proves-no-switch, switch-can-fall-back. */
export function judgeSwitch({ active }: Endpoint, attested: readonly Attestation[], now: number): Finding {
  if (active) return passed('The webhook is switched on', { active })
  if (justSwitched('webhook-switch', attested, now))
    return found('needs-person', 'settings_lag', 'The webhook was just switched on, and LINE does not show it yet', {
      active,
    })
  return found('needs-person', 'webhook_off', 'The webhook is switched off: no events are sent', { active })
}

/** What LINE says, with the host in place of a URL that it quotes. */
export const withoutUrl = (text: string, url: string) => text.replaceAll(url, hostOf(url) ?? '').slice(0, 200)

function judgeTest(result: WebhookTestResult, url: string): Finding {
  const { success, statusCode, reason } = result
  const facts = { reason, statusCode, detail: withoutUrl(result.detail, url), host: hostOf(url) }
  if (success) return passed('The webhook URL answers', facts)
  if (statusCode === 401 || statusCode === 403)
    return found(
      'failed',
      'signature_mismatch',
      `The webhook URL answers ${statusCode}: its receiver does not take the signature of this channel`,
      facts,
    )
  const why =
    statusCode >= 300 && statusCode < 400
      ? `it answers with a redirect (${statusCode}), which LINE does not follow`
      : statusCode > 0
        ? `it answers ${statusCode}`
        : reason === 'REQUEST_TIMEOUT'
          ? 'it does not answer in time'
          : 'LINE gets no connection to it'
  return found('failed', 'webhook_unreachable', `The webhook URL does not work: ${why}`, facts)
}

/** Has LINE test a URL, which changes nothing. LINE allows 60 tests an hour, of all tools together. */
export async function testUrl(calls: Calls, url: string): Promise<Finding> {
  try {
    const { data, refusal } = await ask(calls(testWebhookEndpoint, { endpoint: url }))
    if (!refusal) return judgeTest(data, url)
    if (refusal.status === 400)
      return found(
        'failed',
        'webhook_unreachable',
        'LINE does not take the webhook URL: its host is unknown, or it is none',
        {
          status: 400,
          line: withoutUrl(refusal.lineMessage, url),
          host: hostOf(url),
        },
      )
    return notMade(`LINE does not test the webhook URL: ${withoutUrl(refusal.lineMessage, url)}`)
  } catch (error) {
    if (error instanceof LineApiError && error.code === 'LINE_RATE_LIMIT')
      return found('unknown', 'webhook_test_limit', 'The 60 tests that LINE allows in an hour are used up', {
        status: error.status,
      })
    throw error
  }
}
