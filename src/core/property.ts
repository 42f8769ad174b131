/** Reads a property of a value that may not be an object. */
export function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

/** Reads a property that should be a non-empty string. Returns `undefined` for any other value. */
export function textProperty(value: unknown, name: string): string | undefined {
  const text = property(value, name)
  return typeof text === 'string' && text ? text : undefined
}

/** Returns the members of a JSON object, or `undefined` for any other text. */
export function jsonObject(text: string): { readonly [name: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {
    // V8's error quotes the text, so it is not passed on.
  }
  return undefined
}
