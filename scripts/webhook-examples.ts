// Runs the webhook server examples unchanged, each with its own dependencies, against an emulator on a port. Requires a build.
import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createEmulator, type Emulator } from 'line-oa/emulator'
import { findRedis, startRedis } from '../test/store/redis-server.ts'

const emulator: Emulator = createEmulator()
const server = await emulator.listen({ port: 0 })

const install = (name: string) => {
  const folder = `examples/${name}`
  execFileSync('npm', ['ci', '--silent', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'inherit' })
  execFileSync('tsc', ['--noEmit', '-p', folder], { stdio: 'inherit' })
  console.log(`${name} installs and compiles`)
}

function newAccount(name: string) {
  const account = emulator.createAccount({ name })
  const env = {
    ...process.env,
    PORT: '0',
    LINE_BASE_URL: server.url,
    LINE_CHANNEL_ID: account.channelId,
    LINE_CHANNEL_SECRET: account.channelSecret,
  }
  return { account, env }
}

/** Starts a program and waits for its first line. */
async function start(file: string, env: NodeJS.ProcessEnv): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer] // the program prints this line when it is ready
  return { child, line: String(line) }
}

async function stop(child: ChildProcess, name: string): Promise<void> {
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  assert.deepEqual(await exit, [0, null], `${name} did not exit with 0`)
}

type Account = ReturnType<typeof newAccount>['account']

/** Sends a message to the account and waits for the reply, which a queue may delay. */
async function talk(account: Account, name: string): Promise<void> {
  const person = emulator.createPerson({ displayName: 'Mika' })
  await person.addFriend(account)
  await person.send(account, { type: 'text', text: `hello ${name}` })
  for (let tries = 0; tries < 500; tries++) {
    const last = person.chatWith(account).at(-1)
    if (last?.from === 'account') {
      assert.equal('text' in last.message && last.message.text, `hello ${name}`)
      return console.log(`${name} replies`)
    }
    await new Promise((done) => setTimeout(done, 10))
  }
  assert.fail(`${name} did not reply`)
}

const urlIn = (line: string): string => /http:\S+/.exec(line)?.[0] ?? assert.fail(`The program printed no URL: ${line}`)

for (const name of ['express', 'fastify', 'koa', 'hono']) {
  install(name)
  const { account, env } = newAccount(name)
  const { child, line } = await start(`examples/${name}/bot.ts`, env)
  try {
    const url = urlIn(line)
    const forged = await fetch(url, {
      method: 'POST',
      headers: { 'x-line-signature': `${'A'.repeat(43)}=` },
      body: '{"events":[]}',
    })
    assert.equal(forged.status, 401)
    Object.assign(account.settings, { webhookUrl: url, webhook: true })
    await talk(account, name)
    await stop(child, name)
  } finally {
    child.kill()
  }
}

install('lambda')
{
  const { account, env } = newAccount('lambda')
  Object.assign(process.env, env)
  const { handler } = await import('../examples/lambda/handler.ts')
  // Acts as an HTTP API in front of the function, which passes bodies in base64.
  const gateway = (await import('node:http')).createServer(async (request, response) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { statusCode, body } = await handler({
      headers: request.headers as { [name: string]: string },
      requestContext: { http: { method: request.method } },
      body: Buffer.concat(chunks).toString('base64'),
      isBase64Encoded: true,
    })
    response.writeHead(statusCode).end(body)
  })
  await once(gateway.listen(0, '127.0.0.1'), 'listening')
  const address = gateway.address()
  Object.assign(account.settings, {
    webhookUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`,
    webhook: true,
  })
  await talk(account, 'lambda')
  gateway.close()
}

install('google-cloud-functions')
{
  const { account, env } = newAccount('google-cloud-functions')
  const gcf = 'examples/google-cloud-functions'
  // The framework does not choose a free port, so find one first.
  const probe = (await import('node:net')).createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  const port = String(typeof address === 'object' ? address?.port : 0)
  await new Promise((closed) => probe.close(closed))
  const framework = `${gcf}/node_modules/@google-cloud/functions-framework/build/src/main.js`
  const { child } = await start(framework, { ...env, PORT: port, FUNCTION_TARGET: 'webhook', FUNCTION_SOURCE: gcf })
  try {
    Object.assign(account.settings, { webhookUrl: `http://127.0.0.1:${port}/`, webhook: true })
    await talk(account, 'google-cloud-functions')
  } finally {
    child.kill()
  }
}

install('next')

const redis = findRedis()
if (!redis) console.log('redis-server is not installed; skipping the BullMQ example')
else {
  install('bullmq')
  const { port, stop: stopRedis } = await startRedis(redis)
  const { account, env } = newAccount('bullmq')
  const withRedis = { ...env, REDIS_URL: `redis://127.0.0.1:${port}` }
  const programs = await Promise.all(
    ['receiver.ts', 'worker.ts', 'worker.ts'].map((file) => start(`examples/bullmq/${file}`, withRedis)),
  )
  try {
    Object.assign(account.settings, { webhookUrl: urlIn(programs[0]?.line ?? ''), webhook: true })
    await talk(account, 'bullmq')
    for (const { child } of programs) await stop(child, 'bullmq')
  } finally {
    for (const { child } of programs) child.kill()
    await stopRedis()
  }
}
await server.close()
