/** How many names messages were counted under this month. */
export interface AggregationUnitUsage {
  /** Number of distinct `customAggregationUnits` of this month. LINE counts under 1,000 of them and drops the rest. */
  numOfCustomAggregationUnits: number
}

/** Which names to list. */
export interface GetAggregationUnitNameListInput {
  /** Where to go on from: `next` of the page before. LINE takes it for 24 hours. */
  start?: string | undefined
  /** Page size, 1 to 100. LINE uses 100 when it is left out. */
  limit?: number | undefined
}

/** One page of the names that messages were counted under this month. */
export interface AggregationUnitNames {
  /** The names, each once. */
  customAggregationUnits: string[]
  /** Where the next page starts; missing on the last page. */
  next?: string | undefined
}
