import { LineInputError } from 'line-oa'

/** Runs what must be refused, and returns the error. */
export function refusal(run: () => unknown): LineInputError {
  try {
    run()
  } catch (error) {
    if (error instanceof LineInputError) return error
    throw error
  }
  throw new Error('nothing was refused')
}
