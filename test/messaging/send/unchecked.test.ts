import type { Message } from 'line-oa'
import { createLineClient, respond, sendToMany } from 'line-oa'
import { contracts } from 'line-oa/contracts'
import { describe, expect, test, vi } from 'vitest'

// Values that callers without types may pass, and messages that the SDK does not know yet.
const asMessages = (...messages: unknown[]) => messages as Message[]
const event = {
  webhookEventId: '01FZ74A0TDDPYRVKNK77XKC3ZR',
  replyToken: 'r',
  deliveryContext: { isRedelivery: false },
}

function setup(validate?: ReturnType<typeof contracts>) {
  const bodies: string[] = []
  const fetch = vi.fn<typeof globalThis.fetch>(async (_, init) => {
    bodies.push(String(init?.body))
    return Response.json({ sentMessages: [] })
  })
  const line = createLineClient({ channelAccessToken: 't', fetch, validate })
  const sends: readonly [name: string, send: (messages: Message[]) => Promise<unknown>][] = [
    ['push', (messages) => line.messaging.pushMessage({ to: 'U1', messages })],
    ['reply', (messages) => line.messaging.replyMessage({ replyToken: 'r', messages })],
    ['multicast', (messages) => line.messaging.multicast({ to: ['U1'], messages })],
    ['narrowcast', (messages) => line.messaging.narrowcast({ messages })],
    ['broadcast', (messages) => line.messaging.broadcast({ messages })],
    ['respond', (messages) => respond(line, { ...event }, messages)],
    ['sendToMany', (messages) => sendToMany(line, ['U1'], messages, { jobId: 'j' })],
  ]
  return { sends, fetch, bodies }
}

const cyclic: { [name: string]: unknown } = { type: 'text', text: 'private' }
cyclic['self'] = cyclic
const kinds = setup().sends.map(([name]) => name)

describe.each(kinds)('%s without validation', (kind) => {
  const sendBy = (world: ReturnType<typeof setup>, messages: Message[]) =>
    world.sends.find(([name]) => name === kind)?.[1](messages) ?? Promise.reject(new Error('no such send'))

  test.each<[string, unknown]>([
    ['a cycle', cyclic],
    ['a BigInt', { type: 'text', text: 1n }],
    [
      'an object that cannot write itself',
      { type: 'text', text: { toJSON: () => cyclic['none'] ?? JSON.parse('private') } },
    ],
  ])('refuses %s before anything is sent, and does not quote it', async (_, message) => {
    const world = setup()
    const error: unknown = await sendBy(world, asMessages(message)).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'LINE_INPUT', outcome: 'rejected' })
    expect(`${error} ${JSON.stringify(error)}`).not.toContain('private')
    expect(world.fetch).not.toHaveBeenCalled()
  })

  test('sends all other values as JSON represents them: unknown types, dates, gaps, lone surrogates', async () => {
    const world = setup()
    await sendBy(
      world,
      asMessages(
        { type: 'hologram', at: new Date(0), list: [undefined, 1], left: undefined, none: Number.NaN },
        { type: 'text', text: '\ud83c' },
      ),
    )
    expect(JSON.parse(world.bodies[0] ?? '').messages).toEqual([
      { type: 'hologram', at: '1970-01-01T00:00:00.000Z', list: [null, 1], none: null },
      { type: 'text', text: '\ud83c' },
    ])
    // As six ASCII characters, so that no byte is lost on the way.
    expect(world.bodies[0]).toContain('"\\ud83c"')
  })

  test('refuses all of these with validation', async () => {
    // A job is made of its messages as JSON has them, in which a date is text.
    const dated = kind === 'sendToMany' ? [] : [{ type: 'text', text: 'x', at: new Date(0) }]
    for (const message of [
      cyclic,
      { type: 'text', text: 1n },
      { type: 'hologram' },
      [undefined],
      undefined,
      ...dated,
    ]) {
      const world = setup(contracts())
      await expect(sendBy(world, asMessages(message))).rejects.toMatchObject({ code: 'LINE_INPUT' })
      expect(world.fetch).not.toHaveBeenCalled()
    }
  })
})
