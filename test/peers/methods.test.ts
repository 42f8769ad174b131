// Every method of LINE's own clients is called once over real HTTP. A method that a table lacks fails, and so does one that the peer lacks.
import { describe, expect, test } from 'vitest'
import { audienceBlobClient, audienceClient } from './methods/audience.js'
import { insightClient } from './methods/insight.js'
import { liffClient } from './methods/liff.js'
import { moduleAttachClient, moduleClient } from './methods/module.js'
import { shopClient } from './methods/shop.js'
import { createPeerWorld, methodsOf } from './methods/table.js'

const clients = [insightClient, audienceClient, audienceBlobClient, liffClient, moduleClient, moduleAttachClient, shopClient]

describe.each(clients.map((client) => [client.type.name, client] as const))('%s', (_, client) => {
  test('has the methods of its table', () => {
    expect([...client.names].sort()).toEqual([...methodsOf(client.type)].sort())
  })

  test.each(client.names)('%s', async (name) => {
    const world = await createPeerWorld()
    try {
      await client.run(name, world)
    } finally {
      await world.close()
    }
  })
})
