// Connects an Official Account to a tool, as a connect form does it, then checks it and takes it off again. It runs on the emulator.
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
const { fetch } = emulator // leave it out to talk to LINE

// The customer's side: an account as LINE makes it, where nobody has switched anything yet.
const account = emulator.createAccount({ name: 'Tea House', settings: { greeting: true, autoResponse: true } })
const typed = {
  accountName: 'Tea House',
  channelId: ` ${account.channelId}`, // as it comes out of a clipboard
  channelSecret: account.channelSecret,
  channelAccessToken: account.issueLongLivedToken(),
  lineId: account.basicId.slice(1),
}

// The tool's side: one registry, and one receiver that finds its secrets there.
const registry = createRegistry({
  storage: memoryRegistryStorage(),
  keys: [{ id: '2026-11', key: crypto.getRandomValues(new Uint8Array(32)) }],
  fetch,
})
const receiver = createReceiver({ channel: registry.channel })
receiver.on('message:text', ({ event, reply }) => reply(`You said: ${event.message.text}`))
const server = createServer(toNodeHandler(receiver))
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
const { port } = server.address() as AddressInfo // it listens on a port, not on a pipe
const webhookUrl = `http://127.0.0.1:${port}/line`

const show = (title: string, checks: readonly Check[]) => {
  console.log(`\n${title}`)
  for (const { id, status, message } of checks) console.log(`  ${status.padEnd(12)} ${id.padEnd(20)} ${message}`)
}

const {
  accountName: name,
  lineId,
  ...messaging
} = parseConnectForm(typed, { required: ['accountName', 'channelAccessToken', 'lineId'] })
const connected = await connectAccount({
  registry,
  team: 'tea-house',
  messaging,
  account: { name, lineId },
  webhookUrl,
  answering: 'tool-only',
})
show(`Connected: ${connected.verdict}`, connected.checks)
console.log('\nLeft for a person, because LINE has no API for it:')
for (const { summary, system } of connected.nextSteps) console.log(`  - ${summary} (${system})`)
if (!connected.connection) throw new Error('it was refused')
const connectionId = connected.connection.id

// The person switches what was asked for, in LINE Official Account Manager, and says so.
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

// Leaving: first look, then go. Tokens that were pasted stay, unless that is said.
const preview = await disconnectAccount({ registry, connectionId, remove: 'all', dryRun: true })
console.log('\nWould be left behind:')
for (const { kind, id, madeBy, action } of preview.leftovers) console.log(`  ${kind} ${id}: ${madeBy}, ${action}`)
const { verdict, nextSteps } = await disconnectAccount({ registry, connectionId, remove: 'all' })
console.log(`\nDisconnected: ${verdict}. Left for a person:`)
for (const { summary } of nextSteps) console.log(`  - ${summary}`)

await receiver.drain()
server.close()
