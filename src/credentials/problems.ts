import { LineInputError, type Problem } from '../core/errors.js'
import { type Form, recognize } from './recognize.js'
import { clean } from './text.js'

/** What a field takes. */
export interface Subject<T extends string = string> {
  /** With its article, such as `a channel ID`. */
  readonly name: string
  /** Its form, such as `5 to 15 digits`. */
  readonly allowed: string
  readonly fits: (text: string) => text is T
  /** Better advice than the usual one, by what was pasted. */
  readonly advice?: { readonly [form in Form]?: string }
}

/** Refuses what stands at a path. `found` says what it is without any of it. */
export function refuse(
  path: string,
  found: string,
  subject: Pick<Subject, 'name' | 'allowed'>,
  advice?: string,
): never {
  const { name, allowed } = subject
  const what = found === 'nothing' ? `${path} is missing` : `${path}: found ${found}`
  const message = `${what}; ${name} is ${allowed}${advice ? `. ${advice}` : ''}`
  throw new LineInputError(message, { problems: [{ path, found, allowed, message }] })
}

/** Says what a value is that is no text. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** Reads a text: takes the debris of copying off, and refuses what is not of the subject's form. */
export function readText<T extends string>(
  value: unknown,
  path: string,
  subject: Subject<T>,
  prepare: (text: string) => string = clean,
): T {
  if (typeof value !== 'string')
    return refuse(path, kindOf(value), subject, typeof value === 'number' ? 'Write it as a text' : undefined)
  const text = prepare(value)
  if (subject.fits(text)) return text
  const { form, words, advice } = recognize(value)
  return refuse(path, words, subject, subject.advice?.[form] ?? advice)
}

/** Whether a field was left out or left empty. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && clean(value) === '')
}

/** Reads the fields of a form one after the other and gathers everything that is wrong with them. */
export class Findings {
  readonly problems: Problem[] = []

  /** Reads a field, or keeps what is wrong with it. */
  take<T>(read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof LineInputError) || error.problems.length === 0) throw error
      this.problems.push(...error.problems)
      return undefined
    }
  }

  /** Reads a field that may be left out or left empty. */
  optional<T>(value: unknown, required: boolean, read: () => T): T | undefined {
    return required || !isBlank(value) ? this.take(read) : undefined
  }

  /** Makes one error of all problems. */
  error(): LineInputError {
    const [first, ...more] = this.problems.map(({ message }) => message)
    const message = more.length > 0 ? [`${more.length + 1} problems`, first, ...more].join('\n- ') : first
    return new LineInputError(message ?? 'No problem was found', { problems: this.problems })
  }
}
