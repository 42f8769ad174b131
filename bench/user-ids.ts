/** Creates a user ID that ends with its number. */
export const userIdOf = (number: number): string => `U8c0f3a5d71e94b26a0d8f417${number.toString(16).padStart(8, '0')}`

/** The number that a user ID ends with. */
export const numberOf = (userId: string): number => Number.parseInt(userId.slice(25), 16)

/** Yields the first `count` user IDs. */
export function* userIds(count: number): Generator<string, void, undefined> {
  for (let number = 0; number < count; number++) yield userIdOf(number)
}
