/** A user ID that ends in its number. */
export const userIdOf = (number: number): string => `U8c0f3a5d71e94b26a0d8f417${number.toString(16).padStart(8, '0')}`

/** The number that a user ID ends in. */
export const numberOf = (userId: string): number => Number.parseInt(userId.slice(25), 16)

/** The first so many of them, one by one. */
export function* userIds(count: number): Generator<string, void, undefined> {
  for (let number = 0; number < count; number++) yield userIdOf(number)
}
