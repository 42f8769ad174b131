import { LineInputError } from './errors.js'

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Makes a retry key: a random UUID, from the runtime's own randomness unless another source is given. */
export function makeRetryKey(random?: () => number): string {
  if (!random) return crypto.randomUUID()
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => Math.floor(random() * 16).toString(16))
}

/** Refuses a retry key that LINE would refuse. */
export function checkRetryKey(key: string, operation: string): string {
  if (!uuid.test(key))
    throw new LineInputError(`${operation}: the retry key is no UUID, such as crypto.randomUUID() makes`, { operation })
  return key
}
