// Every method of the official SDK's clients is called once over HTTP. A method that is missing in a table fails, and so does an extra one.
import * as sdk from '@line/bot-sdk'
import { describe, expect, test } from 'vitest'
import { audienceBlobClient, audienceClient } from './methods/audience.js'
import { channelAccessTokenClient } from './methods/channel-access-token.js'
import { insightClient } from './methods/insight.js'
import { liffClient } from './methods/liff.js'
import { messagingClient } from './methods/messaging.js'
import { messagingBlobClient } from './methods/messaging-blob.js'
import { moduleAttachClient, moduleClient } from './methods/module.js'
import { shopClient } from './methods/shop.js'
import { createPeerWorld, methodsOf } from './methods/table.js'

const clients = [
  ...[
    messagingClient,
    messagingBlobClient,
    channelAccessTokenClient,
    insightClient,
    audienceClient,
    audienceBlobClient,
  ],
  ...[liffClient, moduleClient, moduleAttachClient, shopClient],
]

test('every client that the official SDK exports is tested', () => {
  const exported = Object.values(sdk).flatMap((part: unknown) =>
    typeof part === 'object' && part !== null ? Object.keys(part).filter((name) => name.endsWith('Client')) : [],
  )
  expect(exported).toContain('MessagingApiClient')
  expect(clients.map(({ type }) => type.name).sort()).toEqual(exported.sort())
})

describe.each(clients.map((client) => [client.type.name, client] as const))('%s', (_, client) => {
  test('has the methods of its table', () => {
    expect([...client.names].sort()).toEqual([...methodsOf(client.type)].sort())
  })

  test.each(client.names)('%s works', async (name) => {
    const world = await createPeerWorld()
    try {
      await client.run(name, world)
    } finally {
      await world.close()
    }
  })
})
