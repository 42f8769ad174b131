import { sha256 } from '../core/hash.js'

// LINE's own IDs have 26 characters (events) and 33 or 68 (chats and bots).
const longest = 128

/**
 * Returns an ID as it is kept in memory and in stores: itself, or the hash of an ID that is longer than 128 characters. A tenant who knows its channel
 * secret can sign IDs as long as a body, and these must not fill the memory that all channels share.
 */
export function keptId(id: string): string | Promise<string> {
  return id.length > longest ? sha256(id) : id
}
