// Every regular expression of src takes linear time on long inputs: a value from a form, a file or a request must not block the process.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { check } from 'recheck'
import ts from 'typescript'
import { expect, test } from 'vitest'

interface Pattern {
  readonly place: string
  readonly source: string
  readonly flags: string
}

/** The source of `new RegExp(…)`: a text, or a template whose values are replaced with a letter; `undefined` if it is not known here. */
function sourceOf(argument: ts.Expression | undefined): string | undefined {
  if (argument && ts.isStringLiteralLike(argument)) return argument.text
  if (argument && ts.isTemplateExpression(argument))
    return argument.head.text + argument.templateSpans.map(({ literal }) => `x${literal.text}`).join('')
  return undefined
}

/** The regular expressions of a file. A `new RegExp(name)` whose name ends with "Pattern" repeats a literal. */
function patternsOf(file: string, text: string): readonly Pattern[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true)
  const found: Pattern[] = []
  const visit = (node: ts.Node): void => {
    const place = () => `${file}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/')
      // The flag y would start at one place only.
      const flags = node.text.slice(end + 1).replace('y', '')
      found.push({ place: `${place()} ${node.text}`, source: node.text.slice(1, end), flags })
    }
    if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText(source) === 'RegExp') {
      const [argument] = node.arguments ?? []
      const known = sourceOf(argument)
      if (known !== undefined) found.push({ place: `${place()} new RegExp ${known}`, source: known, flags: '' })
      else if (!/Pattern$/.test(argument?.getText(source) ?? ''))
        throw new Error(`${place()}: the pattern of new RegExp is not known to this test`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const patterns = files.flatMap((file) => patternsOf(file, readFileSync(join('src', file), 'utf8')))

/** The characters that a pattern mentions, and some that classes such as \s and \w contain. */
function alphabet(source: string): readonly string[] {
  const plain = source.replace(/\\[pP]\{\w+\}/g, '').replace(/\\[a-zA-Z]/g, '')
  const mentioned = plain.replace(/[\\^$*+?()[\]{}|]/g, '').slice(0, 40)
  return [...new Set([...mentioned, 'a', '0', '=', ' ', '.', '/', '-', '@', '\n', 'あ'])]
}

/** The literal text that a pattern begins with, so that an input gets past it. */
function prefix(source: string): string {
  const [, literal = ''] = /^\^?((?:[\w:@{"' -]|\\[/.\-{])*)/.exec(source) ?? []
  return literal.replaceAll('\\', '')
}

/** Inputs that almost match: runs of one character, two characters or a word of the pattern, after its own beginning, with an end that does not fit. */
function* hostile(source: string, length: number): Generator<string> {
  const characters = alphabet(source)
  const start = prefix(source)
  const pairs = characters.map((character, at) => character + (characters[(at + 1) % characters.length] ?? ''))
  for (const unit of [...characters, ...pairs, ...(source.match(/[a-zA-Z]{2,}/g) ?? [])]) {
    const run = unit.repeat(Math.ceil(length / unit.length))
    yield `${run}\u0001`
    yield `${start}${run}\u0001`
    yield `${start}${run}@`
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
function findSlow({ source, flags }: Pick<Pattern, 'source' | 'flags'>): string | undefined {
  const regexp = new RegExp(source, flags)
  const shorter = [...hostile(source, short)]
  return [...hostile(source, long)].find((input, at) => {
    const one = performance.now()
    input.replace(regexp, '')
    // Most take microseconds, and the noise of a busy machine is no growth.
    if (performance.now() - one < 10) return false
    return time(regexp, input) > 10 + 8 * time(regexp, shorter[at] ?? '')
  })
}

/** Whether an analysis of the pattern's automaton, or a search for an attack, finds an input that takes more than linear time. */
async function isVulnerable({ source, flags }: Pick<Pattern, 'source' | 'flags'>): Promise<boolean> {
  // A pattern that takes the analysis longer is left to the measurement.
  const { status } = await check(source, flags, { timeout: 2000 })
  return status === 'vulnerable'
}

test('the scan finds the patterns of src', () => {
  expect(patterns.length).toBeGreaterThan(150)
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is source under test
  expect(patternsOf('x.ts', 'new RegExp(`^${name}=(a+)$`)')[0]?.source).toBe('^x=(a+)$')
  expect(() => patternsOf('x.ts', 'new RegExp(text)')).toThrow()
})

const at = (source: string) => ({ source, flags: '' })

test('the measurement and the analysis find a pattern that is slow on a long input', async () => {
  const slow = ['=+$', '\\s+$', '^a+$', 'key.*end'].filter((source) => findSlow(at(source)))
  expect(slow).toEqual(['=+$', '\\s+$', 'key.*end'])
  expect(await isVulnerable(at('^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$'))).toBe(true)
  expect(await isVulnerable(at('^[\\w-]{3,}$'))).toBe(false)
})

test.each(patterns.map((pattern) => [pattern.place, pattern] as const))('%s', async (_, pattern) => {
  expect(findSlow(pattern)?.slice(0, 40)).toBeUndefined()
  expect(await isVulnerable(pattern)).toBe(false)
})
