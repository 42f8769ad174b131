import { createLineClient, respond } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { memoryStore, type Store } from 'line-oa/store'
import type { MessageEvent } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'

const messages = [{ type: 'text' as const, text: 'Here is your tea.' }]
const push = { whenTokenRejected: 'push' } as const

/** A person who waits for an answer, and a signal that aborts at one of its steps: a call of LINE or of the store, when it begins or when it ends. */
async function setup(at: number, late: boolean) {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House' })
  account.connect({ fetch: async () => new Response() })
  const person = emulator.createPerson({ displayName: 'Mika' })
  await person.addFriend(account)
  const sent = await person.send(account, 'tea, please')
  if (late) await emulator.clock.advance(60_001)
  const controller = new AbortController()
  let steps = 0
  const step = () => {
    steps += 1
    if (steps === at) controller.abort()
  }
  const around = async <T>(work: () => Promise<T>): Promise<T> => {
    step()
    const result = await work()
    step()
    return result
  }
  const kept = memoryStore({ clock: emulator.clock })
  const store: Store = {
    get: (key) => around(() => kept.get(key)),
    set: (...entry) => around(() => kept.set(...entry)),
    add: (...entry) => around(() => kept.add(...entry)),
    delete: (...entry) => around(() => kept.delete(...entry)),
    replace: (...entry) => around(() => kept.replace(...entry)),
  }
  const channelAccessToken = account.issueLongLivedToken()
  const client = (fetch: typeof globalThis.fetch) =>
    createLineClient({ channelAccessToken, fetch, clock: emulator.clock, random: () => 0 })
  return {
    // The emulator does not stop for an abort that comes when it has begun, and LINE does not either.
    line: client((url, init) => around(() => emulator.fetch(url, { ...init, signal: null }))),
    event: (): MessageEvent => ({ ...sent.event, deliveryContext: { isRedelivery: false } }) as MessageEvent, // a message's event
    store,
    kept,
    signal: controller.signal,
    again: client(emulator.fetch),
    answers: () => person.chatWith(account).filter(({ from }) => from === 'account').length,
    steps: () => steps,
  }
}

describe.each([
  ['in time', false],
  ['too late for its token', true],
])('a response %s that is aborted', (_, late) => {
  test('at any step reports its real outcome, and another delivery does not send it twice', async () => {
    const ends = new Set<string>()
    for (let at = 1; ; at++) {
      const world = await setup(at, late)
      const { line, store, signal } = world
      const end = await respond(line, world.event(), messages, { ...push, store, signal }).then(
        () => 'sent',
        (error: { code: string; outcome: string }) => {
          expect(error.code, `step ${at}`).toBe('LINE_ABORTED')
          return error.outcome
        },
      )
      ends.add(end)
      if (end === 'sent') expect(world.answers(), `step ${at}`).toBe(1)
      if (end === 'rejected') expect(world.answers(), `step ${at}`).toBe(0)
      await respond(world.again, world.event(), messages, { ...push, store: world.kept }).catch(() => {})
      expect(world.answers(), `step ${at}`).toBeLessThanOrEqual(1)
      if (end !== 'unknown') expect(world.answers(), `step ${at}`).toBe(1)
      if (world.steps() < at) break
    }
    expect(ends).toEqual(new Set(['rejected', 'unknown', 'sent']))
  })
})
