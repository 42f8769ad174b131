// A hover reads like documentation: every field of every public type says what it is.
import { describe, expect, test } from 'vitest'
import { readPublicApi } from './public-api.js'

const api = readPublicApi()

describe('every field of a public type has a doc comment', () => {
  test.each([
    'line-oa',
    'line-oa/webhook',
    'line-oa/account',
    'line-oa/emulator',
    'line-oa/keys',
    'line-oa/testing',
    'line-oa/login',
  ])('%s', (entry) => {
    const fields = api.fieldsOf(entry)
    expect(fields.length).toBeGreaterThan(10)
    expect(fields.filter(({ comment }) => !comment).map(({ file, name }) => `${file} ${name}`)).toEqual([])
  })
})
