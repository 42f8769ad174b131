// What JavaScript callers, frameworks and files really pass to the exported functions, and to the methods of what they return.
// `npm run bench -- fuzz` does the same with 300,000 inputs and a seed of the day.
import { LineInputError } from 'line-oa'
import { expect, test } from 'vitest'
import { fuzz } from './fuzz.ts'

test('only LineErrors come back, and nothing would end the process', { timeout: 120_000 }, async () => {
  const { findings, functions, refused } = await fuzz({ runs: 4000, seed: 1 })
  expect(findings).toEqual([])
  expect(functions).toBeGreaterThan(400)
  expect(refused).toBeGreaterThan(1000)
})

const target = (name: string, call: (...args: unknown[]) => unknown) => ({ name, call, args: [{ id: 'a' }] })

test('the run finds what it looks for', async () => {
  const read = (value: unknown) => (value as { readonly id: string }).id.length // as careless code does
  const { findings } = await fuzz({
    runs: 400,
    seed: 1,
    targets: [
      target('careless', read),
      target('careless and late', async (value) => read(value)),
      target('forgotten', (value) => void Promise.resolve(value).then(read)),
      target('careful', (value) => {
        if (typeof value !== 'object') throw new LineInputError('value must be an object')
        return typeof value
      }),
    ],
  })
  const text = findings.join('\n')
  expect(text).toMatch(/^careless threw TypeError/m)
  expect(text).toMatch(/^careless and late rejected with TypeError/m)
  expect(text).toMatch(/^the process would end: TypeError/m)
  expect(text).not.toContain('careful')
})
