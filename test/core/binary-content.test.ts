import { describe, expect, test } from 'vitest'
import { file, setup } from './scripted-responses.js'

describe('a file', () => {
  const bytes = (length: number) =>
    new Response(new Uint8Array(length), { headers: { 'content-type': 'image/png', 'content-length': String(length) } })

  test('is a stream with its media type and length', async () => {
    const { caller, clock, requests } = setup([bytes(3)])
    const content = await caller.call(file, { id: '1' })
    expect(requests[0]?.url).toBe('https://api-data.line.me/v2/bot/message/1/content')
    expect(content).toMatchObject({ contentType: 'image/png', contentLength: 3 })
    expect((await new Response(content.stream).bytes()).length).toBe(3)
    expect(clock.pending).toBe(0)
  })

  test('that stops arriving ends with an error at the deadline', async () => {
    const { caller, clock } = setup([async () => new Response(new ReadableStream({}))])
    const content = await caller.call(file, { id: '1' })
    await expect(clock.settle(new Response(content.stream).bytes())).rejects.toMatchObject({ code: 'LINE_TIMEOUT' })
  })

  test('can be canceled, which closes the connection', async () => {
    let closed = false
    const { caller, clock } = setup([
      async (_, init) => {
        init?.signal?.addEventListener('abort', () => (closed = true))
        return new Response(new ReadableStream({}))
      },
    ])
    const content = await caller.call(file, { id: '1' })
    await content.stream.cancel()
    expect(closed).toBe(true)
    expect(clock.pending).toBe(0)
  })
})
