// Connects an Official Account to a tool with the values of a connect form, then checks and disconnects it. It runs on the emulator.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type Check,
  checkAccount,
  connectAccount,
  createRegistry,
  disconnectAccount,
  memoryRegistryStorage,
} from 'line-oa/account'
import { parseConnectForm } from 'line-oa/credentials'
import { createEmulator } from 'line-oa/emulator'
import { createReceiver } from 'line-oa/webhook'
import { toNodeHandler } from 'line-oa/webhook/node'

const emulator = createEmulator()
const { fetch } = emulator // omit `fetch` below to call LINE

// The customer's side: a new account with LINE's default settings.
const account = emulator.createAccount({ name: 'Tea House', settings: { greeting: true, autoResponse: true } })
const form = {
  accountName: 'Tea House',
  channelId: ` ${account.channelId}`, // pasted with a space
  channelSecret: account.channelSecret,
  channelAccessToken: account.issueLongLivedToken(),
  lineId: account.basicId.slice(1),
}

// The tool's side: one registry, and one receiver that gets the channel secrets from it.
const registry = createRegistry({
  storage: memoryRegistryStorage(),
  keys: [{ id: '2026-11', key: crypto.getRandomValues(new Uint8Array(32)) }],
  fetch,
})
const receiver = createReceiver({ channel: registry.channel })
receiver.on('message:text', ({ event, reply }) => reply(`You said: ${event.message.text}`))
const server = createServer(toNodeHandler(receiver))
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
const { port } = server.address() as AddressInfo // a server on a port has an AddressInfo
const webhookUrl = `http://127.0.0.1:${port}/line`

const show = (title: string, checks: readonly Check[]) => {
  console.log(`\n${title}`)
  for (const { id, status, message } of checks) console.log(`  ${status.padEnd(12)} ${id.padEnd(20)} ${message}`)
}

const {
  accountName: name,
  lineId,
  ...messaging
} = parseConnectForm(form, { required: ['accountName', 'channelAccessToken', 'lineId'] })
const connected = await connectAccount({
  registry,
  team: 'tea-house',
  messaging,
  account: { name, lineId },
  webhookUrl,
  answering: 'tool-only',
})
show(`Connected: ${connected.verdict}`, connected.checks)
console.log('\nManual steps, because LINE has no API for them:')
for (const { summary, system } of connected.nextSteps) console.log(`  - ${summary} (${system})`)
if (!connected.connection) throw new Error('The account was not connected')
const connectionId = connected.connection.id

// The customer changes these settings in LINE Official Account Manager, and confirms it to the tool.
Object.assign(account.settings, { webhook: true, greeting: false, autoResponse: false })
const confirmations = (['greeting', 'auto-response', 'group-joining', 'second-administrator'] as const).map((id) => ({
  id,
  holds: true,
  by: 'Mika',
}))
const checked = await checkAccount({ registry, connectionId, confirmations })
show(`Checked: ${checked.verdict}`, checked.checks.slice(-7))

const person = emulator.createPerson({ displayName: 'Ken' })
await person.addFriend(account)
await person.send(account, 'One green tea, please')
console.log('\nThe conversation:')
for (const { from, message } of person.chatWith(account))
  console.log(`  ${from}: ${message.type === 'text' ? message.text : message.type}`)

// Disconnect, after a dry run. Tokens that the customer entered are only revoked if you ask for it.
const preview = await disconnectAccount({ registry, connectionId, remove: 'all', dryRun: true })
console.log('\nWould remain at LINE:')
for (const { kind, id, madeBy, action } of preview.leftovers) console.log(`  ${kind} ${id}: ${madeBy}, ${action}`)
const { verdict, nextSteps } = await disconnectAccount({ registry, connectionId, remove: 'all' })
console.log(`\nDisconnected: ${verdict}. Manual steps:`)
for (const { summary } of nextSteps) console.log(`  - ${summary}`)

await receiver.drain()
server.close()
