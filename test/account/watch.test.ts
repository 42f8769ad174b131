import { type AccountChange, type WatchOptions, watchAccount } from 'line-oa/account'
import { describe, expect, test } from 'vitest'
import { otherUrl, type Setup, setup, toolUrl } from './setup.js'

const minutes = 60_000

/** A watch under test: `until` lets milliseconds pass and returns the changes that the watch yielded meanwhile. */
function watching(subject: Setup, options?: Partial<WatchOptions>) {
  const controller = new AbortController()
  const all: AccountChange[] = []
  const given = options ?? subject.values
  const watch = watchAccount({
    ...given,
    clock: subject.clock,
    fetch: subject.fetch,
    signal: controller.signal,
  } as WatchOptions) // either values or a registry
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

test('yields nothing while nothing changes, reads LINE every five minutes and never tests the webhook', async () => {
  const subject = connected()
  const watch = watching(subject)
  expect(await watch.until(61 * minutes)).toEqual([])
  const calls = subject.calls.map(({ call }) => call)
  const count = (path: string) => calls.filter((call) => call === `GET ${path}`).length
  expect(count('/v2/bot/info')).toBe(13)
  expect(count('/v2/bot/channel/webhook/endpoint')).toBe(13)
  expect(count('/v2/bot/message/quota')).toBe(2)
  expect(calls.filter((call) => call.includes('/webhook/test'))).toEqual([])
  // A token lives for 15 minutes and is renewed in its last tenth.
  expect(calls.filter((call) => call === 'POST /oauth2/v3/token').length).toBeLessThanOrEqual(6)
  watch.end()
  await watch.ended
})

describe('yields each change once when it begins and once when it ends', () => {
  test('the webhook is turned off', async () => {
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

  test('the webhook URL is replaced and deleted', async () => {
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

  test('Chat is turned on', async () => {
    const subject = connected()
    const watch = watching(subject)
    await watch.until(minutes)
    subject.account.settings.chat = true
    expect(await watch.until(11 * minutes)).toEqual(['chat_mode_changed began'])
    watch.end()
    await watch.ended
  })

  test('a pasted token is revoked, which begins and ends no other problem', async () => {
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

  test('LINE refuses the account although the token is valid, which has another code', async () => {
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
    // The token is valid until it expires; then the old secret cannot issue another.
    expect(await watch.until(20 * minutes)).toEqual(['token_invalidated began'])
    watch.end()
    await watch.ended
  })

  test('the monthly messages run out, which it notices within an hour', async () => {
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

  test('LINE is unavailable, which ends no other problem', async () => {
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

test('reads the quota once an hour with any interval', async () => {
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

test('yields a problem that exists at the first check', async () => {
  const subject = setup({ settings: { webhookUrl: otherUrl, webhook: true } })
  const watch = watching(subject)
  expect(await watch.until(1)).toEqual(['webhook_elsewhere began'])
  watch.end()
  await watch.ended
})

test('a break ends it and clears its timer', async () => {
  const subject = connected({ webhook: false })
  for await (const { code } of watchAccount({ ...subject.values, clock: subject.clock, fetch: subject.fetch })) {
    expect(code).toBe('webhook_off')
    break
  }
  expect(subject.clock.pending).toBe(0)
})

test('an aborted watch ends without an error, also before the first check and during a call', async () => {
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

test('watches a connection of a registry with its current credentials until it is disconnected', async () => {
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
