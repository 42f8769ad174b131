import { LineError, LineInputError } from 'line-oa'
import { LineLoginError } from 'line-oa/login'

/** A row of a table of messages: its code, where the mistake is, and the whole message. */
export type ErrorRow = readonly [code: string, path: string | undefined, message: string]

function pathOf(error: LineError): string | undefined {
  if (error instanceof LineLoginError) return error.reason
  const paths = error instanceof LineInputError ? error.problems.map(({ path }) => path) : []
  return paths.length > 0 ? paths.join(', ') : undefined
}

/** Makes a call that must fail, and returns the code, the paths of the problems (or the reason of a failed login) and the message. */
export async function errorOf(call: () => unknown): Promise<ErrorRow> {
  try {
    await call()
  } catch (error) {
    if (error instanceof LineError) return [error.code, pathOf(error), error.message]
    throw error
  }
  throw new Error('the call succeeded')
}
