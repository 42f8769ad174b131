// LINE's official SDK calls the emulator over HTTP, and its results are compared with those of the client.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  channelAccessToken,
  LineBotClient,
  middleware,
  SignatureValidationFailed,
  validateSignature,
} from '@line/bot-sdk'
import { createLineClient } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { assertionKey, generateAssertionKey } from 'line-oa/keys'
import { events, signedDelivery } from 'line-oa/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const emulator = createEmulator()
const account = emulator.createAccount({ name: 'Tea House', kind: 'verified' })
const person = emulator.createPerson({ displayName: 'Mika' })
const line = createLineClient({
  channelId: account.channelId,
  channelSecret: account.channelSecret,
  fetch: emulator.fetch,
})
let server: Awaited<ReturnType<typeof emulator.listen>>
let official: LineBotClient
let tokens: channelAccessToken.ChannelAccessTokenClient
let userId: string

beforeAll(async () => {
  server = await emulator.listen({ port: 0 })
  tokens = new channelAccessToken.ChannelAccessTokenClient({ baseURL: server.url })
  const { access_token } = await tokens.issueStatelessChannelTokenByClientSecret(
    account.channelId,
    account.channelSecret,
  )
  official = LineBotClient.fromChannelAccessToken({
    channelAccessToken: access_token,
    apiBaseURL: server.url,
    dataApiBaseURL: server.url,
  })
  await person.addFriend(account)
  userId = person.userIdFor(account)
})

afterAll(() => server.close())

describe('tokens', () => {
  test('an assertion signed with our key gets a stateless token and a token v2.1', async () => {
    const pair = await generateAssertionKey()
    const kid = emulator.console.registerAssertionKey(account, pair.publicJwk)
    const key = assertionKey({ kid, privateKey: await pair.exportPrivateJwk() })
    const assertion = await key.assertion({ channelId: account.channelId, now: emulator.clock.now() })
    const issued = await tokens.issueStatelessChannelTokenByJWTAssertion(assertion)
    expect(issued).toMatchObject({ token_type: 'Bearer', expires_in: 900 })
    const client = LineBotClient.fromChannelAccessToken({
      channelAccessToken: issued.access_token,
      apiBaseURL: server.url,
    })
    expect((await client.getBotInfo()).basicId).toBe(account.basicId)
    const v21 = await tokens.issueChannelTokenByJWT(
      'client_credentials',
      'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      await key.assertion({ channelId: account.channelId, now: emulator.clock.now() }),
    )
    expect(await line.tokens.verifyChannelTokenByJWT({ access_token: v21.access_token })).toMatchObject({
      client_id: account.channelId,
    })
  })

  test('a wrong secret is refused', async () => {
    const refused = tokens.issueStatelessChannelTokenByClientSecret(account.channelId, '0'.repeat(32))
    await expect(refused).rejects.toMatchObject({ status: 400, body: expect.stringContaining('invalid_request') })
  })
})

describe('sending', () => {
  test('a push is in the chat, and its response has IDs', async () => {
    const { httpResponse, sentMessages } = await official
      .pushMessageWithHttpInfo({ to: userId, messages: [{ type: 'text', text: 'pushed' }] })
      .then(({ httpResponse, body }) => ({ httpResponse, ...body }))
    expect(httpResponse.headers.get('x-line-request-id')).toMatch(/\w{8}/)
    expect(sentMessages[0]?.id).toMatch(/^\d+$/)
    expect(person.chatWith(account).at(-1)).toMatchObject({
      from: 'account',
      message: { type: 'text', text: 'pushed' },
    })
  })

  test('a push with a retry key is sent once, and answered with 409 the second time', async () => {
    const key = crypto.randomUUID()
    const push = () => official.pushMessage({ to: userId, messages: [{ type: 'text', text: 'once' }] }, key)
    await push()
    await expect(push()).rejects.toMatchObject({ status: 409 })
    // The client with the same key reports that the push has already been accepted.
    const again = await line.withResponse.messaging.pushMessage(
      { to: userId, messages: [{ type: 'text', text: 'once' }] },
      { retryKey: key },
    )
    expect(again.outcome).toBe('already-accepted')
    expect(
      person.chatWith(account).filter(({ message }) => message.type === 'text' && message.text === 'once'),
    ).toHaveLength(1)
  })

  test('multicast reaches friends', async () => {
    await official.multicast({ to: [userId], messages: [{ type: 'sticker', packageId: '446', stickerId: '1988' }] })
    expect(person.chatWith(account).at(-1)).toMatchObject({ message: { type: 'sticker', stickerId: '1988' } })
  })

  test('too many messages are refused with their property', async () => {
    const six = Array.from({ length: 6 }, () => ({ type: 'text' as const, text: 'x' }))
    const theirs: unknown = await official.pushMessage({ to: userId, messages: six }).catch((error: unknown) => error)
    const ours: unknown = await line.messaging
      .pushMessage({ to: userId, messages: six })
      .catch((error: unknown) => error)
    const refused = { details: [{ message: expect.any(String), property: 'messages' }] }
    expect(theirs).toMatchObject({ status: 400, body: expect.any(String) })
    expect(JSON.parse((theirs as { body: string }).body)).toMatchObject(refused) // the line above has checked it
    expect(ours).toMatchObject({ status: 400, ...refused })
  })
})

describe('reading', () => {
  test('profile, bot info, followers and quota equal the results of the client', async () => {
    expect(await official.getProfile(userId)).toEqual(await line.messaging.getProfile({ userId }))
    expect(await official.getBotInfo()).toEqual(await line.messaging.getBotInfo())
    expect(await official.getFollowers()).toEqual(await line.messaging.getFollowers())
    expect(await official.getMessageQuota()).toEqual(await line.messaging.getMessageQuota())
    expect(await official.getMessageQuotaConsumption()).toEqual(await line.messaging.getMessageQuotaConsumption())
  })
})

describe('webhooks', () => {
  async function startOfficialBot(
    handle: (body: { events: { type: string; replyToken?: string }[] }) => Promise<unknown>,
  ) {
    const check = middleware({ channelSecret: account.channelSecret })
    const bot = createServer((request, response) => {
      // Express's Request and Response extend these two; the middleware uses none of the extensions.
      check(
        request as unknown as Parameters<typeof check>[0],
        response as unknown as Parameters<typeof check>[1],
        async (failure?: unknown) => {
          if (failure) response.writeHead(failure instanceof SignatureValidationFailed ? 401 : 500).end()
          else {
            await handle((request as unknown as { body: Parameters<typeof handle>[0] }).body)
            response.writeHead(200).end()
          }
        },
      )
    })
    await new Promise<void>((listening) => bot.listen(0, '127.0.0.1', listening))
    const { port } = bot.address() as AddressInfo // it listens on a port
    return { url: `http://127.0.0.1:${port}/`, close: () => new Promise((closed) => bot.close(closed)) }
  }

  test('it sets, gets and tests the endpoint; its middleware accepts deliveries and its client replies', async () => {
    const seen: string[] = []
    const bot = await startOfficialBot(async ({ events }) => {
      for (const event of events) {
        seen.push(event.type)
        if (event.replyToken)
          await official.replyMessage({ replyToken: event.replyToken, messages: [{ type: 'text', text: 'replied' }] })
      }
    })
    await official.setWebhookEndpoint({ endpoint: bot.url })
    account.settings.webhook = true
    expect(await official.getWebhookEndpoint()).toEqual({ endpoint: bot.url, active: true })
    expect(await line.messaging.getWebhookEndpoint()).toEqual({ endpoint: bot.url, active: true })
    expect(await official.testWebhookEndpoint()).toMatchObject({ success: true, statusCode: 200, reason: 'OK' })
    await person.send(account, 'hello')
    await bot.close()
    expect(seen).toEqual(['message'])
    expect(person.chatWith(account).slice(-2)).toMatchObject([
      { from: 'person', message: { text: 'hello' } },
      { from: 'account', message: { text: 'replied' } },
    ])
  })

  test('its signature check accepts deliveries of the test kit', async () => {
    const { body, signature } = await signedDelivery({
      channelSecret: account.channelSecret,
      events: [events.text({ text: 'ü 🙂' })],
    })
    expect(validateSignature(body, account.channelSecret, signature)).toBe(true)
    expect(validateSignature(body, 'another', signature)).toBe(false)
  })
})
