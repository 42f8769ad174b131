import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { createEmulator, type EmulatorServer } from 'line-oa/emulator'
import { afterEach, describe, expect, test } from 'vitest'
import { inbox, read, refusal, setup, text } from '../setup.js'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

async function listening(options?: Parameters<typeof setup>[0]) {
  const world = await setup(options)
  const server = await world.emulator.listen()
  open.push(server)
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(server.url + path, {
      ...init,
      headers: { authorization: `Bearer ${world.token}`, 'content-type': 'application/json', ...init.headers },
    })
  const push = () =>
    ask('/v2/bot/message/push', {
      method: 'POST',
      body: JSON.stringify({ to: world.userId, messages: [text('ü 🙂')] }),
    })
  return { ...world, server, ask, push }
}

describe('listen()', () => {
  test('serves all of LINE’s hosts at one loopback address', async () => {
    const { server, ask, push, person, account } = await listening()
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`)
    expect(await read(await ask('/v2/bot/info'))).toMatchObject({ status: 200, body: { basicId: account.basicId } })
    expect((await push()).status).toBe(200)
    expect(person.chatWith(account)).toMatchObject([{ message: text('ü 🙂') }])
    expect(await read(await fetch(`${server.url}/nothing`))).toMatchObject(refusal(404))
  })

  test('sends status and headers', async () => {
    const { ask } = await listening()
    const response = await ask('/v2/bot/message/narrowcast', {
      method: 'POST',
      body: JSON.stringify({ messages: [text('x')] }),
    })
    expect(response.status).toBe(202)
    expect(response.headers.get('x-line-request-id')).toBeTruthy()
    expect(response.headers.get('content-type')).toBe('application/json')
  })

  test('reads a body that arrives in chunks', async () => {
    const { server, token, userId } = await listening()
    const body = JSON.stringify({ to: userId, messages: [text('ü'.repeat(3000))] })
    const status = await new Promise<number | undefined>((done) => {
      const request = httpRequest(`${server.url}/v2/bot/message/push`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      })
      request.on('response', (response) => {
        response.resume()
        done(response.statusCode)
      })
      const bytes = Buffer.from(body)
      for (let at = 0; at < bytes.length; at += 997) request.write(bytes.subarray(at, at + 997))
      request.end()
    })
    expect(status).toBe(200)
  })

  test('breaks the connection for the fault reset', async () => {
    const { emulator, push, person, account } = await listening()
    emulator.faults.add({ answer: 'reset' })
    await expect(push()).rejects.toMatchObject({ cause: { code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) } })
    expect((await push()).status).toBe(200)
    expect(person.chatWith(account)).toHaveLength(1)
  })

  test('sends the status and breaks the body for the fault reset-body', async () => {
    const { emulator, push } = await listening()
    emulator.faults.add({ answer: 'reset-body', when: 'after' })
    const response = await push()
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow()
  })

  test('keeps serving after a caller aborts during the fault timeout', async () => {
    const { emulator, ask } = await listening()
    emulator.faults.add({ answer: 'timeout' })
    const controller = new AbortController()
    const silent = ask('/v2/bot/info', { signal: controller.signal })
    const reason = new Error('enough')
    const ended = expect(silent).rejects.toBe(reason)
    await emulator.clock.advance(0)
    controller.abort(reason)
    await ended
    expect((await ask('/v2/bot/info')).status).toBe(200)
  })

  test('keeps serving after a caller disconnects in the middle of its body', async () => {
    const { server, ask } = await listening()
    await new Promise<void>((gone) => {
      const socket = connect(server.port, '127.0.0.1', () => {
        socket.write(
          'POST /v2/bot/message/push HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"to"',
          () => socket.destroy(),
        )
      })
      socket.on('close', () => gone())
    })
    expect((await ask('/v2/bot/info')).status).toBe(200)
  })

  test('close() ends open connections', async () => {
    const { server, emulator, ask } = await listening()
    emulator.faults.add({ answer: 'timeout' })
    const silent = ask('/v2/bot/info')
    const ended = expect(silent).rejects.toThrow()
    await emulator.clock.advance(0)
    await server.close()
    open.length = 0
    await ended
  })

  test('rejects a port that is in use, and listens on the given port', async () => {
    const { server, emulator } = await listening()
    await expect(emulator.listen({ port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await server.close()
    const again: EmulatorServer = await emulator.listen({ port: server.port })
    open.splice(0, open.length, again)
    expect(again.port).toBe(server.port)
  })

  test('an event is delivered to a loopback server', async () => {
    const seen = inbox()
    const bot = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', async () => {
        await seen.fetch(
          new Request('http://bot.example/', {
            method: 'POST',
            body: Buffer.concat(chunks),
            headers: { 'x-line-signature': String(incoming.headers['x-line-signature']) },
          }),
        )
        outgoing.writeHead(200).end()
      })
    })
    await new Promise<void>((ready) => bot.listen(0, '127.0.0.1', ready))
    open.push({ close: () => new Promise((closed) => bot.close(() => closed())) })
    const { port } = bot.address() as AddressInfo // it listens on a port
    const { account, person } = await setup()
    Object.assign(account.settings, { webhook: true, webhookUrl: `http://127.0.0.1:${port}/hook` })
    expect(await person.send(account, 'hello')).toMatchObject({ status: 200, reason: 'ok' })
    expect(seen.events()).toMatchObject([{ message: { text: 'hello' } }])
  })

  test('a delivery to a closed port fails with could_not_connect', async () => {
    const { account, person } = await setup()
    const { emulator } = await listening()
    const server = await emulator.listen()
    await server.close()
    Object.assign(account.settings, { webhook: true, webhookUrl: `${server.url}/hook` })
    expect(await person.send(account, 'hello')).toMatchObject({
      status: undefined,
      reason: 'could_not_connect',
      detail: expect.any(String),
    })
  })
})

test('an emulator that replaces the global fetch still delivers to loopback servers', async () => {
  const emulator = createEmulator()
  const real = globalThis.fetch
  globalThis.fetch = emulator.fetch
  try {
    const bot = createServer((_, outgoing) => outgoing.writeHead(200).end())
    await new Promise<void>((ready) => bot.listen(0, '127.0.0.1', ready))
    open.push({ close: () => new Promise((closed) => bot.close(() => closed())) })
    const { port } = bot.address() as AddressInfo // it listens on a port
    const account = emulator.createAccount({
      name: 'A',
      settings: { webhook: true, webhookUrl: `http://127.0.0.1:${port}/` },
    })
    expect(await emulator.createPerson({ displayName: 'P' }).send(account, 'hello')).toMatchObject({ reason: 'ok' })
  } finally {
    globalThis.fetch = real
  }
})
