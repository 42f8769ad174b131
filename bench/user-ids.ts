/** A user ID that looks like any other and ends in its number. */
export function userIdOf(number: number): string {
  let id = 'U'
  for (const factor of [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35]) id += (Math.imul(number + 1, factor) >>> 0).toString(16).padStart(8, '0')
  return id + number.toString(16).padStart(8, '0')
}

/** The number that a user ID ends in. */
export const numberOf = (userId: string): number => Number.parseInt(userId.slice(25), 16)

/** The first so many of them, one by one. */
export function* userIds(count: number): Generator<string, void, undefined> {
  for (let number = 0; number < count; number++) yield userIdOf(number)
}
