// Manages 20 accounts of several customers with one registry in a SQLite file, behind one webhook URL. It runs on the emulator.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkAccount, connectAccount, createRegistry, watchAccount } from 'line-oa/account'
import { sqliteRegistryStorage } from 'line-oa/account/sqlite'
import { createEmulator } from 'line-oa/emulator'
import { createReceiver } from 'line-oa/webhook'
import { toNodeHandler } from 'line-oa/webhook/node'
import { step } from './steps.ts'

const emulator = createEmulator()
const { fetch } = emulator // omit `fetch` below to call LINE
const folder = mkdtempSync(join(tmpdir(), 'agency-'))
const storage = sqliteRegistryStorage(join(folder, 'accounts.db'))
const oldKey = { id: '2026-10', key: crypto.getRandomValues(new Uint8Array(32)) }
const newKey = { id: '2026-11', key: crypto.getRandomValues(new Uint8Array(32)) }
const registry = createRegistry({ storage, keys: [oldKey], fetch })

// One receiver for all accounts. Each event is handled with the client of its account.
const receiver = createReceiver({ channel: registry.channel })
receiver.on('message:text', async ({ client, reply }) => {
  const { displayName } = await client.messaging.getBotInfo()
  await reply(`${displayName} will answer soon`)
})
const server = createServer(toNodeHandler(receiver))
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
const { port } = server.address() as AddressInfo // a server on a port has an AddressInfo
const webhookUrl = `http://127.0.0.1:${port}/line`

const accounts = Array.from({ length: 20 }, (_, index) =>
  emulator.createAccount({ name: `Shop ${index + 1}`, settings: { webhook: true } }),
)
await step(
  'Connect 20 accounts, 5 per customer',
  () =>
    Promise.all(
      accounts.map(({ channelId, channelSecret }, index) =>
        connectAccount({
          registry,
          team: `customer ${(index % 4) + 1}`,
          messaging: { channelId, channelSecret },
          webhookUrl,
        }),
      ),
    ),
  (results) =>
    results
      .map(({ verdict }) => verdict)
      .filter((verdict) => verdict !== 'refused')
      .length.toString(),
)

const person = emulator.createPerson({ displayName: 'Mika' })
await step(
  'Send a message to each account',
  () => Promise.all(accounts.map((account) => person.send(account, 'Are you open?'))),
  () => {
    const answers = accounts.map((account) => person.chatWith(account).at(-1)?.message)
    return `${answers.filter((message) => message?.type === 'text' && message.text.endsWith('will answer soon')).length} answers`
  },
)

const taken = accounts[0]
if (!taken) throw new Error('There is no first account')
await step(
  'Connect an account that another customer has connected',
  () =>
    connectAccount({
      registry,
      team: 'customer 9',
      messaging: { channelId: taken.channelId, channelSecret: taken.channelSecret },
      webhookUrl,
    }),
  ({ verdict, checks }) => `${verdict} (${checks.find(({ code }) => code)?.code})`,
)

taken.settings.webhook = false // "Use webhook" is turned off in LINE Official Account Manager
const { connections } = await registry.list({ team: 'customer 1' })
await step(
  'Check the accounts of one customer',
  () => Promise.all(connections.map(({ id }) => checkAccount({ registry, connectionId: id, testWebhook: false }))),
  (results) => results.map(({ checks }) => checks.find(({ id }) => id === 'webhook-switch')?.status).join(', '),
)

const watched = connections.find(({ channelId }) => channelId === taken.channelId)
if (!watched) throw new Error('The first account has no connection')
await step(
  'Watch one account',
  async () => {
    for await (const change of watchAccount({ registry, connectionId: watched.id })) return change
    return undefined
  },
  (change) => `${change?.code} ${change?.state}`,
)

const rotated = createRegistry({ storage, keys: [newKey, oldKey], fetch })
await step(
  'Rotate the encryption key',
  () => rotated.reseal(),
  (count) => `${count} connections re-encrypted`,
)
await step(
  'List all connections, without decrypting a secret',
  () => rotated.list({ limit: 100 }),
  (page) =>
    `${page.connections.length} connections of ${new Set(page.connections.map(({ team }) => team)).size} customers`,
)

await receiver.drain()
server.close()
storage.close()
rmSync(folder, { recursive: true })
