import { LineInputError } from './errors.js'

const form = /^(\d{4})(\d{2})(\d{2})$/
const msPerDay = 86_400_000
// LINE uses UTC+9 for the dates of accounts in every country. That time zone has no daylight saving time.
const offset = 9 * 3_600_000

const written = (ms: number) => new Date(ms).toISOString().slice(0, 10).replaceAll('-', '')

/** Returns the number of days from 1970-01-01 to a day written as `yyyyMMdd`, or `undefined` when the day does not exist. */
export function dayNumber(text: string): number | undefined {
  const [, year, month, day] = form.exec(text) ?? []
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day))
  // Date.UTC rolls 31 April over to 1 May, which formats differently.
  return Number.isNaN(ms) || written(ms) !== text ? undefined : ms / msPerDay
}

/**
 * Formats a time as LINE's date: the day in UTC+9, as `yyyyMMdd`.
 *
 * @throws {LineInputError} when the value is not a time within the years 1970 to 9999.
 *
 * @example
 * await line.insight.getNumberOfFollowers({ date: lineDate(Date.now() - 86_400_000) })
 */
export function lineDate(at: Date | number): string {
  const ms = (typeof at === 'number' || at instanceof Date ? Number(at) : Number.NaN) + offset
  if (!(ms >= 0 && ms < Date.UTC(10_000, 0)))
    throw new LineInputError('lineDate requires a Date or milliseconds since 1970, up to the year 9999')
  return written(ms)
}
