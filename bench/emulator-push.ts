import { once } from 'node:events'
import { startServer } from './child.ts'
import type { PushTarget } from './emulator-server.ts'
import { openLoad, postBytes } from './load.ts'
import { type Case, compare, type Ratio } from './rounds.ts'

/**
 * Measures pushes of one text message to the emulator over HTTP, with 32 concurrent keep-alive connections, as requests per second in
 * relation to a bare `node:http` server that parses and answers the same JSON. Both run in separate processes, and slices of both alternate.
 */
export async function emulatorPushRatio(count: number, slices: number): Promise<Ratio> {
  const start = async (name: string) => {
    const server = await startServer('./emulator-server.ts', name)
    server.child.send('target')
    const [{ channelAccessToken, to }] = (await once(server.child, 'message')) as [PushTarget] // emulator-server.ts sends it
    const load = await openLoad(Number(new URL(server.url).port), 32)
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${channelAccessToken}` }
    const push = postBytes(
      JSON.stringify({ to, messages: [{ type: 'text', text: 'hello' }] }),
      headers,
      '/v2/bot/message/push',
    )
    const requests = Array<Buffer>(count).fill(push)
    const stop = () => {
      load.stop()
      server.stop()
    }
    // Requests per second, so that the ratio is of these and not of the time.
    const timed: Case = { name, run: async () => 1e6 / (await load.send(requests)) }
    return { timed, stop }
  }
  const [emulator, bare] = [await start('emulator'), await start('bare')]
  try {
    const [ratio] = (await compare([emulator.timed, bare.timed], { rounds: 7, slices })).ratios
    if (!ratio) throw new Error('nothing was measured')
    return ratio
  } finally {
    emulator.stop()
    bare.stop()
  }
}
