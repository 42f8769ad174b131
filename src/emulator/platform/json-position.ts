const space = /[\t\n\r ]*/y
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const escaped = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end'

function after(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}

// Written by hand, because a regular expression would backtrack over millions of characters.
function afterString(text: string, at: number): number {
  for (let next = at + 1; next < text.length; ) {
    const character = text[next] ?? ''
    if (character === '"') return next + 1
    if (character < ' ') return -1
    next = character === '\\' ? after(escaped, text, next) : next + 1
    if (next < 0) return -1
  }
  return -1
}

const closers: { readonly [opener: string]: string } = { '{': '}', '[': ']' }
const afterOpening: { readonly [opener: string]: Expected } = { '{': 'key or }', '[': 'value or ]' }

/** What is wrong with the syntax of a JSON text, and where. */
export interface JsonFault {
  /** Line, from 1. */
  readonly line: number
  /** Column, from 1. */
  readonly column: number
  /** The path of the value that contains the fault, such as `messages[0].text`. */
  readonly path: string
  /** The number of objects and arrays around it. */
  readonly depth: number
  /** The key that its object has twice. Missing for other faults. */
  readonly duplicate?: string | undefined
}

interface Level {
  readonly opener: string
  /** The keys so far, or the number of items. */
  readonly keys: Set<string>
  step: string | number
}

/**
 * Finds the first fault of a JSON text: a place where it stops being valid JSON, or a key that an object has twice, which `JSON.parse` accepts. Runtimes report
 * the position of a fault in different ways, or not at all.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: Level[] = []
  let expected: Expected = 'value'
  let at = after(space, text, 0)
  const fault = (duplicate?: string): JsonFault => {
    const before = text.slice(0, at).split('\n')
    const path = open.reduce(
      (whole, { step }) => (typeof step === 'number' ? `${whole}[${step}]` : `${whole}${whole && step && '.'}${step}`),
      '',
    )
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, path, depth: open.length, duplicate }
  }
  for (let next = at; next >= 0 && at < text.length; at = after(space, text, next)) {
    const mark = text[at] ?? ''
    const level: Level | undefined = open.at(-1)
    const inside: string = level?.opener ?? ''
    const wantsValue: boolean = expected === 'value' || expected === 'value or ]'
    const wantsKey: boolean = expected === 'key' || expected === 'key or }'
    next = at + 1
    if (mark in closers && wantsValue) {
      open.push({ opener: mark, keys: new Set(), step: mark === '[' ? 0 : '' })
      expected = afterOpening[mark] ?? 'value'
    } else if (mark === closers[inside] && (expected === ', or end' || expected === afterOpening[inside])) {
      open.pop()
      expected = ', or end'
    } else if (mark === ',' && level && expected === ', or end') {
      if (typeof level.step === 'number') level.step++
      expected = inside === '{' ? 'key' : 'value'
    } else if (mark === ':' && expected === ':') expected = 'value'
    else {
      next =
        mark === '"' && (wantsKey || wantsValue) ? afterString(text, at) : wantsValue ? after(scalar, text, at) : -1
      if (next >= 0 && wantsKey && level) {
        const key = String(JSON.parse(text.slice(at, next)))
        if (level.keys.has(key)) return fault(key)
        level.keys.add(key)
        level.step = key
      }
      expected = wantsKey ? ':' : ', or end'
    }
    if (next < 0) return fault()
  }
  return at < text.length || expected !== ', or end' || open.length > 0 ? fault() : undefined
}
