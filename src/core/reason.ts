const isErrorCode = (value: unknown): value is string => typeof value === 'string' && /^\w{3,40}$/.test(value)

/**
 * Returns the error code of a runtime's error, such as `ECONNREFUSED`, or else the name of the error. Only these are safe to pass on, because the
 * message may quote a URL, a secret or a value.
 */
export function reasonOf(error: unknown): string | undefined {
  // Undici puts the code on the cause, or on the first of several causes; Bun and Deno put it on the error itself.
  const { code, name, cause, errors } = (error ?? {}) as {
    code?: unknown
    name?: unknown
    cause?: unknown
    errors?: readonly unknown[]
  } // read-only probing of a foreign error
  if (isErrorCode(code)) return code
  const inner = cause ? reasonOf(cause) : errors?.length ? reasonOf(errors[0]) : undefined
  return inner ?? (isErrorCode(name) ? name : undefined)
}
