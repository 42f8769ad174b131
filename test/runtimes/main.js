// The entry for runtimes with processes. Besides the suite it serves a receiver with the HTTP servers of the runtime, and uses the SQLite store if
// the runtime has node:sqlite.
import { sqliteStore } from 'line-oa/store/sqlite'
import { createEvents, signedRequest } from 'line-oa/testing'
import { createReceiver } from 'line-oa/webhook'
import { toNodeHandler } from 'line-oa/webhook/node'
import { runSuite } from './suite.js'

const channelSecret = 'secret'
const passed = await runSuite()

async function serve(receiver) {
  const context = { waitUntil() {} }
  if (globalThis.Deno) {
    const server = Deno.serve({ port: 0, hostname: '127.0.0.1', onListen() {} }, (request) =>
      receiver.fetch(request, context),
    )
    return { port: server.addr.port, close: () => server.shutdown() }
  }
  if (globalThis.Bun) {
    const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: (request) => receiver.fetch(request, context) })
    return { port: server.port, close: () => server.stop(true) }
  }
  return listen(toNodeHandler(receiver))
}

async function listen(handler) {
  const { createServer } = await import('node:http')
  const server = createServer(handler)
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  return {
    port: server.address().port,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

const events = createEvents()
for (const [name, start] of [
  ['the server of the runtime', serve],
  ['node:http', (receiver) => listen(toNodeHandler(receiver))],
]) {
  let handled = 0
  const receiver = createReceiver({ channelSecret }).on('message', () => {
    handled++
  })
  const { port, close } = await start(receiver)
  const url = `http://127.0.0.1:${port}/`
  const good = await fetch(await signedRequest({ channelSecret, url, events: [events.text()] }))
  const bad = await fetch(await signedRequest({ channelSecret: 'another', url, events: [events.text()] }))
  if (good.status !== 200 || bad.status !== 401 || handled !== 1)
    throw new Error(`${name}: ${good.status}, ${bad.status}, ${handled} handled`)
  await Promise.all([good.text(), bad.text()])
  await close()
  passed.push(`receiver: behind ${name}`)
}

let store
try {
  store = sqliteStore(':memory:')
} catch (error) {
  // Without node:sqlite the store must throw LINE_INPUT.
  if (error.code !== 'LINE_INPUT') throw error
}
if (store) {
  if (
    !(await store.add('key', 'value', 60_000)) ||
    (await store.add('key', 'other')) ||
    (await store.get('key')) !== 'value'
  )
    throw new Error('sqliteStore does not return the stored value')
  store.close()
  passed.push('store: sqlite')
}

console.log(`${passed.length} passed`)
