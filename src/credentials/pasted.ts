// What people copy together with a value: its label on the page, the line of an env file, or a link that contains it.

/** Where a value stands in what people paste. */
export interface Surroundings {
  /** The labels of the field, in lower case and without spaces, such as `channelid`. */
  readonly labels?: readonly string[] | undefined
  /** Matches host and path of a link that contains the value, as its first group. */
  readonly link?: RegExp | undefined
}

// A label, and a token of 4000 characters.
const longest = 4100

// "export LINE_LOGIN_CHANNEL_ID" and "Your channel ID" are labels of a channel ID.
const beside = /^(?:export|const|your|line|login|messaging(?:api)?|assertion)+|\([^()]{1,30}\)$/g

const labelOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[\s_"'`-]/g, '')
    .replace(beside, '')

/** Returns the value in a text that consists of the value and its label, or is a link that contains it. */
export function valueInside(text: string, { labels, link }: Surroundings): string | undefined {
  if (text.length > longest) return undefined
  const [, name, value] =
    /^([^:=]{1,60})[:=]\s{0,9}(\S+)$/.exec(text) ?? /^([^:=]{1,60}?)\s{1,9}(\S+)$/.exec(text) ?? []
  if (name && labels?.includes(labelOf(name))) return value
  const address = /^(?:https?:\/\/|line:\/\/)?([^?#\s]{1,300})/i.exec(text)?.[1]
  return address && link?.exec(address.replaceAll('%40', '@'))?.[1]
}
