import type { BinaryContent, Endpoint, Operation } from 'line-oa'
import { contracts } from 'line-oa/contracts'
import { describe, expect, test } from 'vitest'
import { createAccount } from '../../../src/emulator/account.js'
import { createLoginChannel } from '../../../src/emulator/login-channel.js'
import { room } from '../../../src/emulator/platform/handler.js'
import { createPlatform } from '../../../src/emulator/platform/platform.js'
import { allRecords } from '../../../src/emulator/platform/records.js'
import { allRooms } from '../../../src/emulator/platform/rooms.js'
import { issueLongLived, issueShortLived, issueStateless, issueV21 } from '../../../src/emulator/tokens/ledger.js'
import { addProvider, createWorld } from '../../../src/emulator/world.js'
import { api, call, read, setup, text } from '../setup.js'

describe('requests that LINE cannot read', () => {
  const push = 'POST /v2/bot/message/push'

  test.each([
    ['{"to": "U1", "messages": [}', 'line: 1, column: 27'],
    ['{\n  "to" "U1"\n}', 'line: 2, column: 8'],
    ['{"to": "U1"', 'line: 1, column: 12'],
    ['[]', 'line: 1, column: 3'],
    ['null', 'line: 1, column: 5'],
    ['not json', 'line: 1, column: 1'],
    ['{"a": 01}', 'line: 1, column: 8'],
    ['{"a": 1,}', 'line: 1, column: 9'],
    ['{"a": "b\n"}', 'line: 1, column: 7'],
    ['{"a": [1, {"b": tru}]}', 'line: 1, column: 17'],
    [`{"a": "${'x'.repeat(1_900_000)}`, 'line: 1, column: 7'],
  ])('%.40j is no JSON object, and LINE says where it breaks', async (body, place) => {
    const { line } = await setup()
    expect(await line(push, body)).toMatchObject({
      status: 400,
      body: { message: `The request body could not be parsed as JSON (${place})` },
    })
  })

  test('bytes that are no UTF-8', async () => {
    const { emulator, token } = await setup()
    const response = await emulator.fetch(`${api}/v2/bot/message/push`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    })
    expect(await read(response)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('could not be parsed as JSON') },
    })
  })

  test('a body nested a hundred thousand deep', async () => {
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

  test('a body that names __proto__ changes no object', async () => {
    const { line, userId } = await setup()
    const body = `{"to":"${userId}","messages":[{"type":"text","text":"x"}],"__proto__":{"polluted":true}}`
    expect((await line(push, body)).status).toBe(200)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })

  test('another content type is 415 and is named', async () => {
    const { line } = await setup()
    expect(await line(push, '{}', { headers: { 'content-type': 'text/plain' } })).toMatchObject({
      status: 415,
      body: { message: 'The content type, text/plain, is not supported' },
    })
  })

  test('parameters of the content type do no harm', async () => {
    const { line, userId } = await setup()
    const body = { to: userId, messages: [text('x')] }
    expect((await line(push, body, { headers: { 'content-type': 'Application/JSON; charset=utf-8' } })).status).toBe(
      200,
    )
  })

  test('two megabytes pass the door, one byte more is 413', async () => {
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
    const answer = await line(what)
    expect(answer).toMatchObject({ status: 404, body: { message: 'Not found' } })
    expect(answer.headers.get('x-line-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('LINE’s hosts have what is theirs only; any other address has all', async () => {
    const { line } = await setup()
    expect((await line('GET https://api-data.line.me/v2/bot/info')).status).toBe(404)
    expect((await line('GET https://access.line.me/v2/bot/info')).status).toBe(404)
    expect((await line('GET https://api.line.me/v2/bot/info')).status).toBe(200)
    expect((await line('GET http://localhost:3000/v2/bot/info')).status).toBe(200)
  })

  test('a value in the path goes before one of the same name in the body or the query', async () => {
    const { line, userId } = await setup()
    expect((await line(`GET /v2/bot/profile/${userId}?userId=U0`)).body).toMatchObject({ userId })
  })

  test('a query of another kind is refused by its name', async () => {
    const { line } = await setup()
    for (const query of ['limit=many', 'limit=1&limit=2', 'limit=0', 'limit=1001']) {
      expect(await line(`GET /v2/bot/followers/ids?${query}`)).toMatchObject({
        status: 400,
        body: { message: "The value for the 'limit' parameter is invalid" },
      })
    }
  })
})

describe('inside', () => {
  const record: Operation<Record<string, never>, Record<string, never>> = {
    method: 'GET',
    path: '/v2/bot/tea',
    repeat: 'safe',
    docs: '',
  }

  function platform(records: ReadonlyMap<string, Endpoint>, rooms: Parameters<typeof createPlatform>[0]['rooms'] = []) {
    const world = createWorld({ clock: 'manual' })
    const provider = addProvider(world, 'P')
    const account = createAccount(world, { name: 'A' }, provider)
    const login = createLoginChannel(world, {}, provider)
    const made = createPlatform({
      world,
      records,
      rooms: [...allRooms(), ...rooms],
      validator: contracts(),
      enforceRateLimits: false,
    })
    const ask = async (token?: string) => {
      const request = new Request(`${api}/v2/bot/tea`, { headers: token ? { authorization: `Bearer ${token}` } : {} })
      return read(await made.answer(request, await made.find(request)))
    }
    const channelOf = (channelId: string) => {
      const channel = world.channels.get(channelId)
      if (!channel) throw new Error('no such channel')
      return channel
    }
    return { world, made, ask, bot: channelOf(account.channelId), login: channelOf(login.channelId) }
  }

  test('every record of the catalog has a handler', () => {
    const handled = new Set(allRooms().flatMap((entries) => entries.map(([operation]) => operation)))
    expect([...allRecords()].filter(([, operation]) => !handled.has(operation)).map(([name]) => name)).toEqual([])
  })

  test('a record without a handler answers 501 and its name', async () => {
    const { ask } = platform(new Map([['brewTea', record]]))
    expect(await ask()).toMatchObject({ status: 501, body: { message: expect.stringContaining('brewTea') } })
  })

  test('a handler that answers otherwise than its contract is a bug of the emulator', async () => {
    const botInfo = allRecords().get('getBotInfo') ?? record
    const world = createWorld({ clock: 'manual' })
    const account = createAccount(world, { name: 'A' }, addProvider(world, 'P'))
    const rooms = [[[botInfo, () => ({ basicId: 5 })] as const]]
    const made = createPlatform({
      world,
      records: new Map([['getBotInfo', botInfo]]),
      rooms,
      validator: contracts(),
      enforceRateLimits: false,
    })
    const request = new Request(`${api}/v2/bot/info`, {
      headers: { authorization: `Bearer ${account.issueLongLivedToken()}` },
    })
    await expect(made.find(request).then((found) => made.answer(request, found))).rejects.toThrow(/getBotInfo/)
  })

  test('a handler is only put under records that take its kind of token', () => {
    expect(() => room('none', { brewTea: record }, { brewTea: () => ({}) })).toThrow(/brewTea/)
  })

  test('a record takes the tokens of its channel, of the kinds that it names', async () => {
    const login: typeof record = { ...record, auth: 'login-channel', tokens: ['stateless', 'short-lived'] }
    const { ask, world, ...channels } = platform(new Map([['brewTea', login]]), [
      room('login-channel', { brewTea: login }, { brewTea: () => ({}) }),
    ])
    const { bot } = channels
    if (bot.kind !== 'messaging') throw new Error('an account has a Messaging API channel')
    const answers = [
      issueShortLived(world, channels.login),
      issueStateless(world, channels.login),
      issueV21(world, channels.login, 60_000),
      issueLongLived(world, bot, 0),
      issueStateless(world, bot),
    ].map(({ token }) => ask(token))
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 401, 401, 403])
  })

  test('all four kinds of tokens work for an account', async () => {
    const { ask, world, bot } = platform(new Map([['brewTea', record]]), [
      room('channel', { brewTea: record }, { brewTea: () => ({}) }),
    ])
    if (bot.kind !== 'messaging') throw new Error('an account has a Messaging API channel')
    const tokens = [
      issueShortLived(world, bot),
      issueStateless(world, bot),
      issueV21(world, bot, 60_000),
      issueLongLived(world, bot, 0),
    ]
    for (const { token } of tokens) expect((await ask(token)).status).toBe(200)
  })

  test('a file travels as it is, with its type and length', async () => {
    const bytes = new Uint8Array([0xff, 0xd8, 0xff, 0x00])
    const binary: Operation<Record<string, never>, BinaryContent> = {
      method: 'GET',
      path: '/v2/bot/tea',
      response: 'binary',
      auth: 'none',
      repeat: 'safe',
      docs: '',
    }
    const content = () => ({
      stream: new Blob([bytes]).stream(),
      contentType: 'image/jpeg',
      contentLength: bytes.length,
    })
    const { made } = platform(new Map([['brewTea', binary]]), [room('none', { brewTea: binary }, { brewTea: content })])
    const request = new Request(`${api}/v2/bot/tea`)
    const response = await made.answer(request, await made.find(request))
    expect([response.headers.get('content-type'), response.headers.get('content-length')]).toEqual(['image/jpeg', '4'])
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes)
  })

  test('a token of a user is none of the emulator’s yet', async () => {
    const user: typeof record = { ...record, auth: 'user' }
    const { ask, world, bot } = platform(new Map([['brewTea', user]]), [[[user, () => ({})]]])
    expect((await ask(issueStateless(world, bot).token)).status).toBe(401)
  })
})

describe('rate limits', () => {
  test('are kept per channel and endpoint when asked for, and refill on the clock', async () => {
    const { line, emulator } = await setup({ enforceRateLimits: true })
    const broadcast = () => line('POST /v2/bot/message/broadcast', { messages: [text('x')] })
    for (let count = 0; count < 60; count++) expect((await broadcast()).status).toBe(200)
    expect(await broadcast()).toMatchObject({
      status: 429,
      body: { message: 'The API rate limit has been exceeded. Try again later.' },
    })
    expect((await line('GET /v2/bot/info')).status).toBe(200)
    const other = emulator.createAccount({ name: 'Other' })
    expect(
      (
        await call(
          emulator,
          'POST /v2/bot/message/broadcast',
          { messages: [text('x')] },
          { token: other.issueLongLivedToken() },
        )
      ).status,
    ).toBe(200)
    await emulator.clock.advance(59_999)
    expect((await broadcast()).status).toBe(429)
    await emulator.clock.advance(1)
    expect((await broadcast()).status).toBe(200)
    expect((await broadcast()).status).toBe(429)
  })

  test('are not kept when nobody asks', async () => {
    const { line } = await setup()
    for (let count = 0; count < 61; count++)
      expect((await line('POST /v2/bot/message/broadcast', { messages: [text('x')] })).status).toBe(200)
  })
})
