import { LineBotClient } from '@line/bot-sdk'
import ky from 'ky'
import { createLineClient } from 'line-oa'
import { startServer } from './child.ts'
import { type Case, compare, type Ratio, timed, timedAtOnce } from './rounds.ts'

const channelAccessToken = 'token'
const to = 'U8e742f61d673b39c7fff3cecb7536ef0'
const messages = [{ type: 'text' as const, text: 'hello' }]

/** Compares one push over loopback with line-oa, ky alone and fetch alone to the official client, sequentially and 32 concurrently. */
export async function pushRatios(count: number, slices: number): Promise<{ turn: Ratio[]; atOnce: Ratio[] }> {
  const server = await startServer('./line-stub.ts')
  const line = createLineClient({ channelAccessToken, baseUrl: server.url })
  const official = LineBotClient.fromChannelAccessToken({ channelAccessToken, apiBaseURL: server.url })
  const url = `${server.url}/v2/bot/message/push`
  const headers = () => ({ authorization: `Bearer ${channelAccessToken}`, 'x-line-retry-key': crypto.randomUUID() })
  const calls: { readonly [name: string]: () => Promise<unknown> } = {
    'line-oa': () => line.messaging.pushMessage({ to, messages }),
    'ky alone': () => ky.post(url, { json: { to, messages }, headers: headers() }).json(),
    'fetch alone': async () => {
      const body = JSON.stringify({ to, messages })
      return (
        await fetch(url, { method: 'POST', body, headers: { ...headers(), 'content-type': 'application/json' } })
      ).json()
    },
    '@line/bot-sdk': () => official.pushMessage({ to, messages }, crypto.randomUUID()),
  }
  const cases = (time: (call: () => Promise<unknown>) => Promise<number>): Case[] =>
    Object.entries(calls).map(([name, call]) => ({ name, run: () => time(call) }))
  try {
    const turn = await compare(
      cases((call) => timed(count, call)),
      { slices },
    )
    const atOnce = await compare(
      cases((call) => timedAtOnce(count, 32, call)),
      { slices },
    )
    return { turn: turn.ratios, atOnce: atOnce.ratios }
  } finally {
    server.stop()
  }
}
