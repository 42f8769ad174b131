import { LineInputError } from '../../core/errors.js'

const e164 = /^\+[1-9][0-9]{6,14}$/
// In the countries that LINE delivers to, national numbers start with a 0 that E.164 omits.
const withZero = /^\+(?:81|66|886)0/

// The phone number is personal data, so no error quotes it.
function problemOf(phoneNumber: unknown): string | undefined {
  if (typeof phoneNumber !== 'string') return 'must be a string, because a number would lose its +'
  if (phoneNumber === '') return 'is empty'
  const bare = phoneNumber.replace(/[\s\p{Cf}\p{Pd}().・/]/gu, '')
  if (bare !== phoneNumber) return 'contains hyphens, spaces, brackets or similar characters. Remove them'
  if (!/^[+0-9]+$/.test(phoneNumber)) return 'contains characters other than + and the ASCII digits 0 to 9'
  if (phoneNumber.startsWith('0')) return 'is in national format. Replace its leading 0 with + and the country code'
  if (!phoneNumber.startsWith('+')) return 'has no + before the country code'
  if (withZero.test(phoneNumber)) return 'has a 0 after the country code. Remove it'
  if (!e164.test(phoneNumber)) return 'must be + followed by 7 to 15 digits, and the first digit must not be 0'
  return undefined
}

/**
 * Hashes a phone number for LINE notification messages: SHA-256 of the E.164 format including its `+`, as 64 lowercase
 * hex digits.
 *
 * The number is not normalized, so that each number has exactly one hash. Pass it without hyphens, spaces and the
 * national leading 0.
 *
 * @throws {LineInputError} if the number is not in E.164 format. The error does not contain the number.
 *
 * @see https://developers.line.biz/en/docs/partner-docs/line-notification-messages/technical-specs/#phone-number-hashed
 *
 * @example
 * await phoneHash('+818000001234') // 'd41e0ad70dddfeb68f149ad6fc61574b9c5780ab7bcb2fba5517771ffbb2409c'
 */
export async function phoneHash(phoneNumber: string): Promise<string> {
  const problem = problemOf(phoneNumber)
  if (problem)
    throw new LineInputError(
      `phoneHash: the phone number ${problem}. It must be in E.164 format, such as +818000001234`,
    )
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(phoneNumber))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
