import { LineInputError } from '../core/errors.js'

/**
 * Checks what a store is to keep.
 *
 * @throws {LineInputError} if a key or value is not a string, or the time to live is not a number.
 */
export function checkEntry(ttl: unknown, ...texts: readonly unknown[]): void {
  if (texts.some((text) => typeof text !== 'string') || (ttl !== undefined && typeof ttl !== 'number'))
    throw new LineInputError('A store requires strings as key and value, and a number of milliseconds as ttl')
}
