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

/** Where a text stops being valid JSON, as line and column from 1. Runtimes report it in different ways, or not at all. */
export function jsonBreak(text: string): { readonly line: number; readonly column: number } {
  const open: string[] = []
  let expected: Expected = 'value'
  let at = after(space, text, 0)
  for (let next = at; next >= 0 && at < text.length; at = after(space, text, next)) {
    const mark = text[at] ?? ''
    const inside: string = open.at(-1) ?? ''
    const wantsValue: boolean = expected === 'value' || expected === 'value or ]'
    const wantsKey: boolean = expected === 'key' || expected === 'key or }'
    next = at + 1
    if (mark in closers && wantsValue) {
      open.push(mark)
      expected = afterOpening[mark] ?? 'value'
    } else if (mark === closers[inside] && (expected === ', or end' || expected === afterOpening[inside])) {
      open.pop()
      expected = ', or end'
    } else if (mark === ',' && inside && expected === ', or end') expected = inside === '{' ? 'key' : 'value'
    else if (mark === ':' && expected === ':') expected = 'value'
    else {
      next =
        mark === '"' && (wantsKey || wantsValue) ? afterString(text, at) : wantsValue ? after(scalar, text, at) : -1
      expected = wantsKey ? ':' : ', or end'
    }
    if (next < 0) break
  }
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
