/** Input of the operations that count sent messages. */
export interface GetNumberOfMessagesInput {
  /** The day in UTC+9, as `yyyyMMdd`. `lineDate` formats one. A day is usually counted by the next day. */
  date: string
}

/** Number of messages sent on one day. */
export interface NumberOfMessages {
  /**
   * `ready`: see `success`. `unready`: the day is not counted yet; try again the next day. `unavailable_for_privacy`:
   * fewer than 20 messages. `out_of_service`: the day is before 2018-03-31, when counting began.
   */
  status: 'ready' | 'unready' | 'unavailable_for_privacy' | 'out_of_service' | (string & {})
  /** Number of messages. Present only if `status` is `ready`. */
  success?: number | undefined
}
