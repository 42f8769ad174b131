import type { Operation } from 'line-oa'
import { expect, test } from 'vitest'
import { arrives } from '../room.js'

interface Numbered {
  readonly id: number
  readonly all?: boolean | undefined
  readonly note?: string | undefined
}

const inPath: Operation<Numbered, object> = {
  method: 'PUT',
  path: '/v2/{id}',
  kinds: { id: 'number' },
  repeat: 'safe',
  docs: '',
}
const inForm: Operation<Numbered, object> = {
  method: 'POST',
  path: '/v2/form',
  body: 'multipart',
  kinds: { id: 'number', all: 'boolean' },
  repeat: 'safe',
  docs: '',
}

test('numbers of the path come back as numbers', async () => {
  expect(await arrives({ inPath }, inPath, { id: 1234567890123, note: '7' })).toEqual({ id: 1234567890123, note: '7' })
})

test('numbers and booleans of a form come back as what they were, texts as texts', async () => {
  expect(await arrives({ inForm }, inForm, { id: 1234567890123, all: false, note: '7' })).toEqual({
    id: 1234567890123,
    all: false,
    note: '7',
  })
})

test('what is no number stays text, for the contract to refuse', async () => {
  const input = { id: 'me' } as unknown as Numbered // what other clients may send
  expect(await arrives({ inPath }, inPath, input)).toEqual({ id: 'me' })
})
