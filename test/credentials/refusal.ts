import { LineInputError } from 'line-oa'

/** The error of what must be refused. */
export function refusal(run: () => unknown): LineInputError {
  try {
    run()
  } catch (error) {
    if (error instanceof LineInputError) return error
    throw error
  }
  throw new Error('nothing was refused')
}
