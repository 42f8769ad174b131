import { createEvents, signedDelivery } from 'line-oa/testing'
import { startServer } from './child.ts'
import { openLoad, postBytes } from './load.ts'
import { type Case, compare, type Ratio } from './rounds.ts'

const channelSecret = '8c570fa6dd201bb328f1c1eac23a96d8'

/**
 * Measures deliveries of one event to an HTTP server, including signature verification, with 32 concurrent keep-alive connections. Compares
 * with the official middleware in Express 5 and on plain `node:http`. Every delivery has a new event, because handled events are skipped.
 */
export async function deliveryRatios(count: number, slices: number): Promise<{ express: Ratio[]; bare: Ratio[] }> {
  const events = createEvents()
  const make = async (): Promise<Buffer> => {
    const { body, signature } = await signedDelivery({ channelSecret, events: [events.text({ text: 'hello' })] })
    return postBytes(body, { 'content-type': 'application/json; charset=utf-8', 'x-line-signature': signature })
  }
  const start = async (name: string) => {
    const server = await startServer('./bot-server.ts', name)
    const load = await openLoad(Number(new URL(server.url).port), 32)
    const stop = () => {
      load.stop()
      server.stop()
    }
    // Deliveries are created and signed outside the measured time.
    const timed: Case = { name, run: async () => load.send(await Promise.all(Array.from({ length: count }, make))) }
    return { timed, stop }
  }
  const [ours, express, bare] = [
    await start('line-oa'),
    await start('express and @line/bot-sdk'),
    await start('node:http and @line/bot-sdk'),
  ]
  try {
    return {
      express: (await compare([ours.timed, express.timed], { slices })).ratios,
      bare: (await compare([ours.timed, bare.timed], { slices })).ratios,
    }
  } finally {
    for (const { stop } of [ours, express, bare]) stop()
  }
}
