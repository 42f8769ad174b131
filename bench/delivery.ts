import { Agent, request } from 'node:http'
import { createEvents, signedDelivery } from 'line-oa/testing'
import { startServer } from './child.ts'
import { compare, type Ratio, timedAtOnce } from './rounds.ts'

const channelSecret = '8c570fa6dd201bb328f1c1eac23a96d8'

interface Signed {
  readonly body: string
  readonly headers: { readonly [name: string]: string | number }
}

/**
 * One verified delivery of one event through an HTTP server, 32 at once over connections that stay open, against the official
 * middleware in Express 5 and on bare `node:http`. Every delivery has an event of its own, since one that was handled is skipped.
 */
export async function deliveryRatios(count: number, slices: number): Promise<{ express: Ratio[]; bare: Ratio[] }> {
  const events = createEvents()
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  const sign = async (): Promise<Signed> => {
    const { body, signature } = await signedDelivery({ channelSecret, events: [events.text({ text: 'hello' })] })
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'x-line-signature': signature,
    }
    return { body, headers }
  }
  const deliver = (url: string, { body, headers }: Signed) =>
    new Promise<void>((resolve, reject) => {
      request(url, { agent, method: 'POST', headers }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`answered ${response.statusCode}`))
        response.resume().on('end', resolve)
      })
        .on('error', reject)
        .end(body)
    })
  const names = ['line-oa', 'express and @line/bot-sdk', 'node:http and @line/bot-sdk'] as const
  const servers = await Promise.all(names.map((name) => startServer('./bot-server.ts', name)))
  const caseOf = (index: number) => ({
    name: names[index] ?? '',
    // Made and signed outside of the time.
    run: async () => {
      const deliveries = await Promise.all(Array.from({ length: count }, sign))
      return timedAtOnce(count, 32, () => deliver(servers[index]?.url ?? '', deliveries.pop() ?? { body: '', headers: {} }))
    },
  })
  try {
    const express = await compare([caseOf(0), caseOf(1)], { slices })
    const bare = await compare([caseOf(0), caseOf(2)], { slices })
    return { express: express.ratios, bare: bare.ratios }
  } finally {
    for (const server of servers) server.stop()
    agent.destroy()
  }
}
