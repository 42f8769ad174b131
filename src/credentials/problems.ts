import { isLineError, LineInputError, type Problem } from '../core/errors.js'
import { type Surroundings, valueInside } from './pasted.js'
import { clean, type Form, longest, recognize } from './recognize.js'
import { isSecret } from './secret.js'

/** The values that a field accepts. */
export interface Subject<T extends string = string> extends Surroundings {
  /** The accepted form, which completes "it must be", for example `5 to 15 digits`. */
  readonly allowed: string
  readonly fits: (text: string) => text is T
  /** Advice that replaces the general one, by the form that was entered. */
  readonly advice?: { readonly [form in Form]?: string }
}

/**
 * Rejects a value. `found` describes it without quoting it.
 *
 * @throws {LineInputError} always.
 */
export function refuse(path: string, found: string, { allowed }: Pick<Subject, 'allowed'>, advice?: string): never {
  const rule =
    found === 'nothing' ? `${path} is required; it must be ${allowed}` : `${path} must be ${allowed}; found ${found}`
  const message = advice ? `${rule}. ${advice}` : rule
  throw new LineInputError(message, { problems: [{ path, found, allowed, message }] })
}

/** Describes a value that is not a string. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  return Array.isArray(value) ? 'an array' : typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/**
 * Reads a string or a `Secret`: removes the characters that copying adds, takes the value out of a label or link of its field, and checks its form.
 *
 * @throws {LineInputError} when it does not have the form of the subject.
 */
export function readText<T extends string>(
  value: unknown,
  path: string,
  subject: Subject<T>,
  prepare: (text: string) => string = clean,
): T {
  const given: unknown = isSecret(value) ? value.reveal() : value
  if (typeof given !== 'string')
    return refuse(path, kindOf(given), subject, typeof given === 'number' ? 'Pass it as a string' : undefined)
  if (given.length > longest) return refuse(path, `${given.length} characters`, subject)
  const text = prepare(given)
  if (subject.fits(text)) return text
  const inside = valueInside(clean(given), subject)
  const found = inside && prepare(inside)
  if (found && subject.fits(found)) return found
  const { form, words, advice } = recognize(given)
  return refuse(path, words, subject, subject.advice?.[form] ?? advice)
}

/** Returns whether a field is missing or empty. */
export function isBlank(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === 'string' && value.length <= longest && clean(value) === '')
  )
}

const isInputError = (error: unknown): error is LineInputError => isLineError(error) && error.code === 'LINE_INPUT'

/** Reads the fields of a form and collects every problem with them. */
export class Findings {
  readonly problems: Problem[] = []

  /** Reads a field, or collects its problems. */
  take<T>(read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      if (!isInputError(error) || error.problems.length === 0) throw error
      this.problems.push(...error.problems)
      return undefined
    }
  }

  /** Reads a field that may be missing or empty. */
  optional<T>(value: unknown, required: boolean, read: () => T): T | undefined {
    return required || !isBlank(value) ? this.take(read) : undefined
  }

  /** Creates one error for all problems. */
  error(): LineInputError {
    const [first, ...more] = this.problems.map(({ message }) => message)
    const message = more.length > 0 ? [`${more.length + 1} problems:`, first, ...more].join('\n- ') : first
    return new LineInputError(message ?? 'There are no problems', { problems: this.problems })
  }
}
