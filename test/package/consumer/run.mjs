import assert from 'node:assert/strict'
import { createRequire } from 'node:module'

const names = Object.keys(createRequire(import.meta.url)('line-oa/package.json').exports).filter(
  (name) => name !== './package.json',
)
const require = createRequire(import.meta.url)
for (const name of names) {
  const specifier = name.replace('.', 'line-oa')
  const module = await import(specifier)
  assert.ok(Object.keys(module).length > 0, `${specifier} exports nothing`)
  assert.deepEqual(Object.keys(require(specifier)), Object.keys(module), `${specifier} differs under require()`)
}

const { createLineClient } = await import('line-oa')
const { createEmulator } = await import('line-oa/emulator')
const emulator = createEmulator()
const { channelId, channelSecret, basicId } = emulator.createAccount({ name: 'Tea House' })
const line = createLineClient({ channelId, channelSecret, fetch: emulator.fetch })
assert.equal((await line.messaging.getBotInfo()).basicId, basicId)
console.log(`${names.length} entries import and require; a client from the tarball reads from the emulator`)
