// Two clients or receivers in one process do not affect each other, and two copies of the package recognize each other's errors.
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createLineClient, isLineError, LineError, LineInputError } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { events, signedRequest } from 'line-oa/testing'
import { createReceiver } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'

describe('two clients of one channel', () => {
  test('have tokens, hooks and clocks of their own', async () => {
    const emulator = createEmulator({ clock: 'manual' })
    const { channelId, channelSecret } = emulator.createAccount({ name: 'Tea House' })
    const tokens = new Set<string | null>()
    const told: string[] = []
    const client = (name: string) =>
      createLineClient({
        channelId,
        channelSecret,
        clock: emulator.clock,
        hooks: { request: ({ operation }) => told.push(`${name} ${operation}`) },
        fetch: (input, init) => {
          const authorization = new Headers(init?.headers).get('authorization')
          if (authorization) tokens.add(authorization)
          return emulator.fetch(input, init)
        },
      })
    const [one, other] = [client('one'), client('other')]
    await one.messaging.getBotInfo()
    await other.messaging.getBotInfo()
    await one.messaging.getBotInfo()
    expect(tokens.size).toBe(2)
    expect(told).toEqual([
      'one POST /oauth2/v3/token',
      'one GET /v2/bot/info',
      'other POST /oauth2/v3/token',
      'other GET /v2/bot/info',
      'one GET /v2/bot/info',
    ])
  })
})

describe('two receivers of one channel secret', () => {
  test('handle the same event once each, where they share no store', async () => {
    const channelSecret = '0123456789abcdef0123456789abcdef'
    const handled: string[] = []
    const receiver = (name: string) => {
      const made = createReceiver({ channelSecret })
      made.on('message:text', () => {
        handled.push(name)
      })
      return made
    }
    const [one, other] = [receiver('one'), receiver('other')]
    const event = events.text({ text: 'hello' })
    for (const target of [one, other, one]) {
      const { status } = await target.fetch(await signedRequest({ channelSecret, events: [event] }))
      expect(status).toBe(200)
    }
    expect(handled).toEqual(['one', 'other'])
  })
})

describe('isLineError', () => {
  test('recognizes an error of another copy of the package, which instanceof does not', async () => {
    // The query makes a module of its own of the same file, as a second copy of the package does.
    const copy = (await import(`${pathToFileURL(resolve('src/core/errors.ts')).href}?copy`)) as {
      readonly LineInputError: typeof LineInputError
    }
    const foreign: unknown = new copy.LineInputError('wrong')
    expect(foreign instanceof LineError).toBe(false)
    expect(isLineError(foreign)).toBe(true)
    expect(isLineError(foreign) && foreign.code).toBe('LINE_INPUT')
  })

  test.each([
    ['an own error', new LineInputError('wrong'), true],
    ['another error', new TypeError('wrong'), false],
    ['an object with a code', { code: 'LINE_INPUT', message: 'wrong' }, false],
    ['null', null, false],
    ['undefined', undefined, false],
    ['a string', 'LINE_INPUT', false],
  ])('%s', (_, value, expected) => expect(isLineError(value)).toBe(expected))
})
