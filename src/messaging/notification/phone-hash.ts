import { LineInputError } from '../../core/errors.js'

const e164 = /^\+[1-9][0-9]{6,14}$/
// The countries that LINE delivers to; within each of them numbers are written with a 0 that E.164 leaves out.
const withZero = /^\+(?:81|66|886)0/

// The number itself is somebody's: no error quotes it.
function flawOf(phoneNumber: unknown): string | undefined {
  if (typeof phoneNumber !== 'string') return 'is no text; a number would lose its +'
  if (phoneNumber === '') return 'is empty'
  const bare = phoneNumber.replace(/[\s\p{Cf}\p{Pd}().・/]/gu, '')
  if (bare !== phoneNumber) return 'holds hyphens, spaces, brackets or the like; leave them out'
  if (!/^[+0-9]+$/.test(phoneNumber))
    return 'holds other characters than + and the digits 0 to 9, which full-width digits are not'
  if (phoneNumber.startsWith('0'))
    return 'is in national form; put + and the country code in the place of its leading 0'
  if (!phoneNumber.startsWith('+')) return 'lacks the + before its country code'
  if (withZero.test(phoneNumber)) return 'has a 0 after its country code; leave it out'
  if (!e164.test(phoneNumber)) return 'is not + with 7 to 15 digits, of which the first is no 0'
  return undefined
}

/**
 * Hashes a phone number as LINE notification messages take it: SHA-256 of the E.164 form with its `+`, as 64 digits of lower-case hex.
 *
 * It changes nothing in the number, so that one number never has two hashes: without hyphens, spaces, or the national leading 0.
 *
 * @throws {LineInputError} when the number is not in E.164 form. The error does not hold the number.
 * @see https://developers.line.biz/en/docs/partner-docs/line-notification-messages/technical-specs/#phone-number-hashed
 *
 * @example
 * await phoneHash('+818000001234') // 'd41e0ad70dddfeb68f149ad6fc61574b9c5780ab7bcb2fba5517771ffbb2409c'
 */
export async function phoneHash(phoneNumber: string): Promise<string> {
  const flaw = flawOf(phoneNumber)
  if (flaw)
    throw new LineInputError(`phoneHash: the phone number ${flaw}. It must be in E.164 form, such as +818000001234`)
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(phoneNumber))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
