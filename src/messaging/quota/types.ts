/** Message quota of this month. */
export interface MessageQuota {
  /** `none` if there is no limit, `limited` if there is one. */
  type: 'none' | 'limited' | (string & {})
  /** Maximum number of messages. A message counts once per recipient. Present only if `type` is `limited`. */
  value?: number | undefined
}

/** Message usage of this month. */
export interface QuotaConsumption {
  /**
   * Approximate number of messages sent, counted once per recipient. Includes messages from the LINE Official Account
   * Manager.
   */
  totalUsage: number
}
