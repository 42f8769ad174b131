import { property } from '../../core/property.js'
import { type BrokenRule, stepsOf } from '../../core/schema/problems.js'
import type { Detail, RefusalBody } from './error-messages.js'

// LINE's pages do not quote these texts. Developers have reported them:
// https://github.com/line/line-bot-sdk-python/issues/111 , /273 , /314 , https://github.com/line/line-bot-sdk-go/issues/657
const errorMessages = {
  message: (index: number): string => `A message (messages[${index}])\u00a0in the request body is invalid`,
  missing: 'must be specified',
  emptyText: 'must be non-empty text',
  noText: '`text` or `contents` must be specified',
  noBlock: 'At least one block must be specified',
  unknown: 'unknown field',
  uri: 'invalid uri scheme',
  other: 'invalid property',
  restricted: 'This message type is not available for your account',
  longest: (maximum: number): string => `must not be longer than ${maximum} characters`,
  size: (minimum: number, maximum: number): string => `size must be between ${minimum} and ${maximum}`,
  atLeast: (minimum: number): string => `must be greater than or equal to ${minimum}`,
  // People quote the beginning of it.
  tooLarge: (container: unknown): string =>
    `Too large flex message. The maximum size of JSON data that defines a ${container} is ${container === 'carousel' ? 50 : 30} KB.`,
  key: (key: string): string => `The key '${key}' enclosed in '{}' does not match the pattern '^[a-zA-Z0-9_]{1,20}$'.`,
} as const

type Step = string | number

interface Inside {
  /** Which of the messages. */
  readonly index: number
  readonly detail: { readonly message: string; readonly property?: string }
}

const pointer = (steps: readonly Step[]): string =>
  `/${steps.map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`

const valueAt = (value: unknown, steps: readonly Step[]): unknown =>
  steps.reduce((at, step) => property(at, String(step)), value)

function inFlex(contents: unknown, steps: readonly Step[], { rule, minimum }: BrokenRule): Inside['detail'] {
  const last = steps.at(-1)
  const owner = property(valueAt(contents, steps), 'type')
  const say = (message: string, place: readonly Step[] = steps) => ({ message, property: pointer(place) })
  switch (rule) {
    case 'missing':
      return say(errorMessages.missing)
    case 'unknown':
      return say(errorMessages.unknown)
    case 'bytes':
      return { message: errorMessages.tooLarge(owner) }
    case 'length':
      return say(minimum === 1 && last === 'text' ? errorMessages.emptyText : errorMessages.other)
    case 'range':
      return say(minimum === undefined ? errorMessages.other : errorMessages.atLeast(minimum))
    case 'form':
      return say(/^(?:ur[il]|previewUrl|desktop)$/.test(String(last)) ? errorMessages.uri : errorMessages.other)
    case 'other':
      if (owner === 'bubble') return say(errorMessages.noBlock)
      if (owner === 'text') return say(errorMessages.noText, [...steps, 'text'])
  }
  // Of a component that cannot be there LINE names the component, of a container its type.
  return say(errorMessages.other, last === 'type' && steps.length > 1 ? steps.slice(0, -1) : steps)
}

// Developers have quoted LINE's answers to buttons templates in public reports. The paths have no slash at their beginning.
function inTemplate(steps: readonly Step[], { rule, minimum = 0, maximum }: BrokenRule): Inside['detail'] {
  const last = steps.at(-1)
  const say = (message: string) => ({ message, property: ['template', ...steps].join('/') })
  switch (rule) {
    case 'missing':
      return say(errorMessages.missing)
    case 'length':
      if (maximum === undefined) return say(errorMessages.emptyText)
      return say(last === 'uri' ? errorMessages.size(minimum, maximum) : errorMessages.longest(maximum))
    case 'size':
      return say(maximum === undefined ? errorMessages.atLeast(minimum) : errorMessages.size(minimum, maximum))
    case 'form':
      return say(/(?:ur[il]|Url)$/.test(String(last)) ? errorMessages.uri : errorMessages.other)
    default:
      return say(errorMessages.other)
  }
}

function inText(text: string): Inside['detail'] | undefined {
  const keys = [...text.matchAll(/\{\{|\}\}|\{([^{}]*)\}/g)].flatMap(([, key]) => key ?? [])
  const wrong = keys.find((key) => !/^\w{1,20}$/.test(key))
  return wrong === undefined ? undefined : { message: errorMessages.key(wrong), property: 'text' }
}

function lookInside(problem: BrokenRule, input: object): Inside | undefined {
  const [first, index, field, ...steps] = stepsOf(problem.path)
  if (first !== 'messages' || typeof index !== 'number') return undefined
  const message = valueAt(input, [first, index])
  const type = property(message, 'type')
  if (type === 'flex' && field === 'contents' && (steps.length > 0 || !['missing', 'kind'].includes(problem.rule)))
    return { index, detail: inFlex(property(message, 'contents'), steps, problem) }
  // Only a missing template, or a value of the wrong type, is refused as outside of the message.
  if (type === 'template' && field === 'template' && steps.length > 0 && problem.rule !== 'kind')
    return { index, detail: inTemplate(steps, problem) }
  const text = property(message, 'text')
  const detail = type === 'textV2' && field === 'text' && typeof text === 'string' ? inText(text) : undefined
  return detail && { index, detail }
}

// LINE has these types, but not every account may send them.
const restrictedTypes: readonly unknown[] = ['file', 'contact', 'note']

/** LINE's text for a message of a type that the account may not send. */
export function refusedMessageType({ path }: BrokenRule, input: object): Detail | undefined {
  const [, message] = /^(messages\[\d+\])\.type$/.exec(path) ?? []
  if (!message || !restrictedTypes.includes(valueAt(input, stepsOf(path)))) return undefined
  return { message: errorMessages.restricted, property: message }
}

/** What is wrong with a body: around its messages, and inside of the first one with something wrong inside. */
export interface SortedProblems {
  readonly around: readonly BrokenRule[]
  readonly inside: RefusalBody | undefined
}

/**
 * Separates the problems inside of messages, in Flex contents and in the braces of a text (v2), from all others. LINE checks these one message after the
 * other when everything else is valid, and answers with other texts, whose paths begin inside of the message.
 */
export function sortProblems(problems: readonly BrokenRule[], input: object): SortedProblems {
  const around: BrokenRule[] = []
  const inside: Inside[] = []
  for (const problem of problems) {
    const found = lookInside(problem, input)
    if (found) inside.push(found)
    else around.push(problem)
  }
  const index = Math.min(...inside.map((one) => one.index))
  const details = inside.flatMap((one) => (one.index === index ? one.detail : []))
  return { around, inside: inside.length > 0 ? { message: errorMessages.message(index), details } : undefined }
}
