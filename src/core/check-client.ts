import { LineInputError } from './errors.js'
import { property } from './property.js'

/**
 * Checks that a value is a client that has a method.
 *
 * @param name The calling function, for the message.
 * @throws {LineInputError}
 */
export function checkClient(name: string, line: unknown, group: string, method: string): void {
  if (typeof property(property(line, group), method) !== 'function')
    throw new LineInputError(`${name}: line must be a client, such as createLineClient() returns`)
}
