import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { LineBotClient } from '@line/bot-sdk'
import { createLineClient, sendToMany } from 'line-oa'
import { startServer } from './child.ts'
import type { Counts, LineForMany } from './line-for-many.ts'
import type { ManyEnd, ManyRun } from './many-child.ts'
import { userIds } from './user-ids.ts'

const run = promisify(execFile)
const child = join(import.meta.dirname, 'many-child.ts')

async function startLine(options: Partial<LineForMany>) {
  const server = await startServer(
    './line-for-many.ts',
    JSON.stringify({ people: 0, friends: 0, failEvery: 0, latency: 0, ...options }),
  )
  const ask = async <T>(path: string): Promise<T> => (await (await fetch(server.url + path)).json()) as T // as line-for-many.ts responds
  const start = await ask<{ readonly channelAccessToken: string; readonly userIds: readonly string[] }>('/start')
  return { ...server, ...start, counts: () => ask<Counts>('/counts') }
}

async function runChild(options: ManyRun): Promise<ManyEnd> {
  // By default, Node sizes the space for new objects by the machine's memory, which can exceed everything measured here.
  const { stdout } = await run(process.execPath, ['--max-semi-space-size=16', child, JSON.stringify(options)])
  return JSON.parse(stdout) as ManyEnd // written by many-child.ts
}

/** One run over a long list, within LINE's rate limit. */
export interface FullRun extends Counts {
  readonly dedupe: 'batch' | 'all'
  /** Requests per second, as a share of LINE's 200. It can exceed 1, because LINE's token bucket is full at the start. */
  readonly share: number
  /** Peak memory above that of the same number of requests with one user each, in bytes. */
  readonly memory: number
}

/** Sends to many users from one process, as fast as LINE allows, with each way to find duplicates. */
export async function fullRuns(people: number): Promise<FullRun[]> {
  const once = async (dedupe: ManyRun['dedupe']) => {
    const line = await startLine({ people })
    try {
      const { url, channelAccessToken } = line
      return {
        ...(await runChild({ url, channelAccessToken, dedupe, rate: 200, list: people })),
        counts: await line.counts(),
      }
    } finally {
      line.stop()
    }
  }
  const bare = await once('none')
  const runs: FullRun[] = []
  for (const dedupe of ['batch', 'all'] as const) {
    const { duration, peak, counts } = await once(dedupe)
    runs.push({
      ...counts,
      duration,
      dedupe,
      share: Math.ceil(people / 500) / (duration / 1000) / 200,
      memory: peak - bare.peak,
    })
  }
  return runs
}

/** The result of one way to send to many users. */
export interface Way extends Counts {
  readonly name: string
}

/** Compares sendToMany with typical loops around the official client, which retry a failed batch once. One request in a hundred fails. */
export async function ways(people: number): Promise<Way[]> {
  const messages = [{ type: 'text' as const, text: 'hello' }]
  const batches = () => {
    const all = [...userIds(people)]
    return Array.from({ length: Math.ceil(people / 500) }, (_, batch) => all.slice(batch * 500, (batch + 1) * 500))
  }
  type Send = (url: string, channelAccessToken: string) => Promise<unknown>
  const official = (url: string, channelAccessToken: string) => {
    const client = LineBotClient.fromChannelAccessToken({ channelAccessToken, apiBaseURL: url })
    return (to: string[]) =>
      client
        .multicast({ to, messages })
        .catch(() => client.multicast({ to, messages }))
        .catch(() => {}) // a loop that stopped here would lose all remaining users
  }
  const sends: { readonly [name: string]: Send } = {
    'line-oa, sendToMany': (baseUrl, channelAccessToken) =>
      sendToMany(createLineClient({ channelAccessToken, baseUrl }), userIds(people), messages, { jobId: 'bench' }),
    '@line/bot-sdk, in turn': async (url, token) => {
      const send = official(url, token)
      for (const to of batches()) await send(to)
    },
    '@line/bot-sdk, Promise.all': (url, token) => Promise.all(batches().map(official(url, token))),
  }
  const results: Way[] = []
  for (const [name, send] of Object.entries(sends)) {
    const line = await startLine({ people, failEvery: 100, latency: 25 })
    try {
      const start = performance.now()
      await send(line.url, line.channelAccessToken)
      results.push({ ...(await line.counts()), name, duration: performance.now() - start })
    } finally {
      line.stop()
    }
  }
  return results
}

/** The result of a job that was killed several times. */
export interface Killed extends Counts {
  /** Number of runs that were killed, each at a random time. */
  readonly kills: number
  /** The error code of the run with the list shifted by one. */
  readonly shifted: string | undefined
  /** Number of users that this run sent to. */
  readonly sentShifted: number
}

/** Kills a job five times with SIGKILL at a random time, runs it once with the list shifted by one, and then runs it to the end. */
export async function killedRuns(friends: number, random: () => number = Math.random): Promise<Killed> {
  const folder = await mkdtemp(join(tmpdir(), 'line-oa-bench-'))
  const line = await startLine({ friends, latency: 25 })
  try {
    const [list, shifted] = [join(folder, 'ids.txt'), join(folder, 'shifted.txt')]
    await writeFile(list, line.userIds.join('\n'))
    await writeFile(shifted, [...line.userIds.slice(1), ...line.userIds.slice(0, 1)].join('\n'))
    const store = join(folder, 'job.sqlite')
    const options: ManyRun = {
      url: line.url,
      channelAccessToken: line.channelAccessToken,
      dedupe: 'batch',
      rate: 40,
      list,
      store,
    }
    let kills = 0
    while (kills < 5) {
      const process_ = spawn(process.execPath, [child, JSON.stringify(options)], { stdio: 'ignore' })
      const ended = once(process_, 'exit')
      await new Promise((later) => setTimeout(later, 150 + random() * 450))
      process_.kill('SIGKILL')
      const [, signal] = await ended
      if (signal === 'SIGKILL') kills += 1
      else break
    }
    const before = await line.counts()
    const { code } = await runChild({ ...options, list: shifted })
    const sentShifted = before.lost - (await line.counts()).lost
    await runChild(options)
    return { ...(await line.counts()), kills, shifted: code, sentShifted }
  } finally {
    line.stop()
    await rm(folder, { recursive: true })
  }
}
