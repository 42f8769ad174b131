// Sends a text message to a list of user IDs, one per line, and shows a progress bar. If the program is stopped, by Ctrl-C or by a crash, run it
// again with the same --job to resume.
//
//   node examples/broadcast.ts                  with the emulator and a generated list
//   LINE_CHANNEL_ID=... LINE_CHANNEL_SECRET=... node examples/broadcast.ts --list ids.txt --job spring-2026 --text 'Spring is here' [--dry-run]
import { mkdtemp, open, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { LineError, type SendToManyProgress, sendToMany } from 'line-oa'
import { sqliteStore } from 'line-oa/store/sqlite'
import { type Demo, officialAccount } from './official-account.ts'

const { values } = parseArgs({
  options: {
    list: { type: 'string' },
    job: { type: 'string' },
    text: { type: 'string', default: 'Spring is here' },
    'dry-run': { type: 'boolean', default: false },
  },
})

async function* userIds(path: string): AsyncGenerator<string, void, undefined> {
  const file = await open(path)
  for await (const line of file.readLines()) if (line.trim()) yield line.trim()
}

async function count(path: string): Promise<number> {
  let lines = 0
  for await (const _ of userIds(path)) lines += 1
  return lines
}

/** Writes a list of users who are friends of the emulator's account. */
async function generateList({ emulator, account }: Demo, folder: string): Promise<string> {
  const ids: string[] = []
  for (let number = 1; number <= 20_000; number++) {
    const person = emulator.createPerson({ displayName: `Friend ${number}` })
    await person.addFriend(account)
    ids.push(person.userIdFor(account))
  }
  const path = join(folder, 'ids.txt')
  await writeFile(path, ids.join('\n'))
  return path
}

function showBar({ sent, failed, left = 0, rate }: SendToManyProgress): void {
  if (!process.stdout.isTTY) return
  const done = (sent + failed) / Math.max(1, sent + failed + left)
  const bar = '#'.repeat(Math.round(done * 30)).padEnd(30, '-')
  process.stdout.write(
    `\r[${bar}] ${Math.floor(done * 100)}%, ${sent} sent, ${failed} failed, ${Math.round(rate)} per second   `,
  )
}

const stop = new AbortController()
process.once('SIGINT', () => stop.abort())

const { line, demo } = await officialAccount()
const folder = demo ? await mkdtemp(join(tmpdir(), 'broadcast-')) : '.'
const list = values.list ?? (demo && (await generateList(demo, folder)))
const jobId = values.job ?? (demo && 'spring')
if (!list || !jobId)
  throw new Error('Pass a file of user IDs with --list, and a unique name for this broadcast with --job')

const messages = [{ type: 'text' as const, text: values.text }]
const store = sqliteStore(join(folder, 'broadcast.sqlite'))
try {
  const plan = await sendToMany(line, userIds(list), messages, { jobId, store, dryRun: true })
  const { recipients, duplicates, requests, quotaLeft = 'unlimited' } = plan
  console.log(
    `${recipients} recipients in ${requests} requests, ${duplicates} duplicates skipped; messages left this month: ${quotaLeft}`,
  )
  if (!plan.withinQuota) throw new Error('The broadcast exceeds the monthly quota')
  if (!values['dry-run']) {
    const { sent, refused, unknown } = await sendToMany(line, userIds(list), messages, {
      jobId,
      store,
      signal: stop.signal,
      total: await count(list),
      onProgress: showBar,
    })
    if (process.stdout.isTTY) process.stdout.write('\n')
    console.log(
      `Done: ${sent} sent, ${refused.length} rejected by LINE, ${unknown.length} batches with an unknown outcome`,
    )
  }
} catch (error) {
  if (!(error instanceof LineError)) throw error
  console.error(error.message)
  process.exitCode = 1
} finally {
  store.close()
  await demo?.close()
}
