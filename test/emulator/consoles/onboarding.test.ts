// Complete paths through the consoles, as help pages describe them.

import { createEmulator } from 'line-oa/emulator'
import { assertionKey, signAssertion } from 'line-oa/keys'
import { expect, test } from 'vitest'
import { testPair } from '../../keys/fixed-key.js'
import { call, form, inbox, inputError, text } from '../setup.js'
import { enabled, entryForm, refused } from './setup.js'

test('a shop creates an account, enables the Messaging API, and gives five values to a chat tool', async () => {
  const hub = inbox()
  const emulator = createEmulator({ clock: 'manual', deliver: hub.fetch })
  const { businessId } = emulator

  // Mika signs in with the LINE account of her phone.
  const mika = emulator.createPerson({ displayName: 'Mika' })
  const phone = businessId.phone(mika)
  phone.setEmail('mika@line.example')
  phone.setPassword('secret')
  const login = businessId.startSignIn({ method: 'line', email: 'mika@line.example', password: 'secret' })
  phone.enterCode(login.shownCode ?? '')
  const session = login.finish()

  // She fills in the entry form, gives the consents of the first visit, and enables the Messaging API under a provider with the company's name.
  const manager = emulator.manager.as(session)
  const account = manager.createAccount(entryForm)
  manager.acceptConsents(account)
  const developer = { name: 'Mika', email: 'mika@shop.example' }
  manager.enableMessagingApi(account, { provider: { name: 'Tea House Ltd.' }, developer, agreeToTerms: true })

  // The five values are in two consoles; the same session opens both.
  const page = manager.messagingApi(account)
  if (page.status === 'off') throw new Error('Expected the Messaging API to be enabled')
  const console = emulator.console.as(session)
  const [{ channelId = '' } = {}] = console.channels()
  const channel = { channelId }
  const values = {
    appName: console.channel(channel).name,
    channelId,
    channelSecret: page.channelSecret,
    channelAccessToken: console.issueLongLivedToken(channel),
    lineId: account.basicId.slice(1),
  }
  expect(values).toMatchObject({ appName: 'Tea House', channelId: page.channelId })
  const botInfo = async () =>
    (await call(emulator, 'GET /v2/bot/info', undefined, { token: values.channelAccessToken })).body
  expect(await botInfo()).toMatchObject({ basicId: `@${values.lineId}`, displayName: 'Tea House' })

  // The URL of the tool is set, verified and turned on; the switch falls back, and is set in the Official Account Manager.
  console.setWebhookUrl(channel, 'https://hub.example/line')
  expect(await console.verifyWebhook(channel)).toMatchObject({ success: true })
  emulator.faults.consoles({ webhookFallsBack: 1 })
  console.setUseWebhook(channel, true)
  await emulator.clock.advance(1000)
  expect(console.channel(channel).responseSettings?.webhook).toBe(false)
  manager.setResponseSettings(account, { webhook: true })

  // Responses come from the tool only, so that users do not get two greetings.
  manager.setResponseSettings(account, { chat: false, greeting: false, autoResponse: false })
  const customer = emulator.createPerson({ displayName: 'Ken' })
  await customer.addFriend(account)
  await customer.send(account, 'hello')
  expect(customer.chatWith(account)).toHaveLength(1)
  // Responses come from both: Chat is on, with manual responses.
  manager.setResponseSettings(account, { chat: true, autoResponse: true, chatResponse: 'manual' })
  await customer.send(account, 'hello?')
  expect(customer.chatWith(account)).toHaveLength(2)
  expect(await botInfo()).toMatchObject({ chatMode: 'chat' })
  expect(hub.events().map(({ type }) => type)).toEqual(['follow', 'message', 'message'])

  // A colleague becomes a second administrator.
  const aya = businessId.register({ email: 'aya@shop.example', password: 'secret' })
  const ayas = businessId.signIn(aya)
  expect(() => emulator.manager.as(ayas).messagingApi(account)).toThrow(refused('no_oam_permission', 400))
  emulator.manager.as(ayas).acceptInvitation(manager.invite(account, 'administrator'))
  expect(emulator.manager.as(ayas).messagingApi(account)).toMatchObject({ channelId })
})

test('a marketing tool provides a public key, and gets its kid, a LINE Login channel and the existing token', async () => {
  const { emulator, mika, account, channel, provider } = enabled()
  const { console } = mika
  const existing = console.issueLongLivedToken(channel)

  const pair = await testPair()
  const login = console.createLoginChannel({
    provider,
    region: 'JP',
    name: 'Tea House',
    description: 'Members',
    appTypes: ['web'],
    email: 'dev@shop.example',
    agreeToTerms: true,
  })
  const kid = console.registerAssertionKey(login, pair.publicJwk)
  const key = assertionKey({ kid, privateKey: await pair.exportPem() })
  const assertion = await signAssertion({ channelId: login.channelId, key, now: emulator.clock.now() })
  const issued = await form(emulator, '/oauth2/v3/token', {
    grant_type: 'client_credentials',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  })
  expect(issued.status).toBe(200)

  console.setCallbackUrls(login, ['https://tool.example/callback'])
  const address = new URL('https://access.line.me/oauth2/v2.1/authorize')
  address.search = String(
    new URLSearchParams({
      response_type: 'code',
      client_id: login.channelId,
      redirect_uri: 'https://tool.example/callback',
      state: 'state',
      scope: 'profile openid',
      bot_prompt: 'normal',
    }),
  )
  const customer = emulator.createPerson({ displayName: 'Ken' })
  await expect(customer.login(address)).rejects.toEqual(inputError)

  // A tester can log in with the LINE account of the Business ID.
  const tester = emulator.createPerson({ displayName: 'Tess' })
  const tess = emulator.businessId.register({ lineAccount: tester })
  await expect(tester.login(address)).rejects.toEqual(inputError)
  emulator.console.appointAtChannel(login, tess, 'tester')
  expect(new URL((await tester.login(address)).url).searchParams.get('code')).toBeTruthy()

  console.publish(login)
  console.linkAccount(login, account)
  const callback = new URL((await customer.login(address, { addFriend: true })).url)
  expect(callback.searchParams.get('friendship_status_changed')).toBe('true')
  expect(account.name).toBe('Tea House')

  // The existing token is unchanged.
  expect(console.channel(channel).longLivedToken).toBe(existing)
  const push = { to: customer.userIdFor(channel), messages: [text('Welcome')] }
  expect((await call(emulator, 'POST /v2/bot/message/push', push, { token: existing })).status).toBe(200)
})
