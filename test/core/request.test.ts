import type { Operation } from 'line-oa'
import { describe, expect, test } from 'vitest'
import { buildRequest } from '../../src/core/call/request.js'

const get: Operation<{ id: string; start?: string; limit?: number; status?: readonly string[] }, object> = {
  method: 'GET',
  path: '/v2/bot/group/{id}/members',
  query: { start: 'string', limit: 'number', status: 'string[]' },
  repeat: 'safe',
  docs: '',
}
const put: Operation<{ id: string; [name: string]: unknown }, object> = {
  method: 'PUT',
  path: '/v2/{id}',
  repeat: 'safe',
  docs: '',
}

describe('path and query', () => {
  test('values are encoded, lists repeat, what is undefined stays away', () => {
    expect(
      buildRequest(get, { id: '@a b?#', start: 'x+y/z=', limit: undefined, status: ['DRAFT', 'CLOSED'] }).url,
    ).toBe('https://api.line.me/v2/bot/group/%40a%20b%3F%23/members?start=x%2By%2Fz%3D&status=DRAFT&status=CLOSED')
  })

  test('a base URL takes the place of every host', () => {
    expect(buildRequest({ ...get, host: 'data' }, { id: 'C1' }).url).toBe(
      'https://api-data.line.me/v2/bot/group/C1/members',
    )
    expect(buildRequest({ ...get, host: 'data' }, { id: 'C1' }, 'http://127.0.0.1:1').url).toBe(
      'http://127.0.0.1:1/v2/bot/group/C1/members',
    )
  })

  test.each(['', '.', '..', '%2e', '%2E%2e', '.%2E', 'a/b', 'a\\b', '../x', 'a\u0000', 'a\n'])(
    '%j is refused in a path',
    (id) => {
      expect(() => buildRequest(get, { id })).toThrow(
        expect.objectContaining({ code: 'LINE_INPUT', outcome: 'rejected' }),
      )
    },
  )

  test.each([undefined, null, {}, []])('%j is no path value', (id) => {
    expect(() => buildRequest(get, { id } as unknown as { id: string })).toThrow(/id is missing/) // what JavaScript callers may pass
  })

  test.each([Number.NaN, 1.5, 2 ** 53, Number.POSITIVE_INFINITY])('%d is no number of a path', (id) => {
    const one: Operation<{ id: number }, object> = { method: 'GET', path: '/v2/{id}', repeat: 'safe', docs: '' }
    expect(() => buildRequest(one, { id })).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  })

  test('a percent sign that means nothing stays one value', () => {
    expect(buildRequest(get, { id: '%2e%2e%2fx' }).url).toBe(
      'https://api.line.me/v2/bot/group/%252e%252e%252fx/members',
    )
  })
})

describe('body', () => {
  test('holds every input that went nowhere else, as JSON', () => {
    const request = buildRequest(put, { id: '1', text: 'é', list: [undefined, 1] })
    expect(request.body).toBe('{"text":"é","list":[null,1]}')
    expect(request.headers).toEqual({ 'content-type': 'application/json' })
  })

  test('as a form', () => {
    const request = buildRequest({ ...put, body: 'form' }, { id: '1', a: 'x y&z', b: undefined })
    expect(request.body).toBe('a=x+y%26z')
  })

  test('raw is the one input itself, and none is none', () => {
    const data = new Uint8Array([1])
    expect(buildRequest({ ...put, body: { raw: 'data' } }, { id: '1', data }).body).toBe(data)
    expect(buildRequest({ ...put, body: 'none' }, { id: '1', data }).body).toBeUndefined()
    expect(buildRequest(get, { id: '1' }).body).toBeUndefined()
  })

  test('a cycle or a BigInt is refused without being quoted', () => {
    const cycle: { id: string; self?: unknown } = { id: 'secret' }
    cycle.self = cycle
    expect(() => buildRequest(put, cycle)).toThrow(/cannot become JSON/)
    expect(() => buildRequest(put, { id: '1', big: 1n })).toThrow(/cannot become JSON/)
  })

  test('names of the prototype are inputs like others', () => {
    expect(buildRequest(put, JSON.parse('{"id":"1","__proto__":{"x":1}}')).body).toBe('{"__proto__":{"x":1}}')
  })
})

test('inputs that travel in a header leave the body, and must be able to stand there', () => {
  const tagged = { ...put, headers: { tag: 'x-line-delivery-tag' } }
  const request = buildRequest(tagged, { id: '1', tag: 'order-1', text: 'x' })
  expect(request.headers['x-line-delivery-tag']).toBe('order-1')
  expect(request.body).toBe('{"text":"x"}')
  expect(() => buildRequest(tagged, { id: '1', tag: 'a\nb: c' })).toThrow(/tag cannot stand in a header/)
})

test('a multipart body holds texts and files', () => {
  const form = buildRequest(
    { ...put, body: 'multipart' },
    { id: '1', description: 'x', isIfaAudience: false, file: new File(['U1'], 'ids.txt') },
  ).body
  expect(form).toBeInstanceOf(FormData)
  expect([...(form as FormData).keys()]).toEqual(['description', 'isIfaAudience', 'file']) // checked one line above
})
