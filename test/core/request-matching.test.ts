// The inverse of building a request: the emulator gets from a request back to its operation and input.
import fc from 'fast-check'
import { createLineClient, type Message, phoneHash, type RichMenuInput } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { emulatedOperation } from '../emulated-operation.js'

async function setup() {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({
    name: 'Tea House',
    kind: 'verified',
    settings: { notificationMessages: true },
  })
  const person = emulator.createPerson({ displayName: 'Mika', phoneNumber: '+818000001234' })
  await person.addFriend(account)
  const channelAccessToken = account.issueLongLivedToken()
  const line = createLineClient({ channelAccessToken, fetch: emulator.fetch, clock: emulator.clock })
  /** Sends a request that no client would. */
  const send = (method: string, url: string, body: BodyInit | null = null, contentType?: string) => {
    const init: RequestInit & { duplex: 'half' } = {
      method,
      body,
      duplex: 'half',
      headers: {
        authorization: `Bearer ${channelAccessToken}`,
        ...(contentType !== undefined && { 'content-type': contentType }),
      },
    }
    return emulator.fetch(url, init)
  }
  return { emulator, account, person, userId: person.userIdFor(account), line, send }
}

const api = 'https://api.line.me'
const menu: RichMenuInput = {
  size: { width: 800, height: 250 },
  selected: false,
  name: 'Tea',
  chatBarText: 'Menu',
  areas: [],
}

/** The first bytes of a PNG of 800 x 250 pixels. */
const png = new Uint8Array([
  ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52],
  ...[0, 0, 3, 0x20, 0, 0, 0, 0xfa, 8, 6, 0, 0, 0, 1, 2, 3, 4],
])

describe('an input is read back', () => {
  test('from a JSON body, with any value in it', async () => {
    const { line, person, account, userId } = await setup()
    const known = ['type', 'text', 'quickReply', 'sender', 'quoteToken', 'emojis']
    const added = fc.dictionary(
      fc.string().filter((name) => !known.includes(name)),
      fc.jsonValue({ maxDepth: 3 }),
    )
    await fc.assert(
      fc.asyncProperty(added, async (fields) => {
        const message: object = { ...(JSON.parse(JSON.stringify(fields)) as object), type: 'text', text: 'x' }
        await line.messaging.pushMessage({ to: userId, messages: [message as Message] }) // a text with fields that LINE may have added
        expect(person.chatWith(account).at(-1)?.message).toEqual(message)
      }),
    )
  })

  test('from the query, with any text in it', async () => {
    const { line } = await setup()
    const anyText = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .filter((text) => text.length <= 120 && text.trim() !== '' && !/\p{Cc}/u.test(text))
    await fc.assert(
      fc.asyncProperty(anyText, async (description) => {
        const { audienceGroupId } = await line.audience.createAudienceGroup({ description })
        const { audienceGroups } = await line.audience.getAudienceGroups({ page: 1, description, size: 40 })
        expect(audienceGroups).toContainEqual(expect.objectContaining({ audienceGroupId, description }))
        await line.audience.deleteAudienceGroup({ audienceGroupId })
      }),
    )
  })

  test('from the path, with every character percent-encoded', async () => {
    const { send, userId } = await setup()
    const encoded = Array.from(userId, (letter) => `%${letter.charCodeAt(0).toString(16)}`).join('')
    const response = await send('GET', `${api}/v2/bot/profile/${encoded}`)
    expect(await response.json()).toMatchObject({ userId })
  })

  test('from the path as a number where it is one', async () => {
    const { line } = await setup()
    const { audienceGroupId } = await line.audience.createAudienceGroup({ description: 'tea' })
    await line.audience.updateAudienceGroupDescription({ audienceGroupId, description: '7' })
    const { audienceGroup } = await line.audience.getAudienceData({ audienceGroupId })
    expect(audienceGroup).toMatchObject({ audienceGroupId, description: '7' })
  })

  test('from a form', async () => {
    const nonce = 'a+b &=ü'
    const emulator = createEmulator()
    const channel = emulator.createLoginChannel({ published: true })
    const person = emulator.createPerson({ displayName: 'Mika' })
    const { idToken = '' } = await emulator.issueNativeTokens(person, channel, { nonce })
    const line = createLineClient({ channelAccessToken: 'none', fetch: emulator.fetch })
    const verified = await line.login.verifyUserIdToken({ id_token: idToken, client_id: channel.channelId, nonce })
    expect(verified).toMatchObject({ sub: person.userIdFor(channel), nonce })
  })

  test('from a header, and may be missing there', async () => {
    const { emulator, account, line } = await setup()
    const tags: unknown[] = []
    account.connect({
      fetch: async (request) => {
        const { events } = (await request.json()) as { events: { delivery?: { data: string } }[] } // what the emulator delivers
        tags.push(...events.flatMap(({ delivery }) => delivery?.data ?? []))
        return new Response()
      },
    })
    const to = await phoneHash('+818000001234')
    const messages = [{ type: 'text' as const, text: 'shipped' }]
    await line.messaging.pushMessagesByPhone({ to, messages, deliveryTag: 'my-tag-0123456789' })
    await line.messaging.pushMessagesByPhone({ to, messages })
    await emulator.clock.advance(0)
    expect(tags).toEqual(['my-tag-0123456789', to])
  })

  test('from a raw body, with its media type', async () => {
    const { line } = await setup()
    const { richMenuId } = await line.messaging.createRichMenu(menu)
    await line.messaging.setRichMenuImage({ richMenuId, image: new Blob([png], { type: 'image/png' }) })
    const { stream, contentType } = await line.messaging.getRichMenuImage({ richMenuId })
    expect(contentType).toBe('image/png')
    expect(await new Response(stream).bytes()).toEqual(png)
  })

  test('from a multipart body, numbers and booleans as such and texts as texts', async () => {
    const { line, userId } = await setup()
    const { audienceGroupId } = await line.audience.createAudienceForUploadingUserIds({
      description: '7',
      isIfaAudience: false,
      uploadDescription: 'true',
      file: new File([userId], 'ids.txt', { type: 'text/plain' }),
    })
    await line.audience.addUserIdsToAudience({
      audienceGroupId,
      uploadDescription: 'ü',
      file: new File([userId], 'x', { type: 'text/plain' }),
    })
    const { audienceGroup, jobs } = await line.audience.getAudienceData({ audienceGroupId })
    expect(audienceGroup).toMatchObject({ audienceGroupId, description: '7', isIfaAudience: false })
    expect(jobs?.map(({ description }) => description)).toEqual(expect.arrayContaining(['true', 'ü']))
  })

  test('from the path if the body has another value', async () => {
    const { line, send } = await setup()
    const create = async () => (await line.audience.createAudienceGroup({ description: 'tea' })).audienceGroupId
    const [inPath, inBody] = [await create(), await create()]
    const url = `${api}/v2/bot/audienceGroup/${inPath}/updateDescription`
    const body = JSON.stringify({ audienceGroupId: inBody, description: 'coffee' })
    expect((await send('PUT', url, body, 'application/json')).status).toBe(200)
    const descriptionOf = async (audienceGroupId: number) =>
      (await line.audience.getAudienceData({ audienceGroupId })).audienceGroup.description
    expect([await descriptionOf(inPath), await descriptionOf(inBody)]).toEqual(['coffee', 'tea'])
  })
})

describe('the operation of a request', () => {
  test.each([
    ['GET', 'https://api.line.me/v2/bot/richmenu/list', 'getRichMenuList'],
    ['GET', 'https://api.line.me/v2/bot/richmenu/listing', 'getRichMenu'],
    ['GET', 'https://api.line.me/v2/bot/richmenu/li%73t', 'getRichMenu'],
    ['DELETE', 'https://api.line.me/v2/bot/richmenu/list', 'deleteRichMenu'],
    ['POST', 'https://api.line.me/v2/bot/richmenu/list', undefined],
    ['GET', 'https://api.line.me/v2/bot/richmenu/', undefined],
    ['GET', 'https://api.line.me/v2/bot/richmenu/a/b', undefined],
    ['GET', 'https://api.line.me/v2/bot/richmenu/%E0%A4%A', undefined],
    ['PATCH', 'https://api.line.me/v2/bot/richmenu/a', undefined],
    ['GET', 'https://api-data.line.me/v2/bot/richmenu/a', undefined],
    ['GET', 'http://localhost:1234/v2/bot/richmenu/a', 'getRichMenu'],
    ['GET', 'https://api.line.me.evil.example/v2/bot/richmenu/a', 'getRichMenu'],
    ['POST', 'https://api-data.line.me/v2/bot/richmenu/a/content', 'setRichMenuImage'],
    ['POST', 'https://api.line.me/v2/bot/richmenu/a/content', undefined],
    ['POST', 'http://127.0.0.1/v2/bot/richmenu/a/content', 'setRichMenuImage'],
  ] as const)('of %s %s is %s', async (method, url, expected) => {
    expect(await emulatedOperation(new Request(url, { method }))).toBe(expected)
  })

  test('is selected by the body if several operations share a path', async () => {
    const post = (fields: Record<string, string>) =>
      emulatedOperation(new Request(`${api}/oauth2/v2.1/token`, { method: 'POST', body: new URLSearchParams(fields) }))
    expect(await post({ grant_type: 'client_credentials' })).toBe('issueChannelTokenByJWT')
    expect(await post({ grant_type: 'authorization_code' })).toBe('issueUserToken')
    expect(await post({ grant_type: 'refresh_token' })).toBe('refreshUserToken')
    // All of them would do, so the first one answers that the grant is wrong.
    expect(await post({ grant_type: 'password' })).toBeDefined()
  })
})

describe('a query value', () => {
  test.each([
    ...['limit=many', 'limit=1&limit=2', 'limit=1e3', 'limit=007', 'limit=9007199254740993'],
    ...['limit=Infinity', 'limit=1.5', 'start=a&start=b'],
  ])('of another kind stays what it is, for the contract to refuse: %s', async (query) => {
    const { send } = await setup()
    expect((await send('GET', `${api}/v2/bot/followers/ids?${query}`)).status).toBe(400)
  })

  test.each(['limit=', 'start=', 'limit=&start='])('that is empty is absent: %s', async (query) => {
    const { send } = await setup()
    expect((await send('GET', `${api}/v2/bot/followers/ids?${query}`)).status).toBe(200)
  })

  test('that is not a boolean is refused, and true and false are not', async () => {
    const { send } = await setup()
    const ask = (value: string) =>
      send('GET', `${api}/v2/bot/audienceGroup/list?page=1&includesExternalPublicGroups=${value}`)
    expect([(await ask('perhaps')).status, (await ask('true')).status, (await ask('false')).status]).toEqual([
      400, 200, 200,
    ])
  })

  test('of a list may come once or several times', async () => {
    const { send } = await setup()
    for (const query of ['status=DRAFT', 'status=DRAFT&status=RUNNING'])
      expect((await send('GET', `${api}/v2/bot/coupon?${query}`)).status).toBe(200)
    expect((await send('GET', `${api}/v2/bot/coupon?status=DRAFT&status=DRAFT`)).status).toBe(400)
  })

  test('that the operation does not have is ignored', async () => {
    const { send } = await setup()
    expect((await send('GET', `${api}/v2/bot/followers/ids?unknown=1`)).status).toBe(200)
  })
})

describe('a body', () => {
  const push = `${api}/v2/bot/message/push`

  test.each(['{', '[1]', 'null', '"text"', '{"a":1}x', ''.padEnd(3)])('of %j is refused as JSON', async (body) => {
    const { send } = await setup()
    expect((await send('POST', push, body, 'application/json')).status).toBe(400)
  })

  test('that is not UTF-8 is refused, and not quoted', async () => {
    const { send } = await setup()
    const response = await send('POST', push, new Uint8Array([0x7b, 0xff, 0x7d]), 'application/json')
    expect(response.status).toBe(400)
    expect(await response.text()).not.toContain('\ufffd')
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    'of type %s is not taken for JSON',
    async (contentType) => {
      const { send } = await setup()
      expect((await send('POST', push, '{}', contentType)).status).toBe(415)
    },
  )

  test('that is missing is an empty input', async () => {
    const { send } = await setup()
    const response = await send('POST', push)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ details: [{ property: 'to' }, { property: 'messages' }] })
  })

  test.each(['multipart/form-data; boundary=x', 'multipart/form-data'])(
    'that is not what its type says is refused: %s',
    async (contentType) => {
      const { send } = await setup()
      const url = 'https://api-data.line.me/v2/bot/audienceGroup/upload/byFile'
      expect((await send('POST', url, 'x', contentType)).status).toBe(415)
    },
  )

  test('is read up to 2 MB, and not beyond', async () => {
    const { send, userId } = await setup()
    const limit = 2 * 1024 * 1024
    const body = JSON.stringify({ to: userId, messages: [{ type: 'text', text: 'x' }] })
    expect((await send('POST', push, body.padEnd(limit), 'application/json')).status).toBe(200)
    expect((await send('POST', push, body.padEnd(limit + 1), 'application/json')).status).toBe(413)
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 100_000
        controller.enqueue(new Uint8Array(100_000))
      },
    })
    expect((await send('POST', push, endless, 'application/json')).status).toBe(413)
    expect(sent).toBeLessThan(limit + 500_000)
  })

  test('that is a file may be longer', async () => {
    const { line } = await setup()
    const ids = Array.from({ length: 70_000 }, (_, at) => `U${at.toString(16).padStart(32, '0')}`).join('\n')
    expect(ids.length).toBeGreaterThan(2 * 1024 * 1024)
    const file = new File([ids], 'ids.txt', { type: 'text/plain' })
    await line.audience.createAudienceForUploadingUserIds({ description: 'many', file })
  })

  test('can contain a field named __proto__ without prototype pollution', async () => {
    const { send, userId } = await setup()
    const body = `{"to":"${userId}","messages":[{"type":"text","text":"x"}],"__proto__":{"polluted":true}}`
    expect((await send('POST', push, body, 'application/json')).status).toBe(200)
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})
