import * as z from 'zod/mini'
import { maxUnits } from '../../core/schema/schema-parts.js'

// What RFC 3986 keeps out of a URI has to be percent-encoded: LINE answers 400 "invalid uri scheme" to it.
const secure = /^https:\/\/[^\s"<>\\^`{|}]+$/i
const opened = /^(?:https?:\/\/|line:\/\/|tel:)[^\s"<>\\^`{|}]+$/i

/** The address of a file that LINE fetches: https, at most 2000 UTF-16 units. */
// @__NO_SIDE_EFFECTS__
export function fileUrl(): z.ZodMiniString {
  return z.string().check(maxUnits(2000), z.regex(secure, { error: 'an https URL, percent-encoded' }))
}

/** A link that LINE opens: http, https, line or tel, at most 1000 UTF-16 units. */
// @__NO_SIDE_EFFECTS__
export function linkUri(): z.ZodMiniString {
  return z
    .string()
    .check(maxUnits(1000), z.regex(opened, { error: 'an http, https, line or tel link, percent-encoded' }))
}
