import type { Endpoint } from 'line-oa'
import * as catalog from 'line-oa/catalog'
import type { OperationName } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { api, read, refusal, setup, text } from '../setup.js'

describe('request bodies', () => {
  const push = 'POST /v2/bot/message/push'

  test.each([
    '{"to": "U1", "messages": [}',
    '{\n  "to" "U1"\n}',
    '{"to": "U1"',
    '[]',
    'null',
    'not json',
    '{"a": 01}',
    '{"a": 1,}',
    '{"a": "b\n"}',
    '{"a": [1, {"b": tru}]}',
    `{"a": "${'x'.repeat(1_900_000)}`,
  ])('%.40j is not a JSON object and is refused', async (body) => {
    const { line } = await setup()
    expect(await line(push, body)).toMatchObject(refusal(400))
  })

  test('bytes that are not UTF-8 are refused', async () => {
    const { emulator, token } = await setup()
    const response = await emulator.fetch(`${api}/v2/bot/message/push`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    })
    expect(await read(response)).toMatchObject(refusal(400))
  })

  test('a body nested 100,000 levels deep is refused', async () => {
    const { line } = await setup()
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    expect((await line(push, `{"to":"U1","messages":${deep}}`)).status).toBe(400)
    expect(
      (
        await line(
          'POST /v2/bot/message/narrowcast',
          `{"messages":[{"type":"text","text":"x"}],"recipient":${'{"type":"operator","not":'.repeat(20_000)}{}${'}'.repeat(20_000)}}`,
        )
      ).status,
    ).toBe(400)
  })

  test('a body with a __proto__ key does not pollute Object.prototype', async () => {
    const { line, userId } = await setup()
    const body = `{"to":"${userId}","messages":[{"type":"text","text":"x"}],"__proto__":{"polluted":true}}`
    expect((await line(push, body)).status).toBe(200)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  test('another content type is answered with 415', async () => {
    const { line } = await setup()
    expect(await line(push, '{}', { headers: { 'content-type': 'text/plain' } })).toMatchObject(refusal(415))
  })

  test('parameters and letter case of the content type are ignored', async () => {
    const { line, userId } = await setup()
    const body = { to: userId, messages: [text('x')] }
    expect((await line(push, body, { headers: { 'content-type': 'Application/JSON; charset=utf-8' } })).status).toBe(
      200,
    )
  })

  test('a body of 2 MB is read, and a body of one byte more is answered with 413', async () => {
    const { line } = await setup()
    const limit = 2 * 1024 * 1024
    const padded = (length: number) => `${' '.repeat(length - 2)}{}`
    expect((await line(push, padded(limit))).status).toBe(400)
    expect((await line(push, padded(limit + 1))).status).toBe(413)
  })
})

describe('addresses', () => {
  test.each([
    'GET /',
    'GET /v2/bot/inf',
    'DELETE /v2/bot/info',
    'GET /v2/bot/info/',
    'GET /v2/bot/profile/',
    'GET /v2/bot/profile/%ff',
  ])('%s is not found', async (what) => {
    const { line } = await setup()
    const response = await line(what)
    expect(response).toMatchObject(refusal(404))
    expect(response.headers.get('x-line-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('each of LINE’s hosts serves its own paths only, and any other host serves all paths', async () => {
    const { line } = await setup()
    expect((await line('GET https://api-data.line.me/v2/bot/info')).status).toBe(404)
    expect((await line('GET https://access.line.me/v2/bot/info')).status).toBe(404)
    expect((await line('GET https://api.line.me/v2/bot/info')).status).toBe(200)
    expect((await line('GET http://localhost:3000/v2/bot/info')).status).toBe(200)
  })

  test('a value in the path takes precedence over one of the same name in the query', async () => {
    const { line, userId } = await setup()
    expect((await line(`GET /v2/bot/profile/${userId}?userId=U0`)).body).toMatchObject({ userId })
  })

  test.each(['limit=many', 'limit=1&limit=2', 'limit=0', 'limit=1001'])('the query %s is refused', async (query) => {
    const { line } = await setup()
    expect(await line(`GET /v2/bot/followers/ids?${query}`)).toMatchObject(refusal(400))
  })
})

describe('operations', () => {
  const operations = Object.values(catalog).flatMap((group) => Object.entries<Endpoint>(group))

  // The fault shows that the request reaches this operation; without the fault, 501 would mean that nothing handles it.
  test.each(operations)('%s is served', async (name, operation) => {
    const { emulator, token } = await setup()
    const channel = emulator.createLoginChannel({ published: true })
    const person = emulator.createPerson({ displayName: 'Ken' })
    const { accessToken } = await emulator.issueLiffTokens(person, channel)
    // Operations of user tokens share their paths with those of channel tokens; the token tells which one is meant.
    const fields = name === 'verifyUserToken' || name === 'revokeUserToken' ? { access_token: accessToken } : {}
    const request = () => {
      const url = new URL(`http://localhost:3000${operation.path.replaceAll(/\{\w+\}/g, '1')}`)
      if (operation.method === 'GET') url.search = String(new URLSearchParams(fields))
      return emulator.fetch(url, {
        method: operation.method,
        headers: { authorization: `Bearer ${token}` },
        ...(operation.body === 'form' && { body: new URLSearchParams({ ...operation.when, ...fields }) }),
      })
    }
    emulator.faults.add({ operation: name as OperationName, answer: 418 }) // the names are those of the catalog
    expect((await request()).status).toBe(418)
    expect((await request()).status).not.toBe(501)
  })

  test('an answer that breaks the contract of its operation is an error of the emulator', async () => {
    const { emulator, account, line } = await setup()
    await emulator.clock.advance(24 * 60 * 60 * 1000)
    // What plain JavaScript can set and TypeScript would refuse.
    // The types forbid this value; plain JavaScript may pass it.
    emulator.admin.insight(account).deliveries.set('20260101', { broadcast: 'many' as unknown as number })
    await expect(line('GET /v2/bot/insight/message/delivery?date=20260101')).rejects.toThrow(Error)
    expect((await line('GET /v2/bot/info')).status).toBe(200)
  })
})
