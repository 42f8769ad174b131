import { channelAccessToken } from '@line/bot-sdk'
import { createLineClient } from 'line-oa'
import { assertionKey, generateAssertionKey } from 'line-oa/keys'
import { expect } from 'vitest'
import { type PeerWorld, peerClient } from './table.js'

const grant = 'client_credentials'
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const issuedStateless = { token_type: 'Bearer', expires_in: 900 }

async function assertion({ emulator, account }: PeerWorld): Promise<string> {
  const pair = await generateAssertionKey()
  const kid = emulator.console.registerAssertionKey(account, pair.publicJwk)
  const key = assertionKey({ kid, privateKey: await pair.exportPrivateJwk() })
  return key.assertion({ channelId: account.channelId, now: emulator.clock.now() })
}

const issueV21 = async (world: PeerWorld) =>
  world.line.tokens.issueChannelTokenByJWT({
    ...{ grant_type: grant, client_assertion_type: assertionType, client_assertion: await assertion(world) },
  })

const issueShortLived = ({ line, account }: PeerWorld) =>
  line.tokens.issueChannelToken({
    grant_type: grant,
    client_id: account.channelId,
    client_secret: account.channelSecret,
  })

/** The user ID of the bot that a token belongs to. */
async function botOf({ emulator }: PeerWorld, token: string): Promise<string> {
  const line = createLineClient({ channelAccessToken: token, fetch: emulator.fetch, clock: emulator.clock })
  return (await line.messaging.getBotInfo()).userId
}

export const channelAccessTokenClient = peerClient(
  channelAccessToken.ChannelAccessTokenClient,
  ({ url }) => new channelAccessToken.ChannelAccessTokenClient({ baseURL: url }),
  {
    issueStatelessChannelToken: async (peer, world) => {
      const { channelId, channelSecret, userId } = world.account
      const there = await peer.issueStatelessChannelToken(grant, undefined, undefined, channelId, channelSecret)
      expect(there).toMatchObject(issuedStateless)
      expect(await botOf(world, there.access_token)).toBe(userId)
    },
    issueStatelessChannelTokenByClientSecret: async (peer, world) => {
      const { channelId, channelSecret, userId } = world.account
      const there = await peer.issueStatelessChannelTokenByClientSecret(channelId, channelSecret)
      expect(there).toMatchObject(issuedStateless)
      expect(await botOf(world, there.access_token)).toBe(userId)
    },
    issueStatelessChannelTokenByJWTAssertion: async (peer, world) => {
      const there = await peer.issueStatelessChannelTokenByJWTAssertion(await assertion(world))
      expect(there).toMatchObject(issuedStateless)
      expect(await botOf(world, there.access_token)).toBe(world.account.userId)
    },
    issueChannelTokenByJWT: async (peer, world) => {
      const { access_token } = await peer.issueChannelTokenByJWT(grant, assertionType, await assertion(world))
      expect(await world.line.tokens.verifyChannelTokenByJWT({ access_token })).toMatchObject({
        client_id: world.account.channelId,
      })
    },
    getsAllValidChannelAccessTokenKeyIds: async (peer, world) => {
      const { key_id } = await issueV21(world)
      const proof = await assertion(world)
      const there = await peer.getsAllValidChannelAccessTokenKeyIds(assertionType, proof)
      expect(there).toEqual({ kids: [key_id] })
      expect(there).toEqual(
        await world.line.tokens.getsAllValidChannelAccessTokenKeyIds({
          client_assertion_type: assertionType,
          client_assertion: proof,
        }),
      )
    },
    verifyChannelTokenByJWT: async (peer, world) => {
      const { access_token } = await issueV21(world)
      const there = await peer.verifyChannelTokenByJWT(access_token)
      expect(there).toMatchObject({ client_id: world.account.channelId })
      expect(there).toEqual(await world.line.tokens.verifyChannelTokenByJWT({ access_token }))
    },
    revokeChannelTokenByJWT: async (peer, world) => {
      const { access_token } = await issueV21(world)
      await peer.revokeChannelTokenByJWT(world.account.channelId, world.account.channelSecret, access_token)
      await expect(world.line.tokens.verifyChannelTokenByJWT({ access_token })).rejects.toMatchObject({ status: 400 })
    },
    issueChannelToken: async (peer, world) => {
      const { channelId, channelSecret } = world.account
      const { access_token } = await peer.issueChannelToken(grant, channelId, channelSecret)
      expect(await world.line.tokens.verifyChannelToken({ access_token })).toMatchObject({ client_id: channelId })
    },
    verifyChannelToken: async (peer, world) => {
      const { access_token } = await issueShortLived(world)
      const there = await peer.verifyChannelToken(access_token)
      expect(there).toMatchObject({ client_id: world.account.channelId })
      expect(there).toEqual(await world.line.tokens.verifyChannelToken({ access_token }))
    },
    revokeChannelToken: async (peer, world) => {
      const { access_token } = await issueShortLived(world)
      await peer.revokeChannelToken(access_token)
      await expect(world.line.tokens.verifyChannelToken({ access_token })).rejects.toMatchObject({ status: 400 })
    },
  },
)
