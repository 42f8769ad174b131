import { Agent, request } from 'node:http'
import { events, signedDelivery } from 'line-oa/testing'
import { startServer } from './child.ts'
import { compare, type Ratio, timedAtOnce } from './rounds.ts'

const channelSecret = '8c570fa6dd201bb328f1c1eac23a96d8'

/** One verified delivery of one event through an HTTP server, 32 at once over connections that stay open. */
export async function deliveryRatios(count: number, slices: number): Promise<Ratio[]> {
  const { body, signature } = await signedDelivery({ channelSecret, events: [events.text({ text: 'hello' })] })
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'x-line-signature': signature,
  }
  const deliver = (url: string) =>
    new Promise<void>((resolve, reject) => {
      request(url, { agent, method: 'POST', headers }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`answered ${response.statusCode}`))
        response.resume().on('end', resolve)
      })
        .on('error', reject)
        .end(body)
    })
  const names = ['line-oa', 'express and @line/bot-sdk']
  const servers = await Promise.all(names.map((name) => startServer('./bot-server.ts', name)))
  try {
    const { ratios } = await compare(
      names.map((name, index) => ({ name, run: () => timedAtOnce(count, 32, () => deliver(servers[index]?.url ?? '')) })),
      { slices },
    )
    return ratios
  } finally {
    for (const server of servers) server.stop()
    agent.destroy()
  }
}
