import { LineInputError } from './errors.js'

const form = /^(\d{4})(\d{2})(\d{2})$/
const msPerDay = 86_400_000
// LINE counts its days in UTC+9 wherever the account is; that zone has no summer time.
const offset = 9 * 3_600_000

const written = (ms: number) => new Date(ms).toISOString().slice(0, 10).replaceAll('-', '')

/** Counts the days from 1970-01-01 to a day written as `yyyyMMdd`; gives `undefined` when there is no such day. */
export function dayNumber(text: string): number | undefined {
  const [, year, month, day] = form.exec(text) ?? []
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day))
  // The calendar rolls a 31 April over to 1 May, which is then another text.
  return Number.isNaN(ms) || written(ms) !== text ? undefined : ms / msPerDay
}

/**
 * Writes the day that it is at LINE (in UTC+9) as `yyyyMMdd`, the form in which LINE takes dates.
 *
 * @throws {LineInputError} when it is no time, or one outside the years 1970 to 9999.
 *
 * @example
 * await line.insight.getNumberOfFollowers({ date: lineDate(Date.now() - 86_400_000) })
 */
export function lineDate(at: Date | number): string {
  const ms = Number(at) + offset
  if (!(ms >= 0 && ms < Date.UTC(10_000, 0)))
    throw new LineInputError('lineDate: give a Date or milliseconds since 1970, up to the year 9999')
  return written(ms)
}
