import fc from 'fast-check'
import type { Endpoint } from 'line-oa'
import { describe, expect, test } from 'vitest'
import { createMatcher } from '../../src/core/call/match.js'
import { buildRequest } from '../../src/core/call/request.js'

const base = { repeat: 'safe', docs: '' } as const

const list: Endpoint = { ...base, method: 'GET', path: '/v2/menus/list' }
const get: Endpoint = { ...base, method: 'GET', path: '/v2/menus/{menuId}' }
const users: Endpoint = {
  ...base,
  method: 'GET',
  path: '/v2/users/{userId}/menus/{menuId}',
  query: { start: 'string', limit: 'number', all: 'boolean', state: 'string[]' },
}
const create: Endpoint = { ...base, method: 'POST', path: '/v2/menus' }
const update: Endpoint = { ...base, method: 'PUT', path: '/v2/menus/{menuId}' }
const remove: Endpoint = { ...base, method: 'DELETE', path: '/v2/menus/{menuId}' }
const channelToken: Endpoint = {
  ...base,
  method: 'POST',
  path: '/oauth/token',
  body: 'form',
  when: { grant_type: 'client_credentials' },
}
const userToken: Endpoint = {
  ...base,
  method: 'POST',
  path: '/oauth/token',
  body: 'form',
  when: { grant_type: 'authorization_code' },
}
const verifyChannel: Endpoint = { ...base, method: 'GET', path: '/oauth/verify', query: { access_token: 'string' } }
const verifyUser: Endpoint = { ...verifyChannel, auth: 'none' }
const image: Endpoint = {
  ...base,
  method: 'POST',
  host: 'data',
  path: '/v2/menus/{menuId}/content',
  body: { raw: 'image' },
}
const upload: Endpoint = { ...base, method: 'POST', host: 'data', path: '/v2/audience', body: 'multipart' }
const tagged: Endpoint = {
  ...base,
  method: 'POST',
  path: '/v2/tagged',
  headers: { deliveryTag: 'x-line-delivery-tag' },
}

const records = [
  get,
  list,
  users,
  create,
  update,
  remove,
  channelToken,
  userToken,
  verifyChannel,
  verifyUser,
  image,
  upload,
  tagged,
]
const match = createMatcher(records, { limit: 1000 })

function toRequest(operation: Endpoint, input: object): Request {
  const { url, method, headers, body } = buildRequest(operation, input)
  return new Request(url, { method, headers, body: body ?? null })
}

async function operations(request: Request): Promise<readonly Endpoint[]> {
  return (await match(request)).map(({ operation }) => operation)
}

describe('the inverse of building a request', () => {
  const word = fc
    .string({ minLength: 1, unit: 'binary' })
    .filter((text) => !/^(?:\.|%2e){1,2}$|[/\\\p{Cc}\ud800-\udfff]/iu.test(text))
  const wellFormed = fc.string({ unit: 'grapheme' })

  test('gives back path and query, whatever stands in them', async () => {
    const input = fc.record(
      {
        userId: word,
        menuId: word,
        start: wellFormed,
        limit: fc.integer(),
        all: fc.boolean(),
        state: fc.array(wellFormed, { minLength: 1 }),
      },
      { requiredKeys: ['userId', 'menuId'] },
    )
    await fc.assert(
      fc.asyncProperty(input, async (given) => {
        expect(await match(toRequest(users, given))).toEqual([{ operation: users, input: given }])
      }),
    )
  })

  test('gives back a JSON body, whatever stands in it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.string().filter((name) => name !== 'menuId'),
          fc.jsonValue({ maxDepth: 3 }),
        ),
        word,
        async (body, menuId) => {
          const given = { ...(JSON.parse(JSON.stringify(body)) as object), menuId }
          expect(await createMatcher(records, { limit: 1_000_000 })(toRequest(update, given))).toEqual([
            { operation: update, input: given },
          ])
        },
      ),
    )
  })

  test('gives back a form', async () => {
    const input = { grant_type: 'client_credentials', client_id: '1', client_secret: 'a+b &=ü' }
    expect(await match(toRequest(channelToken, input))).toEqual([{ operation: channelToken, input }])
  })

  test('gives back what travels in a header', async () => {
    const input = { deliveryTag: 'my-tag-0123456789', to: 'x' }
    expect(await match(toRequest(tagged, input))).toEqual([{ operation: tagged, input }])
    const [without] = await match(toRequest(tagged, { to: 'x' }))
    expect(without?.input).toEqual({ to: 'x' })
  })

  test('gives back a file and its type', async () => {
    const [candidate] = await match(toRequest(image, { menuId: 'm', image: new Blob(['GIF'], { type: 'image/gif' }) }))
    const file = candidate?.input?.['image']
    expect(candidate?.input).toMatchObject({ menuId: 'm' })
    expect(file).toBeInstanceOf(Blob)
    if (file instanceof Blob) expect([file.type, await file.text()]).toEqual(['image/gif', 'GIF'])
  })

  test('gives back the parts of a multipart body', async () => {
    const [candidate] = await match(
      toRequest(upload, { description: 'ü', file: new File(['U1\nU2'], 'ids.txt', { type: 'text/plain' }) }),
    )
    const { description, file } = candidate?.input ?? {}
    expect(description).toBe('ü')
    if (!(file instanceof File)) throw new Error('no file')
    expect([file.name, await file.text()]).toEqual(['ids.txt', 'U1\nU2'])
  })
})

describe('finding operations', () => {
  test.each([
    ['GET', 'https://api.line.me/v2/menus/list', [list]],
    ['GET', 'https://api.line.me/v2/menus/listing', [get]],
    ['GET', 'https://api.line.me/v2/menus/li%73t', [get]],
    ['DELETE', 'https://api.line.me/v2/menus/list', [remove]],
    ['POST', 'https://api.line.me/v2/menus/list', []],
    ['GET', 'https://api.line.me/v2/menus/', []],
    ['GET', 'https://api.line.me/v2/menus/a/b', []],
    ['GET', 'https://api.line.me/v2/menus/%E0%A4%A', []],
    ['PATCH', 'https://api.line.me/v2/menus/a', []],
    ['GET', 'https://api-data.line.me/v2/menus/a', []],
    ['GET', 'http://localhost:1234/v2/menus/a', [get]],
    ['GET', 'https://api.line.me.evil.example/v2/menus/a', [get]],
    ['GET', 'https://api.line.me/oauth/verify?access_token=x', [verifyChannel, verifyUser]],
  ])('%s %s', async (method, url, expected) => {
    expect(await operations(new Request(url, { method }))).toEqual(expected)
  })

  test('the host decides where there is more than one', async () => {
    const post = (host: string) =>
      operations(new Request(`https://${host}/v2/menus/m/content`, { method: 'POST', body: 'x' }))
    expect([await post('api-data.line.me'), await post('api.line.me'), await post('127.0.0.1')]).toEqual([
      [image],
      [],
      [image],
    ])
  })

  test('the body tells apart what shares a path; where it fits none, all are candidates', async () => {
    const post = (grant: string) =>
      operations(
        new Request('https://api.line.me/oauth/token', {
          method: 'POST',
          body: new URLSearchParams({ grant_type: grant }),
        }),
      )
    expect(await post('client_credentials')).toEqual([channelToken])
    expect(await post('authorization_code')).toEqual([userToken])
    expect(await post('password')).toEqual([channelToken, userToken])
  })

  test('what is not of its kind is left for the contract to refuse', async () => {
    const read = async (query: string) =>
      (await match(new Request(`https://api.line.me/v2/users/u/menus/m?${query}`)))[0]?.input
    expect(await read('limit=many&all=perhaps')).toMatchObject({ limit: 'many', all: 'perhaps' })
    expect(await read('limit=1&limit=2')).toMatchObject({ limit: ['1', '2'] })
    expect(await read('limit=')).toMatchObject({ limit: '' })
    for (const limit of ['1e3', '9007199254740993', '007', 'Infinity'])
      expect(await read(`limit=${limit}`)).toMatchObject({ limit })
    expect(await read('state=a')).toMatchObject({ state: ['a'] })
    expect(await read('unknown=1')).toEqual({ userId: 'u', menuId: 'm' })
  })

  test('the address speaks last', async () => {
    const request = new Request('https://api.line.me/v2/menus/real', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"menuId":"other"}',
    })
    expect((await match(request))[0]?.input).toEqual({ menuId: 'real' })
  })
})

describe('bodies that cannot be read', () => {
  const post = (body: BodyInit | null, contentType?: string) =>
    match(
      new Request('https://api.line.me/v2/menus', {
        method: 'POST',
        body,
        headers: contentType ? { 'content-type': contentType } : {},
      }),
    )

  test.each(['{', '[1]', 'null', '"text"', '{"a":1}x', ''.padEnd(3)])('%j is no JSON object', async (body) => {
    expect(await post(body, 'application/json')).toEqual([
      { operation: create, unreadable: { reason: 'json', text: body } },
    ])
  })

  test('what is no UTF-8 is not shown', async () => {
    expect(await post(new Uint8Array([0x7b, 0xff, 0x7d]), 'application/json')).toEqual([
      { operation: create, unreadable: { reason: 'json', text: '' } },
    ])
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    '%s is not taken for JSON',
    async (contentType) => {
      expect(await post('{}', contentType)).toEqual([
        { operation: create, unreadable: { reason: 'content-type', contentType } },
      ])
    },
  )

  test('no body is no input', async () => {
    expect(await post(null)).toEqual([{ operation: create, input: {} }])
  })

  test('a broken multipart body and one without its boundary', async () => {
    const send = (contentType: string) =>
      match(
        new Request('https://api-data.line.me/v2/audience', {
          method: 'POST',
          body: 'x',
          headers: { 'content-type': contentType },
        }),
      )
    for (const contentType of ['multipart/form-data; boundary=x', 'multipart/form-data']) {
      expect(await send(contentType)).toEqual([
        { operation: upload, unreadable: { reason: 'content-type', contentType } },
      ])
    }
  })

  test('a thousand bytes are taken here, one more is not, and the rest is not read', async () => {
    const padded = (length: number) => '{}'.padEnd(length)
    expect((await post(padded(1000), 'application/json'))[0]?.input).toEqual({})
    expect(await post(padded(1001), 'application/json')).toEqual([
      { operation: create, unreadable: { reason: 'too-large' } },
    ])
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 100
        controller.enqueue(new Uint8Array(100))
      },
    })
    const init: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      body: endless,
      duplex: 'half',
      headers: { 'content-type': 'application/json' },
    }
    const [candidate] = await match(new Request('https://api.line.me/v2/menus', init))
    expect(candidate?.unreadable).toEqual({ reason: 'too-large' })
    expect(sent).toBeLessThan(3000)
  })

  test('a file has no such limit', async () => {
    const [candidate] = await match(toRequest(image, { menuId: 'm', image: new Blob(['x'.repeat(5000)]) }))
    const file = candidate?.input?.['image']
    expect(file instanceof Blob && file.size).toBe(5000)
  })

  test('__proto__ in a body is a field like any other', async () => {
    const [candidate] = await post('{"__proto__":{"polluted":true}}', 'application/json')
    expect(Object.getPrototypeOf(candidate?.input)).toBe(Object.prototype)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    expect(Object.keys(candidate?.input ?? {})).toEqual(['__proto__'])
  })
})
