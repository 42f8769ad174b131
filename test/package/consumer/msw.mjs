import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { createLineClient } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { handlers } from 'line-oa/msw'
import { setupServer } from 'msw/node'

const { version } = createRequire(import.meta.url)('msw/package.json')
const emulator = createEmulator()
const { channelId, channelSecret, basicId } = emulator.createAccount({ name: 'Tea House' })
const server = setupServer(...handlers(emulator))
server.listen({ onUnhandledRequest: 'error' })
const line = createLineClient({ channelId, channelSecret })
assert.equal((await line.messaging.getBotInfo()).basicId, basicId)
server.close()
console.log(`the emulator answers behind msw ${version}`)
