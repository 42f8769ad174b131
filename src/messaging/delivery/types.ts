/** Of which day to get the number. */
export interface GetNumberOfMessagesInput {
  /** The day in UTC+9, as `yyyyMMdd`; `lineDate` writes one. Counting a day usually takes until the next one. */
  date: string
}

/** How many messages were sent on one day. */
export interface NumberOfMessages {
  /**
   * `ready`: counted, see `success`. `unready`: not counted yet, which takes until the next day. `unavailable_for_privacy`: under 20 messages.
   * `out_of_service`: the day is before 2018-03-31, when counting began.
   */
  status: 'ready' | 'unready' | 'unavailable_for_privacy' | 'out_of_service' | (string & {})
  /** How many messages. Only with `ready`. */
  success?: number | undefined
}
