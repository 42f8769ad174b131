// Login clients that do not use this SDK log in through the emulator, with the settings that LINE requires.
import { Line } from 'arctic'
import { createEmulator } from 'line-oa/emulator'
import { verifyIdToken } from 'line-oa/id-token'
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientMetadata,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  refreshTokenGrant,
  tokenRevocation,
} from 'openid-client'
import { describe, expect, test, vi } from 'vitest'

const redirectUri = 'https://app.example/callback'
const state = '0123456789abcdef'

function setup() {
  const emulator = createEmulator()
  const channel = emulator.createLoginChannel({ published: true, settings: { callbackUrls: [redirectUri] } })
  const person = emulator.createPerson({ displayName: 'Mika' })
  return { emulator, channel, person, userId: person.userIdFor(channel) }
}

async function openId(
  { emulator, channel }: ReturnType<typeof setup>,
  metadata: Partial<ClientMetadata>,
): Promise<Configuration> {
  const fetch = (url: string, init: object) => emulator.fetch(url, init)
  const server = new URL('https://access.line.me')
  return discovery(server, channel.channelId, metadata, ClientSecretPost(channel.channelSecret), {
    [customFetch]: fetch,
  })
}

async function logIn({ person }: ReturnType<typeof setup>, config: Configuration) {
  const [verifier, nonce] = [randomPKCECodeVerifier(), randomNonce()]
  const url = buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid profile',
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  const back = await person.login(url)
  return authorizationCodeGrant(config, new URL(back.url), {
    pkceCodeVerifier: verifier,
    expectedNonce: nonce,
    expectedState: state,
  })
}

describe('openid-client', () => {
  test('logs in with the setting HS256, and uses the tokens', async () => {
    const world = setup()
    const config = await openId(world, { id_token_signed_response_alg: 'HS256' })
    const tokens = await logIn(world, config)
    expect(tokens.claims()).toMatchObject({ sub: world.userId, name: 'Mika', aud: world.channel.channelId })
    expect(await fetchUserInfo(config, tokens.access_token, world.userId)).toEqual({ sub: world.userId, name: 'Mika' })
    const fresh = await refreshTokenGrant(config, tokens.refresh_token ?? '')
    expect(fresh.refresh_token).toBe(tokens.refresh_token)
    await tokenRevocation(config, fresh.access_token).then(
      () => expect.unreachable('LINE calls the parameter access_token, and OAuth calls it token'),
      (error: unknown) => expect(error).toMatchObject({ error: 'invalid_request' }),
    )
  })

  test('fails without that setting, because the OpenID configuration lists ES256 only', async () => {
    const world = setup()
    await expect(logIn(world, await openId(world, {}))).rejects.toMatchObject({
      cause: { cause: { header: { alg: 'HS256' }, expected: ['ES256'] } },
    })
  })
})

test('arctic logs in and refreshes', async () => {
  const { emulator, channel, person, userId } = setup()
  vi.stubGlobal('fetch', emulator.fetch)
  const { channelId, channelSecret } = channel
  const line = new Line(channelId, channelSecret, redirectUri)
  const verifier = 'v'.repeat(43)
  const back = new URL((await person.login(line.createAuthorizationURL(state, verifier, ['openid', 'profile']))).url)
  expect(back.searchParams.get('state')).toBe(state)
  const tokens = await line.validateAuthorizationCode(back.searchParams.get('code') ?? '', verifier)
  expect(await verifyIdToken(tokens.idToken(), { channelId, channelSecret })).toMatchObject({
    sub: userId,
    name: 'Mika',
  })
  const fresh = await line.refreshAccessToken(tokens.refreshToken())
  expect(fresh.refreshToken()).toBe(tokens.refreshToken())
})
