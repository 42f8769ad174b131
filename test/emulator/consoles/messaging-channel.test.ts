import type { Emulator } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { testPair } from '../../keys/fixed-key.js'
import { call, form, inbox, inputError, type LineResponse } from '../setup.js'
import { enabled, refused, team } from './setup.js'

const hour = 60 * 60 * 1000

const stateless = (emulator: Emulator, channelId: string, channelSecret: string): Promise<LineResponse> =>
  form(emulator, '/oauth2/v3/token', {
    grant_type: 'client_credentials',
    client_id: channelId,
    client_secret: channelSecret,
  })

describe('keys, tokens and the secret', () => {
  test('registering a key returns a kid, which is listed until the key is removed', async () => {
    const { emulator, mika, channel } = enabled()
    const { publicJwk } = await testPair()
    const kid = mika.console.registerAssertionKey(channel, JSON.stringify(publicJwk))
    expect(kid).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    const other = emulator.console.registerAssertionKey(channel, publicJwk)
    expect(mika.console.channel(channel).assertionKeys).toEqual([kid, other])
    mika.console.removeAssertionKey(channel, kid)
    expect(mika.console.channel(channel).assertionKeys).toEqual([other])
    expect(() => mika.console.registerAssertionKey(channel, { ...publicJwk, kid: 'mine' })).toThrow(inputError)
  })

  test('the long-lived token is shown; issuing another one ends it at once or after 0 to 24 hours', async () => {
    const { emulator, mika, channel } = enabled()
    const works = async (token: string) =>
      (await call(emulator, 'GET /v2/bot/info', undefined, { token })).status === 200
    expect(mika.console.channel(channel).longLivedToken).toBeUndefined()
    const first = mika.console.issueLongLivedToken(channel)
    expect(mika.console.channel(channel).longLivedToken).toBe(first)
    const second = mika.console.issueLongLivedToken(channel, { overlap: 24 })
    expect(mika.console.channel(channel).longLivedToken).toBe(second)
    await emulator.clock.advance(24 * hour - 1)
    expect([await works(first), await works(second)]).toEqual([true, true])
    await emulator.clock.advance(1)
    expect([await works(first), await works(second)]).toEqual([false, true])
    const third = mika.console.issueLongLivedToken(channel)
    expect([await works(second), await works(third)]).toEqual([false, true])
    for (const overlap of [-1, 24.5, Number.NaN])
      expect(() => mika.console.issueLongLivedToken(channel, { overlap })).toThrow(refused('overlap_invalid'))
    await form(emulator, '/v2/oauth/revoke', { access_token: third })
    expect(mika.console.channel(channel).longLivedToken).toBeUndefined()
  })

  test('reissuing the channel secret replaces it everywhere', async () => {
    const { emulator, mika, account, channel } = enabled()
    const receiver = inbox()
    channel.connect(receiver)
    const old = channel.channelSecret
    const friend = emulator.createPerson({ displayName: 'Friend' })
    await friend.addFriend(account)
    const secret = mika.console.reissueChannelSecret(channel)
    await friend.send(account, 'hello')
    expect(secret).toMatch(/^[0-9a-f]{32}$/)
    expect([channel.channelSecret, mika.console.channel(channel).channelSecret]).toEqual([secret, secret])
    expect((await stateless(emulator, channel.channelId, old)).status).toBe(400)
    expect((await stateless(emulator, channel.channelId, secret)).status).toBe(200)
    const signers = await Promise.all(
      receiver.requests.map(async ({ headers, raw }) => {
        const signature = headers.get('x-line-signature')
        return (await sign(raw, old)) === signature ? 'old' : (await sign(raw, secret)) === signature ? 'new' : 'nobody'
      }),
    )
    expect(signers).toEqual(['old', 'new'])
  })
})

// Signs without the SDK.
async function sign(body: string, secret: string): Promise<string> {
  const bytes = new TextEncoder()
  const key = await crypto.subtle.importKey('raw', bytes.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes.encode(body)))))
}

// Rules: set-then-verify, test-proves-no-switch, switch-in-both-consoles, switch-can-fall-back, manager-is-right.
describe('the webhook', () => {
  test('verifying the URL succeeds while the webhook is off', async () => {
    const { emulator, mika, account, channel } = enabled()
    const receiver = inbox()
    await expect(mika.console.verifyWebhook(channel)).rejects.toEqual(refused('webhook_url_missing'))
    expect(() => mika.console.setUseWebhook(channel, true)).toThrow(refused('webhook_url_missing'))
    channel.connect(receiver, { url: 'https://bot.example/hook' })
    mika.console.setUseWebhook(channel, false)
    expect(await mika.console.verifyWebhook(channel)).toEqual({
      success: true,
      status: 200,
      reason: 'ok',
      detail: '200',
    })
    const friend = emulator.createPerson({ displayName: 'Friend' })
    expect(await friend.addFriend(account)).toMatchObject({ reason: 'not_sent' })
    mika.console.setUseWebhook(channel, true)
    expect(await friend.send(account, 'hello')).toMatchObject({ reason: 'ok' })
    expect(mika.manager.responseSettings(account).webhook).toBe(true)
    expect(() => mika.console.setWebhookUrl(channel, 'http://bot.example/')).toThrow(refused('webhook_url_invalid'))
    mika.console.setWebhookUrl(channel, 'https://nobody.invalid/')
    expect(await mika.console.verifyWebhook(channel)).toMatchObject({
      success: false,
      reason: 'could_not_connect',
      detail: expect.any(String),
    })
    mika.console.setRedelivery(channel, true)
    expect(account.settings).toMatchObject({ redelivery: true, webhookUrl: 'https://nobody.invalid/' })
  })

  test('error statistics start when they are turned on, are visible to admins and members, and do not include verifications', async () => {
    const { emulator, admin, member, tester, account, channel } = team()
    admin.console.setWebhookUrl(channel, 'https://nobody.invalid/')
    admin.console.setUseWebhook(channel, true)
    const friend = emulator.createPerson({ displayName: 'Friend' })
    await friend.addFriend(account)
    expect(admin.console.channel(channel).webhookErrors).toBeUndefined()
    await emulator.clock.advance(1)
    admin.console.setErrorStatistics(channel, true)
    await emulator.clock.advance(1)
    admin.console.setErrorStatistics(channel, true)
    await admin.console.verifyWebhook(channel)
    await friend.send(account, 'hello')
    const errors = [{ event: { type: 'message' }, reason: 'could_not_connect' }]
    expect(admin.console.channel(channel).webhookErrors).toMatchObject(errors)
    expect(member.console.channel(channel).webhookErrors).toMatchObject(errors)
    expect(tester.console.channel(channel).webhookErrors).toBeUndefined()
    admin.console.setErrorStatistics(channel, false)
    expect(member.console.channel(channel).webhookErrors).toBeUndefined()
  })

  const active = async (emulator: Emulator, token: string) =>
    ((await call(emulator, 'GET /v2/bot/channel/webhook/endpoint', undefined, { token })).body as { active: boolean })
      .active

  test.each(['console', 'manager'] as const)(
    'the fault webhookFallsBack turns the webhook off a second after it was turned on in the %s',
    async (place) => {
      const { emulator, mika, account, channel } = enabled()
      const token = channel.issueLongLivedToken()
      mika.console.setWebhookUrl(channel, 'https://bot.example/')
      const turnOn = () =>
        place === 'console'
          ? mika.console.setUseWebhook(channel, true)
          : mika.manager.setResponseSettings(account, { webhook: true })
      emulator.faults.consoles({ webhookFallsBack: 1 })
      turnOn()
      expect(await active(emulator, token)).toBe(true)
      await emulator.clock.advance(1000)
      expect(await active(emulator, token)).toBe(false)
      turnOn()
      await emulator.clock.advance(1000)
      expect(await active(emulator, token)).toBe(true)
    },
  )

  test('the fault consoleRefusesWebhook affects the console, not the Official Account Manager', async () => {
    const { emulator, mika, account, channel } = enabled()
    mika.console.setWebhookUrl(channel, 'https://bot.example/')
    emulator.faults.consoles({ consoleRefusesWebhook: true })
    expect(() => mika.console.setUseWebhook(channel, true)).toThrow(refused('switch_refused'))
    mika.manager.setResponseSettings(account, { webhook: true })
    expect(await active(emulator, channel.issueLongLivedToken())).toBe(true)
  })

  test('the console shows settings of the Official Account Manager after displayLag; the API shows them at once', async () => {
    const { emulator, mika, account, channel } = enabled({ consoles: { displayLag: 60_000 } })
    const shown = () => mika.console.channel(channel).responseSettings
    mika.manager.setResponseSettings(account, { greeting: false })
    await emulator.clock.advance(30_000)
    mika.manager.setResponseSettings(account, { webhook: true })
    expect(shown()).toMatchObject({ greeting: true, webhook: false })
    expect(mika.manager.responseSettings(account)).toMatchObject({ greeting: false, webhook: true })
    await emulator.clock.advance(30_000)
    expect(shown()).toMatchObject({ greeting: false, webhook: false })
    await emulator.clock.advance(30_000)
    expect(shown()).toMatchObject({ greeting: false, webhook: true })
    const immediate = enabled()
    immediate.mika.manager.setResponseSettings(immediate.account, { greeting: false })
    expect(immediate.mika.console.channel(immediate.channel).responseSettings?.greeting).toBe(false)
  })
})
