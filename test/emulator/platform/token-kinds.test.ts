import type { Account, Emulator, LoginChannel } from 'line-oa/emulator'
import { assertionKey, signAssertion } from 'line-oa/keys'
import { describe, expect, test } from 'vitest'
import { testPair } from '../../keys/fixed-key.js'
import { call, form, setup, tokenFor } from '../setup.js'

const issued = ({ body }: { readonly body: unknown }) => (body as { access_token: string }).access_token // an issued token

const shortLived = async (emulator: Emulator, { channelId, channelSecret }: Account | LoginChannel) =>
  issued(
    await form(emulator, '/v2/oauth/accessToken', {
      grant_type: 'client_credentials',
      client_id: channelId,
      client_secret: channelSecret,
    }),
  )

async function v21(emulator: Emulator, channel: Account | LoginChannel): Promise<string> {
  const pair = await testPair()
  const kid = emulator.console.registerAssertionKey(channel, pair.publicJwk)
  const key = assertionKey({ kid, privateKey: await pair.exportPem() })
  const { channelId } = channel
  const assertion = await signAssertion({ channelId, key, now: emulator.clock.now(), tokenLifetime: 60 })
  return issued(
    await form(emulator, '/oauth2/v2.1/token', {
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    }),
  )
}

describe('kinds of channel access tokens', () => {
  test('a Messaging API channel uses all four kinds', async () => {
    const { emulator, account } = await setup()
    const tokens = [
      await shortLived(emulator, account),
      await tokenFor(emulator, account),
      await v21(emulator, account),
      account.issueLongLivedToken(),
    ]
    for (const token of tokens)
      expect((await call(emulator, 'GET /v2/bot/info', undefined, { token })).status).toBe(200)
  })

  test('a LIFF operation accepts short-lived and stateless tokens of a LINE Login channel only', async () => {
    const { emulator, account } = await setup()
    const login = emulator.createLoginChannel()
    const tokens = [
      await shortLived(emulator, login),
      await tokenFor(emulator, login),
      await v21(emulator, login),
      account.issueLongLivedToken(),
      await tokenFor(emulator, account),
    ]
    const add = (token: string) =>
      call(emulator, 'POST /liff/v1/apps', { view: { type: 'full', url: 'https://example.com/app' } }, { token })
    const statuses = (await Promise.all(tokens.map(add))).map(({ status }) => status)
    expect(statuses).toEqual([200, 200, 401, 401, 403])
  })

  test('an operation of users does not accept a channel access token', async () => {
    const { emulator, account } = await setup()
    const token = await tokenFor(emulator, account)
    expect((await call(emulator, 'GET /v2/profile', undefined, { token })).status).toBe(401)
  })
})
