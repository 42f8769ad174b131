import { LineInputError } from 'line-oa'
import { expect, test } from 'vitest'
import { Findings } from '../../src/credentials/problems.js'

const fail = (error: unknown) => () => {
  throw error
}

test('an error that names no problem is not lost among those that do', () => {
  const findings = new Findings()
  const bare = new LineInputError('bare')
  const foreign = new TypeError('foreign')
  expect(() => findings.take(fail(bare))).toThrow(bare)
  expect(() => findings.take(fail(foreign))).toThrow(foreign)
  expect(findings.problems).toEqual([])
})

test('one problem is told in its own words, several as a list', () => {
  const findings = new Findings()
  const problem = (path: string) => ({ path, found: 'nothing', allowed: 'something', message: `${path} is missing` })
  findings.take(fail(new LineInputError('', { problems: [problem('a')] })))
  expect(findings.error().message).toBe('a is missing')
  findings.take(fail(new LineInputError('', { problems: [problem('b'), problem('c')] })))
  expect(findings.error().message).toBe('3 problems\n- a is missing\n- b is missing\n- c is missing')
  expect(findings.error().problems.map(({ path }) => path)).toEqual(['a', 'b', 'c'])
})
