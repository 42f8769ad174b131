// Everything a person reads is plain technical English. This fails on words that make a sentence hard to read for people who learned English from docs.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

/** Each word or phrase, and what to write instead. */
const avoid: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\bsomebody\b|\bsomeone\b/i, 'user, caller, process'],
  [/\bnobody\b|\bno one\b/i, 'no user, nothing'],
  [/\bwhoever\b|\bwhatever\b|\bwhosoever\b/i, 'the user who, any value that'],
  [/\beverybody\b/i, 'all users, every visitor'],
  [/\banybody\b/i, 'any user, any caller'],
  [/\bfor ever\b/i, 'forever, permanently, without end'],
  [/\bby itself\b|\bby themselves\b/i, 'automatically, on its own line of code'],
  [/\ball the same\b/i, 'still, nevertheless'],
  [/\bof its own\b|\bof their own\b|\bof your own\b/i, 'its own X'],
  [/\bnone such\b|\bsuch a (?:thing|memory|count)\b/i, 'name the thing'],
  [/\bis none\b|\bare none\b|\bbe none\b|\bwas none\b/i, 'is not a token, does not exist'],
  [
    /(?<!\bthere )\b(?:is|are|was|were) no (?!longer\b|more than\b|later than\b|way\b|limit\b|need\b|such\b)[a-z]/i,
    'is not a X; there is no X',
  ],
  [/\bgoes where\b|\bcannot stand\b|\bmay stand\b|\bmust stand\b/i, 'is not allowed in'],
  [/\btime-out\b/i, 'timeout'],
  [/\bnot within\b.*\bmay still come\b/i, 'not finished within'],
  [/\bhands (?:it |them )?over\b|\bhands on\b/i, 'passes'],
  [/\bonce each\b/i, 'deduplicated'],
  [/\bwho has not\b|\bthat can be none\b|\bwhat can be none\b/i, 'name the value'],
  [/\bnobody's business\b/i, 'delete'],
  [/\bbelong together\b/i, 'require each other, match'],
  [/\bleans on\b/i, 'uses'],
  [/\bthere is none\b/i, 'does not exist'],
  [/\bnot to be had\b|\bto be had\b/i, 'available'],
  [/\bas it came\b/i, 'unchanged'],
  [/\bgoes on\b|\bgo on\b/i, 'continues, continue'],
  [/\bin the place of\b/i, 'instead of'],
  [/\b(?:it|they) takes? no\b/i, 'does not accept'],
  [/\bUTF-16 units?\b/i, 'UTF-16 code unit'],
  [/\bwhite space\b/i, 'whitespace'],
  [/\bstays? behind\b|\bleft behind by\b/i, 'remains'],
  [/\bbreaks? off\b|\bbroke off\b/i, 'is cut off, truncated'],
  [/\bas good as\b/i, 'equals, counts as'],
  [/\bthrows for no\b/i, 'never throws'],
  [/\b(?:has|have|had|having) LINE (?:test|send|issue|verify|answer)\b/i, 'makes LINE test'],
  [/\btells? nothing\b|\bsays? nothing\b/i, 'does not describe, has no data about'],
  [/\bwhat became of\b/i, 'the result of'],
  [/\bunasked\b/i, 'without permission'],
  [/\bmade of them\b|\bmade out of\b/i, 'created from'],
  [/(?<![\d.,])1 (?:days|hours|minutes|seconds|messages|items|characters|attempts)\b/i, 'a singular noun after 1'],
  [/[a-z]\.\. [A-Z]/, 'one period'],
]

/** Texts that LINE wrote, quoted exactly; they keep LINE's words. */
const quoted: readonly RegExp[] = []

function pages(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file) && !/(?:^|[\\/])(?:node_modules|dist|\.next)[\\/]/.test(file))
    .map((file) => join(folder, file))
}

function findings(file: string, text: string): string[] {
  return text.split('\n').flatMap((line, at) => {
    const own = quoted.reduce((rest, quote) => rest.replace(quote, ''), line)
    return avoid
      .filter(([pattern]) => pattern.test(own))
      .map(([pattern, instead]) => `${file}:${at + 1} "${pattern.exec(own)?.[0]}" -> ${instead}`)
  })
}

describe('plain English', () => {
  test.each([
    ['src', pages('src', /\.ts$/)],
    ['docs', pages('docs', /\.md$/)],
    ['examples', pages('examples', /\.(?:ts|tsx|mjs|md)$/)],
    ['pages at the top', readdirSync('.').filter((file) => file.endsWith('.md'))],
  ])('%s', (_, files) => {
    expect(files.flatMap((file) => findings(file, readFileSync(file, 'utf8')))).toEqual([])
  })

  test('the list finds what it is made for', () => {
    expect(findings('x', 'A token that somebody gave is no token, for ever')).toHaveLength(3)
    expect(findings('x', 'The token is no longer valid')).toEqual([])
    expect(findings('x', 'There is no such token')).toEqual([])
    expect(findings('x', 'The limit is reached.. Wait 1 days')).toHaveLength(2)
    expect(findings('x', 'at most 1 item, see ../a, or 21 days')).toEqual([])
  })
})
