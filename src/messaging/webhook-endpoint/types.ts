/** Where LINE is to send events. */
export interface SetWebhookEndpointInput {
  /** An https URL of at most 500 UTF-16 units. */
  endpoint: string
}

/** Where LINE sends events. */
export interface WebhookEndpoint {
  /** The webhook URL. */
  endpoint: string
  /** Whether the webhook is switched on. Only a person can switch it, in the Developers Console or the Official Account Manager. */
  active: boolean
}

/** Which webhook URL to test. */
export interface TestWebhookEndpointInput {
  /** An https URL of at most 500 UTF-16 units. LINE tests the stored one when it is left out (404 when there is none). */
  endpoint?: string | undefined
}

/** How a webhook URL answered an empty delivery. */
export interface WebhookTestResult {
  /** Whether it answered with a 2xx. */
  success: boolean
  /** When it was tested: ISO 8601 in UTC. */
  timestamp: string
  /** HTTP status of the answer; 0 or negative when none came. */
  statusCode: number
  /** How it went, in one word. */
  reason: 'OK' | 'COULD_NOT_CONNECT' | 'REQUEST_TIMEOUT' | 'ERROR_STATUS_CODE' | 'UNCLASSIFIED' | (string & {})
  /** More about it: the status for `OK` and `ERROR_STATUS_CODE`, else LINE's words. */
  detail: string
}
