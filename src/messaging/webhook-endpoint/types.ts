/** Input of `setWebhookEndpoint`. */
export interface SetWebhookEndpointInput {
  /** HTTPS URL, at most 500 UTF-16 code units. */
  endpoint: string
}

/** The webhook settings. */
export interface WebhookEndpoint {
  /** The webhook URL. */
  endpoint: string
  /**
   * Whether the webhook is on. Only a person can change this, in the LINE Developers Console or the LINE Official
   * Account Manager.
   */
  active: boolean
}

/** Input of `testWebhookEndpoint`. */
export interface TestWebhookEndpointInput {
  /** HTTPS URL to test, at most 500 UTF-16 code units. Default: the webhook URL that is set (404 if none is set). */
  endpoint?: string | undefined
}

/** Result of a webhook test. */
export interface WebhookTestResult {
  /** Whether the server responded with a 2xx status. */
  success: boolean
  /** Time of the test: ISO 8601 in UTC. */
  timestamp: string
  /** HTTP status of the response. 0 or negative if the server did not respond. */
  statusCode: number
  /** Result as a code. */
  reason: 'OK' | 'COULD_NOT_CONNECT' | 'REQUEST_TIMEOUT' | 'ERROR_STATUS_CODE' | 'UNCLASSIFIED' | (string & {})
  /** Details: the status for `OK` and `ERROR_STATUS_CODE`, otherwise text from LINE. */
  detail: string
}
