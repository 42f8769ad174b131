import { type AccountChange, type WatchOptions, watchAccount } from 'line-oa/account'
import { describe, expect, test } from 'vitest'
import { otherUrl, type Setup, setup, toolUrl } from './setup.js'

const minutes = 60_000

/** A watch that is looked at step by step: `until` lets time pass and gives what was seen meanwhile. */
function watching(subject: Setup, options?: Partial<WatchOptions>) {
  const controller = new AbortController()
  const all: AccountChange[] = []
  const given = options ?? subject.values
  const watch = watchAccount({
    ...given,
    clock: subject.clock,
    fetch: subject.fetch,
    signal: controller.signal,
  } as WatchOptions) // values or a registry
  const ended = (async () => {
    for await (const change of watch) all.push(change)
  })()
  const passed = (ms: number) => subject.settle(new Promise<void>((done) => subject.clock.setTimeout(done, ms)))
  return {
    ended,
    end: () => controller.abort(),
    async until(ms: number): Promise<readonly string[]> {
      await passed(ms)
      return all.splice(0).map(({ code, state }) => `${code} ${state}`)
    },
  }
}

const connected = (settings: object = {}) => setup({ settings: { webhook: true, webhookUrl: toolUrl, ...settings } })

test('nothing is told while nothing changes; LINE is read every five minutes, and the webhook never tested', async () => {
  const subject = connected()
  const watch = watching(subject)
  expect(await watch.until(61 * minutes)).toEqual([])
  const calls = subject.calls.map(({ call }) => call)
  const count = (path: string) => calls.filter((call) => call === `GET ${path}`).length
  expect(count('/v2/bot/info')).toBe(13)
  expect(count('/v2/bot/channel/webhook/endpoint')).toBe(13)
  expect(count('/v2/bot/message/quota')).toBe(2)
  expect(calls.filter((call) => call.includes('/webhook/test'))).toEqual([])
  // Tokens of 15 minutes, used to the last tenth of their life.
  expect(calls.filter((call) => call === 'POST /oauth2/v3/token').length).toBeLessThanOrEqual(6)
  watch.end()
  await watch.ended
})

describe('each change is told once, when it begins and when it ends', () => {
  test('the switch falls back by itself', async () => {
    const subject = connected()
    const watch = watching(subject)
    expect(await watch.until(minutes)).toEqual([])
    subject.account.settings.webhook = false
    expect(await watch.until(10 * minutes)).toEqual(['webhook_off began'])
    subject.account.settings.webhook = true
    expect(await watch.until(10 * minutes)).toEqual(['webhook_off ended'])
    watch.end()
    await watch.ended
  })

  test('the URL is replaced, and deleted', async () => {
    const subject = connected()
    const watch = watching(subject)
    await watch.until(minutes)
    subject.account.settings.webhookUrl = otherUrl
    expect(await watch.until(6 * minutes)).toEqual(['webhook_elsewhere began'])
    subject.account.settings.webhookUrl = undefined
    expect(await watch.until(6 * minutes)).toEqual(['webhook_unset began', 'webhook_elsewhere ended'])
    watch.end()
    await watch.ended
  })

  test('Chat is switched', async () => {
    const subject = connected()
    const watch = watching(subject)
    await watch.until(minutes)
    subject.account.settings.chat = true
    expect(await watch.until(11 * minutes)).toEqual(['chat_mode_changed began'])
    watch.end()
    await watch.ended
  })

  test('a pasted token is revoked, and what else was wrong is neither begun nor ended by that', async () => {
    const subject = connected({ webhook: false })
    const { account } = subject
    const channelAccessToken = account.issueLongLivedToken()
    const watch = watching(subject, { ...subject.values, messaging: { channelAccessToken }, webhookUrl: undefined })
    expect(await watch.until(minutes)).toEqual([])
    account.issueLongLivedToken()
    expect(await watch.until(11 * minutes)).toEqual(['token_invalidated began'])
    watch.end()
    await watch.ended
  })

  test('LINE refuses the account though the token is good: that is told by another name', async () => {
    const subject = connected({ webhook: false })
    const watch = watching(subject)
    expect(await watch.until(minutes)).toEqual(['webhook_off began'])
    subject.emulator.faults.add({ operation: 'getBotInfo', answer: 403, times: 1000 })
    expect(await watch.until(11 * minutes)).toEqual(['line_refused began'])
    subject.emulator.faults.clear()
    expect(await watch.until(11 * minutes)).toEqual(['line_refused ended'])
    watch.end()
    await watch.ended
  })

  test('the channel secret is reissued', async () => {
    const subject = connected({ webhook: false })
    const { account, emulator } = subject
    const watch = watching(subject)
    expect(await watch.until(minutes)).toEqual(['webhook_off began'])
    const admin = emulator.businessId.register({ email: 'mika@tea.example', password: 'secret' })
    emulator.console.appointAtChannel(account, admin)
    const console = emulator.console.as(emulator.businessId.signIn(admin))
    console.registerDeveloper({ name: 'Mika', email: 'mika@tea.example' })
    console.reissueChannelSecret(account)
    // The token lives to its end; then the old secret gives no other.
    expect(await watch.until(20 * minutes)).toEqual(['token_invalidated began'])
    watch.end()
    await watch.ended
  })

  test('the messages of the month run out, seen within the hour', async () => {
    const subject = connected()
    const watch = watching(subject)
    expect(await watch.until(minutes)).toEqual([])
    subject.account.settings.monthlyLimit = 0
    expect(await watch.until(61 * minutes)).toEqual(['quota_reached began'])
    subject.account.settings.monthlyLimit = 1000
    expect(await watch.until(61 * minutes)).toEqual(['quota_reached ended'])
    watch.end()
    await watch.ended
  })

  test('LINE cannot be asked: only that is told, and nothing ends by it', async () => {
    const subject = connected({ webhook: false })
    const watch = watching(subject)
    expect(await watch.until(minutes)).toEqual(['webhook_off began'])
    subject.emulator.faults.add({ answer: 500, times: 1000 })
    expect(await watch.until(11 * minutes)).toEqual(['line_unavailable began'])
    subject.emulator.faults.clear()
    expect(await watch.until(11 * minutes)).toEqual(['line_unavailable ended'])
    watch.end()
    await watch.ended
  })
})

test('however often it looks, it reads the quota once an hour', async () => {
  const subject = connected()
  const watch = watching(subject, { ...subject.values, interval: 60_000 })
  await watch.until(59 * minutes)
  const count = () => subject.calls.filter(({ call }) => call === 'GET /v2/bot/message/quota').length
  expect(count()).toBe(1)
  await watch.until(2 * minutes)
  expect(count()).toBe(2)
  watch.end()
  await watch.ended
})

test('what is wrong at the first look is a change too', async () => {
  const subject = setup({ settings: { webhookUrl: otherUrl, webhook: true } })
  const watch = watching(subject)
  expect(await watch.until(1)).toEqual(['webhook_elsewhere began'])
  watch.end()
  await watch.ended
})

test('a break ends it without a timer left', async () => {
  const subject = connected({ webhook: false })
  for await (const { code } of watchAccount({ ...subject.values, clock: subject.clock, fetch: subject.fetch })) {
    expect(code).toBe('webhook_off')
    break
  }
  expect(subject.clock.pending).toBe(0)
})

test('an aborted watch ends in silence, also before the first look and within a call', async () => {
  const subject = connected()
  const before = watching(subject)
  before.end()
  await before.ended
  subject.emulator.faults.add({ operation: 'getBotInfo', answer: 'timeout' })
  const within = watching(subject)
  await new Promise((next) => setTimeout(next, 20))
  within.end()
  await within.ended
  expect(subject.clock.pending).toBe(0)
})

test('a connection of a registry is watched with the credentials that it has now, and until it is disconnected', async () => {
  const subject = connected()
  const { account, connect, disconnect, emulator, registry, values } = subject
  const { connection } = await connect({ ...values, registry, team: 'tea' })
  const connectionId = connection?.id ?? ''
  const watch = watching(subject, { registry, connectionId })
  expect(await watch.until(minutes)).toEqual([])
  const admin = emulator.businessId.register({ email: 'mika@tea.example', password: 'secret' })
  emulator.console.appointAtChannel(account, admin)
  const console = emulator.console.as(emulator.businessId.signIn(admin))
  console.registerDeveloper({ name: 'Mika', email: 'mika@tea.example' })
  const channelSecret = console.reissueChannelSecret(account)
  subject.servers.set(toolUrl, () => new Response('ok'))
  expect(
    (await connect({ ...values, messaging: { channelId: account.channelId, channelSecret }, registry, team: 'tea' }))
      .verdict,
  ).not.toBe('refused')
  expect(await watch.until(40 * minutes)).toEqual([])
  await disconnect({ registry, connectionId })
  await subject.settle(watch.ended)
})
