// White space, control characters, and what has no width: zero-width spaces, joiners, marks of direction, byte order marks, variation selectors.
const debris = /[\s\p{Cc}\p{Default_Ignorable_Code_Point}]/gu
const fullWidth = /[\uFF01-\uFF5E]/g
const edge = /[\s\p{Cc}\u200B-\u200F\u2060\uFEFF]/u

/** Takes what copying leaves behind out of a text that holds none of it by rights, and turns full-width characters into plain ones. */
export function clean(text: string): string {
  return text
    .replace(debris, '')
    .replace(fullWidth, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replaceAll('\uFE6B', '@')
}

/** Takes the edges off a name and puts it on one line. Joiners and full-width characters inside belong to it. */
export function tidyName(text: string): string {
  // By index: a pattern for the end of a text takes quadratic time on long runs of spaces.
  let start = 0
  let end = text.length
  while (start < end && edge.test(text.charAt(start))) start++
  while (end > start && edge.test(text.charAt(end - 1))) end--
  return text.slice(start, end).replace(/[\t\r\n]+/g, ' ')
}

/** Takes the edges, line breaks and invisible characters off a URL. A space inside stays, to be refused. */
export function tidyUrl(text: string): string {
  return text.trim().replace(/[\p{Cc}\p{Default_Ignorable_Code_Point}]/gu, '')
}
