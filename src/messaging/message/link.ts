import * as z from 'zod/mini'

const secure = /^https:\/\/[^\s]+$/i
const opened = /^(?:https?:\/\/|line:\/\/|tel:)[^\s]+$/i

/** The address of a file that LINE fetches: https, at most 2000 UTF-16 units. */
// @__NO_SIDE_EFFECTS__
export function fileUrl(): z.ZodMiniString {
  return z.string().check(z.maxLength(2000), z.regex(secure, { error: 'an https URL without spaces' }))
}

/** A link that LINE opens: http, https, line or tel, at most 1000 UTF-16 units. */
// @__NO_SIDE_EFFECTS__
export function linkUri(): z.ZodMiniString {
  return z.string().check(z.maxLength(1000), z.regex(opened, { error: 'an http, https, line or tel link without spaces' }))
}
