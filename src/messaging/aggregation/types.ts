/** Number of aggregation units used this month. */
export interface AggregationUnitUsage {
  /**
   * Number of distinct `customAggregationUnits` used this month. LINE counts messages under at most 1,000 of them and
   * drops the rest.
   */
  numOfCustomAggregationUnits: number
}

/** Input of `getAggregationUnitNameList`. */
export interface GetAggregationUnitNameListInput {
  /** Cursor: the `next` value of the previous page. Valid for 24 hours. */
  start?: string | undefined
  /** Page size, 1 to 100. Default: 100. */
  limit?: number | undefined
}

/** A page of the aggregation units used this month. */
export interface AggregationUnitNames {
  /** The unit names, without duplicates. */
  customAggregationUnits: string[]
  /** Cursor for the next page. Absent on the last page. */
  next?: string | undefined
}
