// LINE fails at any call, permanently or once, before or after it has carried the call out.

import { connectAccount, type Registry } from 'line-oa/account'
import { createReceiver } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'
import { allAttested, otherUrl, type Setup, setup, toolUrl } from './setup.js'

const broken = () =>
  new Response('{"message":"Internal server error"}', { status: 500, headers: { 'content-type': 'application/json' } })

/** A fetch that fails for chosen calls until `heal` is called. */
function failing(subject: Setup, isBad: (call: number) => boolean, when: 'before' | 'after') {
  let count = 0
  let healed = false
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const bad = !healed && isBad(count++)
    if (!bad) return subject.fetch(input, init)
    if (when === 'after') await subject.fetch(input, init)
    return broken()
  }
  return { fetch, count: () => count, heal: () => (healed = true) }
}

function prepared(): Setup & { readonly registered: { readonly registry: Registry; readonly team: string } } {
  const subject = setup({ settings: { webhookUrl: otherUrl, webhook: true } })
  const receiver = createReceiver({ channel: subject.registry.channel, onError: () => {} })
  subject.servers.set(toolUrl, (request) => receiver.fetch(request))
  return { ...subject, registered: { registry: subject.registry, team: 'tea' } }
}

async function callsOfAWholeRun(): Promise<number> {
  const subject = prepared()
  const line = failing(subject, () => false, 'before')
  await subject.connect({ ...subject.values, ...subject.registered, takeOver: true, fetch: line.fetch })
  return line.count()
}

const total = await callsOfAWholeRun()
const every = Array.from({ length: total }, (_, call) => call)

test('a whole run makes at most ten calls', () => expect(total).toBeLessThanOrEqual(10))

describe.each(['before', 'after'] as const)('LINE answers 500 permanently, %s it has carried the call out', (when) => {
  test.each(every)(
    'from call %i on: the result reports what is unfinished, and another run completes',
    async (from) => {
      const subject = prepared()
      const { account, connect, registered, registry, values } = subject
      const line = failing(subject, (call) => call >= from, when)
      const options = { ...values, ...registered, takeOver: true, confirmations: allAttested, fetch: line.fetch }
      const result = await connect(options)

      expect(result.verdict).toBe('refused')
      expect(result.checks.some(({ code }) => code === 'line_unavailable')).toBe(true)
      expect(result.nextSteps.map(({ id }) => id)).toContain('try-again')
      const [connection] = (await registry.list()).connections
      if (account.settings.webhookUrl === otherUrl && result.change?.state !== 'not-undone')
        expect(connection).toBeUndefined()
      else {
        // The URL may be that of this tool: the result says so, and the registry keeps the previous one.
        expect(result).toMatchObject({
          change: { from: otherUrl, to: toolUrl, state: 'not-undone' },
          previousWebhookUrl: otherUrl,
        })
        expect(connection).toMatchObject({ state: 'pending', step: 'setting' })
      }

      line.heal()
      const again = await connect(options)
      expect(again).toMatchObject({
        verdict: 'connected',
        previousWebhookUrl: otherUrl,
        connection: { state: 'connected' },
      })
      expect(account.settings.webhookUrl).toBe(toolUrl)
      expect((await registry.list()).connections).toHaveLength(1)
    },
  )
})

describe.each(['before', 'after'] as const)('LINE answers 500 once, %s it has carried the call out', (when) => {
  test.each(every)('at call %i: the run continues', async (at) => {
    const subject = prepared()
    const line = failing(subject, (call) => call === at, when)
    const result = await subject.connect({
      ...subject.values,
      ...subject.registered,
      takeOver: true,
      confirmations: allAttested,
      fetch: line.fetch,
    })
    expect(result.verdict).toBe('connected')
    expect(subject.account.settings.webhookUrl).toBe(toolUrl)
  })
})

test.each(every)(
  'the process is killed at call %i: the registry keeps the step it reached, and another run completes',
  async (at) => {
    const subject = prepared()
    const { account, connect, registered, registry, values } = subject
    let count = 0
    // A call that never returns.
    const killed: typeof fetch = (input, init) => (count++ === at ? new Promise(() => {}) : subject.fetch(input, init))
    const gone = { ...subject.clock, now: () => subject.clock.now(), setTimeout: () => 0, clearTimeout: () => {} }
    void connectAccount({ ...values, ...registered, takeOver: true, clock: gone, fetch: killed }).catch(() => {})
    for (let turn = 0; turn < 200 && count <= at; turn++) await new Promise((next) => setTimeout(next, 0))
    expect(count).toBe(at + 1)

    const [connection] = (await registry.list()).connections
    if (account.settings.webhookUrl === toolUrl) expect(connection).toMatchObject({ state: 'pending', step: 'setting' })
    else if (connection) expect(connection.state).toBe('pending')

    const again = await connect({ ...values, ...registered, takeOver: true, confirmations: allAttested })
    expect(again).toMatchObject({
      verdict: 'connected',
      previousWebhookUrl: otherUrl,
      connection: { state: 'connected', step: undefined },
    })
    expect((await registry.list()).connections).toHaveLength(1)
  },
)
