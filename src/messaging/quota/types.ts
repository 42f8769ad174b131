/** How many messages the account may send this month. */
export interface MessageQuota {
  /** Whether there is an upper limit. */
  type: 'none' | 'limited' | (string & {})
  /** The upper limit, in recipients: one message to three people counts three. Only with `limited`. */
  value?: number | undefined
}

/** How many messages the account has sent this month. */
export interface QuotaConsumption {
  /** About how many recipients, those of the Official Account Manager included. */
  totalUsage: number
}
