/** Reads a member of what came from outside, whatever that is. */
export function member(value: unknown, name: string): unknown {
  // An object may be asked for any name; what is there stays unknown.
  return typeof value === 'object' && value !== null ? (value as { readonly [name: string]: unknown })[name] : undefined
}
