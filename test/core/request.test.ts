import type { Operation } from 'line-oa'
import { describe, expect, test } from 'vitest'
import { requestOf } from '../requests.js'

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
const refused = { code: 'LINE_INPUT', outcome: 'rejected' }

describe('path and query', () => {
  test('encode values, repeat the items of arrays, and omit undefined values', async () => {
    const input = { id: '@a b?#', start: 'x+y/z=', limit: undefined, status: ['DRAFT', 'CLOSED'] }
    // The types forbid this value; plain JavaScript may pass it.
    expect((await requestOf(get, input as unknown as { id: string })).url).toBe(
      'https://api.line.me/v2/bot/group/%40a%20b%3F%23/members?start=x%2By%2Fz%3D&status=DRAFT&status=CLOSED',
    )
  })

  test('are appended to the base URL, which replaces every host', async () => {
    const onDataHost = { ...get, host: 'data' } as const
    expect((await requestOf(onDataHost, { id: 'C1' })).url).toBe('https://api-data.line.me/v2/bot/group/C1/members')
    for (const baseUrl of ['http://127.0.0.1:1', 'http://127.0.0.1:1/'])
      expect((await requestOf(onDataHost, { id: 'C1' }, { baseUrl })).url).toBe(
        'http://127.0.0.1:1/v2/bot/group/C1/members',
      )
  })

  test.each(['', '.', '..', '%2e', '%2E%2e', '.%2E', 'a/b', 'a\\b', '../x', 'a\u0000', 'a\n'])(
    'refuse %j as a path value',
    (id) => expect(requestOf(get, { id })).rejects.toMatchObject(refused),
  )

  test.each([undefined, null, {}, []])(
    'refuse %j as a path value, which is not text',
    (id) => expect(requestOf(get, { id } as unknown as { id: string })).rejects.toMatchObject(refused), // what JavaScript callers may pass
  )

  test.each([Number.NaN, 1.5, 2 ** 53, Number.POSITIVE_INFINITY])('refuse the number %d in the path', (id) => {
    const one: Operation<{ id: number }, object> = { method: 'GET', path: '/v2/{id}', repeat: 'safe', docs: '' }
    return expect(requestOf(one, { id })).rejects.toMatchObject(refused)
  })

  test('keep a percent sign without an escape sequence as part of the value', async () => {
    expect((await requestOf(get, { id: '%2e%2e%2fx' })).url).toBe(
      'https://api.line.me/v2/bot/group/%252e%252e%252fx/members',
    )
  })
})

describe('the body', () => {
  test('contains all inputs that are not in the path, query or headers, as JSON', async () => {
    const request = await requestOf(put, { id: '1', text: 'é', list: [undefined, 1] })
    expect(await request.text()).toBe('{"text":"é","list":[null,1]}')
    expect(request.headers.get('content-type')).toBe('application/json')
  })

  test('is a form for an operation that accepts a form', async () => {
    const request = await requestOf({ ...put, body: 'form' }, { id: '1', a: 'x y&z', b: undefined })
    expect(await request.text()).toBe('a=x+y%26z')
    expect(request.headers.get('content-type')).toBe('application/x-www-form-urlencoded')
  })

  test('is the raw input for an operation that accepts one, and absent for an operation without a body', async () => {
    const data = new Uint8Array([1])
    const raw = await requestOf({ ...put, body: { raw: 'data' } }, { id: '1', data })
    expect(await raw.bytes()).toEqual(data)
    expect(raw.headers.get('content-type')).toBeNull()
    expect((await requestOf({ ...put, body: 'none' }, { id: '1', data })).body).toBeNull()
    expect((await requestOf(get, { id: '1' })).body).toBeNull()
  })

  test('is refused if it contains a cycle or a BigInt, which the error does not quote', async () => {
    const cycle: { id: string; self?: unknown } = { id: 'secret' }
    cycle.self = cycle
    const error: unknown = await requestOf(put, cycle).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject(refused)
    expect(`${error} ${JSON.stringify(error)}`).not.toContain('secret')
    await expect(requestOf(put, { id: '1', big: 1n })).rejects.toMatchObject(refused)
  })

  test('can contain property names of Object.prototype', async () => {
    const request = await requestOf(put, JSON.parse('{"id":"1","__proto__":{"x":1}}'))
    expect(await request.text()).toBe('{"__proto__":{"x":1}}')
  })

  test('contains strings and files for a multipart operation', async () => {
    const request = await requestOf(
      { ...put, body: 'multipart' },
      { id: '1', description: 'x', isIfaAudience: false, file: new File(['U1'], 'ids.txt') },
    )
    const form = await request.formData()
    expect([...form.keys()]).toEqual(['description', 'isIfaAudience', 'file'])
    expect([form.get('description'), form.get('isIfaAudience')]).toEqual(['x', 'false'])
    expect(form.get('file')).toMatchObject({ name: 'ids.txt' })
  })
})

test('header inputs are not in the body, and are refused if they are not valid header values', async () => {
  const tagged = { ...put, headers: { tag: 'x-line-delivery-tag' } }
  const request = await requestOf(tagged, { id: '1', tag: 'order-1', text: 'x' })
  expect(request.headers.get('x-line-delivery-tag')).toBe('order-1')
  expect(await request.text()).toBe('{"text":"x"}')
  for (const tag of ['a\nb: c', '', 'é'])
    await expect(requestOf(tagged, { id: '1', tag })).rejects.toMatchObject(refused)
})
