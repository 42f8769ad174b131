// The cases that every supported runtime must pass, against dist as a user's program loads it. It is plain JavaScript without a test runner, so
// that it runs everywhere. A failing case throws.
import { createLineClient, each, LineError } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { assertionKey, generateAssertionKey, signAssertion } from 'line-oa/keys'
import { memoryStore } from 'line-oa/store'
import { createEvents, signedRequest } from 'line-oa/testing'
import { statelessTokens } from 'line-oa/tokens'
import { createReceiver, mentionsMe, signBody, textWithoutMentions, verifySignature } from 'line-oa/webhook'
import { loginCases } from './login-suite.js'

const channelSecret = '8c570fa6dd201bb328f1c1eac23a96d8'

function equal(found, expected, what) {
  const [one, other] = [JSON.stringify(found), JSON.stringify(expected)]
  if (one !== other) throw new Error(`${what}: found ${one}, expected ${other}`)
}

const cases = {
  ...loginCases(equal),

  async 'signature: accepts the example of LINE’s documentation'() {
    const body = '{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
    const signature = 'GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs='
    equal(await signBody(body, channelSecret), signature, 'the signature')
    equal(await verifySignature(body, channelSecret, signature), true, 'a string body')
    equal(
      await verifySignature(new TextEncoder().encode(body), [`${channelSecret}0`, channelSecret], signature),
      true,
      'a body in bytes',
    )
    equal(await verifySignature(`${body} `, channelSecret, signature), false, 'another body')
  },

  async 'receiver: handles a signed event once and refuses other requests'() {
    const events = createEvents()
    const seen = []
    const logged = []
    const logger = Object.fromEntries(
      ['debug', 'info', 'warn', 'error'].map((level) => [level, () => void logged.push(level)]),
    )
    const receiver = createReceiver({ channelSecret, store: memoryStore(), onError: () => {}, logger })
    receiver.use(async (context, next) => void seen.push(context.event.type, await next()))
    receiver.on(
      'message:text',
      ({ event, chatId }) => void seen.push(event.message.text, chatId === event.source.userId),
    )
    receiver.on('postback:action=buy', () => Promise.reject(new Error('sold out')))
    receiver.on('unknown', ({ event }) => void seen.push(event.payment))
    const send = async (...list) => (await receiver.fetch(await signedRequest({ channelSecret, events: list }))).status
    const hello = events.text({ text: 'こんにちは 🙂' })
    equal(await send(hello), 200, 'a message')
    equal(await send(hello), 200, 'the same message again')
    equal(await send(events.postback({ data: 'action=buy' })), 500, 'a handler that fails')
    equal(await send(events.unknown({ type: 'payment', payment: 5 })), 200, 'an unknown event')
    equal(await send(), 200, 'a delivery without events')
    equal(
      seen,
      ['こんにちは 🙂', true, 'message', true, 'postback', false, 5, 'payment', true],
      'the values in the handlers',
    )
    const forged = await signedRequest({ channelSecret: 'another', events: [hello] })
    equal((await receiver.fetch(forged)).status, 401, 'a forged delivery')
    equal(logged, ['debug', 'warn'], 'the levels of the log for the repeated event and the forged delivery')
    equal((await receiver.fetch(new Request('https://bot.example/'))).status, 405, 'a GET request')
    const large = createReceiver({ channelSecret, maxBodySize: 10 })
    equal(
      (await large.fetch(await signedRequest({ channelSecret, events: [hello] }))).status,
      413,
      'a body that is too large',
    )
    await receiver.drain()
  },

  async 'receiver: acknowledges early when waitUntil keeps the work'() {
    const events = createEvents()
    let ended = 0
    const receiver = createReceiver({ channelSecret, ack: 'early' }).on('message', async () => {
      await new Promise((done) => setTimeout(done, 20))
      ended++
    })
    const kept = []
    const context = { waitUntil: (work) => void kept.push(work) }
    equal(
      (await receiver.fetch(await signedRequest({ channelSecret, events: [events.text()] }), context)).status,
      200,
      'the status',
    )
    equal(ended, 0, 'finished handlers at the response')
    await Promise.all(kept)
    equal(ended, 1, 'finished handlers after the work')
  },

  async 'receiver: answers 408 to a body that stalls'() {
    const receiver = createReceiver({ channelSecret, bodyTimeout: 30 })
    const body = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{"des')) })
    const headers = { 'x-line-signature': `${'A'.repeat(43)}=` }
    const request = new Request('https://bot.example/', { method: 'POST', headers, body, duplex: 'half' })
    equal((await receiver.fetch(request)).status, 408, 'the status')
  },

  async 'mentions: count in UTF-16 code units'() {
    const message = {
      text: '👋 @shop menu',
      mention: { mentionees: [{ type: 'user', index: 3, length: 5, isSelf: true }] },
    }
    equal([mentionsMe(message), textWithoutMentions(message)], [true, '👋 menu'], 'mentions')
  },

  async 'client and receiver: reply and push to a user of the emulator'() {
    const emulator = createEmulator()
    const account = emulator.createAccount({ name: 'Tea House', kind: 'verified' })
    const line = createLineClient({
      channelId: account.channelId,
      channelSecret: account.channelSecret,
      fetch: emulator.fetch,
    })
    const receiver = createReceiver({ channelSecret: account.channelSecret, client: line })
    receiver.on('message:text', async ({ event, reply, push }) => {
      await reply(`You said: ${event.message.text}`)
      await push('And more')
    })
    account.connect(receiver)
    const person = emulator.createPerson({ displayName: 'Mika' })
    await person.addFriend(account)
    await person.send(account, 'hello')
    const texts = person.chatWith(account).map(({ from, message }) => `${from}: ${message.text}`)
    equal(texts, ['person: hello', 'account: You said: hello', 'account: And more'], 'the chat')
    const followers = []
    for await (const userId of each(line.messaging.getFollowers, { limit: 10 })) followers.push(userId)
    equal(followers, [person.userIdFor(account)], 'followers')
    const refused = await line.messaging.pushMessage({ to: 'nobody', messages: [] }).catch((error) => error)
    equal(
      [refused instanceof LineError, refused.code, refused.outcome],
      [true, 'LINE_API', 'rejected'],
      'a refused push',
    )
  },

  async 'keys: generates and exports a key and gets a token with it'() {
    const emulator = createEmulator()
    const account = emulator.createAccount({ name: 'Tea House' })
    const { channelId } = account
    const pair = await generateAssertionKey()
    equal([pair.publicJwk.kty, pair.publicJwk.alg, 'd' in pair.publicJwk], ['RSA', 'RS256', false], 'the public key')
    const kid = emulator.console.registerAssertionKey(account, pair.publicJwk)
    const key = assertionKey({ kid, privateKey: await pair.exportPrivateJwk() })
    equal((await signAssertion({ channelId, key })).split('.').length, 3, 'an assertion')
    const line = createLineClient({
      channelAccessToken: statelessTokens({ channelId, assertionKey: key }),
      fetch: emulator.fetch,
    })
    equal(typeof (await line.messaging.getBotInfo({})).userId, 'string', 'bot info')
  },
}

/** Runs every case and returns the names. */
export async function runSuite() {
  const passed = []
  for (const [name, run] of Object.entries(cases)) {
    try {
      await run()
    } catch (error) {
      throw new Error(`${name}: ${error?.message}`)
    }
    passed.push(name)
  }
  return passed
}
