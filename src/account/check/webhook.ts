import { isApiError } from '../../core/response-errors.js'
import { getWebhookEndpoint, testWebhookEndpoint } from '../../messaging/webhook-endpoint/operations.js'
import type { WebhookTestResult } from '../../messaging/webhook-endpoint/types.js'
import { type Confirmation, justSwitched } from '../guide/confirmations.js'
import type { Calls, CheckRun } from './check-run.js'
import { type Check, type Finding, found, notMade, passed } from './findings.js'

/** The webhook settings of a channel that LINE's API shows. */
export interface WebhookEndpoint {
  /** `undefined` when no URL is set. */
  readonly url?: string | undefined
  /** Whether "Use webhook" is on. */
  readonly active: boolean
}

/** Reads the webhook URL and whether the webhook is on. LINE responds 404 when no URL is set. */
export async function readEndpoint(calls: Calls): Promise<WebhookEndpoint> {
  const { data, refusal } = await calls(getWebhookEndpoint, {})
  if (!refusal) return { url: data.endpoint || undefined, active: data.active }
  if (refusal.status === 404) return { active: false }
  throw refusal
}

/** Compares two URLs in their normalized form. */
export function sameUrl(one: string | undefined, other: string | undefined): boolean {
  const normalized = (url: string) => (URL.canParse(url) ? new URL(url).href : url)
  return one !== undefined && other !== undefined && normalized(one) === normalized(other)
}

/** The host of a URL. Only the host of a webhook URL may be shown, because its path and query can contain keys. */
export function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : undefined
}

/** Replaces a URL in a text from LINE with its host. */
export const withoutUrl = (text: string, url: string) => text.replaceAll(url, hostOf(url) ?? '').slice(0, 200)

/** Reads the webhook before it is set, and checks that the URL of another tool is not replaced without permission: the finding of `webhook-owner`. Rule: one-url-per-channel. */
export async function checkOwner(calls: Calls, wanted: string, takeOver: boolean): Promise<Finding<WebhookEndpoint>> {
  const value = await readEndpoint(calls)
  if (value.url === undefined) return { ...passed('No webhook URL is set', { owner: 'none' }), value }
  if (sameUrl(value.url, wanted)) return { ...passed("This tool's webhook URL is set", { owner: 'this-tool' }), value }
  const facts = { owner: 'another', host: hostOf(value.url) }
  if (takeOver) return { ...passed('Another webhook URL is set, and this tool will replace it', facts), value }
  return {
    ...found('failed', 'webhook_elsewhere', 'Another webhook URL is set; it would no longer receive events', facts),
    value,
  }
}

function urlFinding({ url }: WebhookEndpoint, wanted: string): Finding<never> {
  if (url === undefined) return found('failed', 'webhook_unset', 'No webhook URL is set', {})
  const facts = { host: hostOf(url) }
  return sameUrl(url, wanted)
    ? passed("This tool's webhook URL is set", facts)
    : found('failed', 'webhook_elsewhere', 'Another webhook URL is set', facts)
}

// A successful test does not prove that the webhook is on. Rules: test-proves-no-switch, switch-can-fall-back.
function switchFinding(
  { active }: WebhookEndpoint,
  confirmations: readonly Confirmation[],
  now: number,
): Finding<never> {
  if (active) return passed('The webhook is on', { active })
  if (justSwitched('webhook-switch', confirmations, now))
    return found('needs-person', 'settings_lag', 'The webhook was just turned on, and LINE does not show it yet', {
      active,
    })
  return found('needs-person', 'webhook_off', 'The webhook is off, so LINE sends no events', { active })
}

/**
 * Reads the webhook and checks it: the checks `webhook-url` and, when the URL is right, `webhook-switch`. `set` runs before it reads; a finding of it
 * ends the check.
 *
 * @returns the check `webhook-url`.
 */
export async function checkEndpoint(
  run: CheckRun,
  calls: Calls,
  wanted: string,
  confirmations: readonly Confirmation[],
  set?: () => Promise<Finding<never> | undefined>,
): Promise<Check> {
  const { check, value: endpoint } = await run.check('webhook-url', async (): Promise<Finding<WebhookEndpoint>> => {
    const refused = await set?.()
    if (refused) return refused
    const value = await readEndpoint(calls)
    return { ...urlFinding(value, wanted), value }
  })
  if (endpoint && check.status === 'passed')
    await run.check('webhook-switch', () => switchFinding(endpoint, confirmations, run.clock.now()))
  return check
}

// `receiverAsked`: whether a receiver has asked the registry for the channel secret during the test; `undefined` when that is not known.
function testFinding(
  { success, statusCode, reason, detail }: WebhookTestResult,
  url: string,
  receiverAsked: boolean | undefined,
): Finding<never> {
  const facts = { reason, statusCode, detail: withoutUrl(detail, url), host: hostOf(url), receiverAsked }
  if (success && receiverAsked === false)
    return found(
      'warning',
      'webhook_not_ours',
      "The webhook URL responds, but not with a receiver of this registry: no receiver asked for the channel secret during LINE's test",
      facts,
    )
  if (success) return passed('The webhook URL responds', facts)
  const isRejected = statusCode === 401 || statusCode === 403
  if (isRejected && receiverAsked === true)
    return found(
      'failed',
      'signature_mismatch',
      `The webhook URL responds with ${statusCode}: its receiver was reached and rejected the signature`,
      facts,
    )
  if (isRejected && receiverAsked === false)
    return found(
      'failed',
      'webhook_blocked',
      `The webhook URL responds with ${statusCode}, and no receiver of this registry was reached: something in front of it, such as a firewall, ` +
        'a deployment protection or a login page, keeps LINE out, or the URL leads to another program',
      facts,
    )
  if (isRejected)
    return found(
      'failed',
      'signature_mismatch',
      `The webhook URL responds with ${statusCode}: either its receiver has the channel secret of another channel, or something in front of it, ` +
        'such as a firewall, a deployment protection or a login page, keeps LINE out',
      facts,
    )
  const cause =
    statusCode >= 300 && statusCode < 400
      ? `it responds with a redirect (${statusCode}), which LINE does not follow`
      : statusCode > 0
        ? `it responds with ${statusCode}`
        : reason === 'REQUEST_TIMEOUT'
          ? 'it does not respond in time'
          : 'LINE cannot connect to it'
  return found('failed', 'webhook_unreachable', `The webhook URL does not work: ${cause}`, facts)
}

/**
 * Makes LINE test a URL: the finding of `webhook-test`. The test changes nothing. LINE allows 60 tests an hour for each channel.
 *
 * @param asked tells after the test whether a receiver has asked for the channel secret, if that is known.
 */
export async function testUrl(
  calls: Calls,
  url: string,
  asked?: () => Promise<boolean | undefined>,
): Promise<Finding<never>> {
  try {
    const { data, refusal } = await calls(testWebhookEndpoint, { endpoint: url })
    if (!refusal) return testFinding(data, url, await asked?.())
    const line = withoutUrl(refusal.lineMessage, url)
    if (refusal.status !== 400) return notMade(`LINE refused to test the webhook URL: ${line}`)
    return found(
      'failed',
      'webhook_unreachable',
      'LINE does not accept the webhook URL: its host is unknown, or it is not a valid URL',
      { status: 400, line, host: hostOf(url) },
    )
  } catch (error) {
    if (isApiError(error) && error.code === 'LINE_RATE_LIMIT')
      return found('unknown', 'webhook_test_limit', 'The limit of 60 webhook tests per hour is reached', {
        status: error.status,
      })
    throw error
  }
}
