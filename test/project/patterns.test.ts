// Every regular expression of src takes linear time on long inputs: a value from a form, a file or a request must not stop the process.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

interface Pattern {
  readonly place: string
  readonly regexp: RegExp
}

function patternsOf(file: string): readonly Pattern[] {
  const text = readFileSync(join('src', file), 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true)
  const found: Pattern[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/')
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source))
      found.push({
        place: `${file}:${line + 1} ${node.text}`,
        // The flag y would start at one place only.
        regexp: new RegExp(node.text.slice(1, end), node.text.slice(end + 1).replace('y', '')),
      })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const patterns = files.flatMap(patternsOf)

/** The characters that a pattern mentions, and some that classes such as \s and \w contain. */
function alphabet({ source }: RegExp): readonly string[] {
  const plain = source.replace(/\\[pP]\{\w+\}/g, '').replace(/\\[a-zA-Z]/g, '')
  return [
    ...new Set([
      ...plain.replace(/[\\^$*+?()[\]{}|]/g, '').slice(0, 40),
      'a',
      '0',
      '=',
      ' ',
      '.',
      '/',
      '-',
      '@',
      '\n',
      'あ',
    ]),
  ]
}

/** The literal text that a pattern begins with, so that an input gets past it. */
function prefix({ source }: RegExp): string {
  const [, literal = ''] = /^\^?((?:[\w:@{"' -]|\\[/.\-{])*)/.exec(source) ?? []
  return literal.replaceAll('\\', '')
}

/** Inputs that almost match: runs of one or two characters, after the pattern's own beginning, with an end that does not fit. */
function* hostile(regexp: RegExp, length: number): Generator<string> {
  const characters = alphabet(regexp)
  const start = prefix(regexp)
  for (const [at, character] of characters.entries()) {
    const next = characters[(at + 1) % characters.length] ?? ''
    for (const unit of [character, character + next]) {
      const run = unit.repeat(Math.ceil(length / unit.length))
      yield `${run}\u0001`
      yield `${start}${run}\u0001`
      yield `${start}${run}@`
    }
  }
}

function time(regexp: RegExp, input: string): number {
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < 3; i++) {
    const began = performance.now()
    input.replace(regexp, '')
    best = Math.min(best, performance.now() - began)
  }
  return best
}

// Quadratic time would grow by 16 from one length to the other, and take about a second at the longer one.
const [short, long] = [5000, 20_000]

/** The input on which a pattern grows faster than its length. */
function findSlow(regexp: RegExp): string | undefined {
  const shorter = [...hostile(regexp, short)]
  return [...hostile(regexp, long)].find((input, at) => {
    const one = performance.now()
    input.replace(regexp, '')
    // Most take microseconds, and the noise of a busy machine is no growth.
    if (performance.now() - one < 10) return false
    return time(regexp, input) > 10 + 8 * time(regexp, shorter[at] ?? '')
  })
}

test('the scan finds the patterns of src', () => {
  expect(patterns.length).toBeGreaterThan(100)
  expect(findSlow(/=+$/)).toBeDefined()
  expect(findSlow(/\s+$/)).toBeDefined()
  expect(findSlow(/^a+$/)).toBeUndefined()
})

test.each(patterns.map((pattern) => [pattern.place, pattern] as const))('%s', (_, { regexp }) => {
  expect(findSlow(regexp)?.slice(0, 40)).toBeUndefined()
})
