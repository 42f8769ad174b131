import {
  type CheckOptions,
  type CheckResult,
  type ConnectOptions,
  type ConnectResult,
  checkAccount,
  connectAccount,
  createRegistry,
  type DisconnectOptions,
  type DisconnectResult,
  disconnectAccount,
  memoryRegistryStorage,
  type Registry,
  type RegistryOptions,
} from 'line-oa/account'
import { type Account, type CreateAccountOptions, createEmulator, type Emulator } from 'line-oa/emulator'
import { createReceiver } from 'line-oa/webhook'
import { TestClock } from '../clock.js'
import { busyWith, isBusy } from './busy.js'

/** The webhook URL of the tool under test. */
export const toolUrl = 'https://tool.example/line'
/** The webhook URL of another tool. */
export const otherUrl = 'https://other-tool.example/hook?key=sesame'

export const sealingKey = { id: 'first', key: 'k'.repeat(48) }

/** A call that LINE received, with its status; 0 when it failed. */
export interface SeenCall {
  readonly call: string
  readonly status: number
}

type Server = (request: Request) => Response | Promise<Response>

export interface Setup {
  readonly clock: TestClock
  readonly emulator: Emulator
  readonly account: Account
  /** The servers that answer deliveries, by URL. */
  readonly servers: Map<string, Server>
  /** All calls that LINE received. */
  readonly calls: SeenCall[]
  /** Method and path of every call that changes something at LINE. */
  readonly changes: () => readonly string[]
  readonly fetch: typeof fetch
  /** The values of a correctly completed form. */
  readonly values: {
    readonly messaging: { readonly channelId: string; readonly channelSecret: string }
    readonly webhookUrl: string
  }
  readonly registry: Registry
  createRegistry(options?: Partial<RegistryOptions>): Registry
  /** Waits for a promise while the clock jumps over timers. */
  settle<T>(promise: Promise<T>): Promise<T>
  connect(options: ConnectOptions): Promise<ConnectResult>
  check(options: CheckOptions): Promise<CheckResult>
  disconnect(options: DisconnectOptions): Promise<DisconnectResult>
}

/** The answers to every question for a person, as the tool needs them. */
export const allAttested = (
  [
    'greeting',
    'auto-response',
    'response-hours',
    'chat-response-method',
    'group-joining',
    'second-administrator',
  ] as const
).map((id) => ({ id, holds: true }))

/** A server that never answers. */
export const silence: Server = () => new Promise<Response>(() => {})

// Calls that change nothing at LINE.
const harmless = /^GET |^POST \/oauth2\/v3\/token|^POST \/v2\/oauth\/verify|^POST \/v2\/bot\/channel\/webhook\/test/

/** An account whose tool answers at {@link toolUrl}, with a clock that jumps over timers. */
export function setup(options: Partial<CreateAccountOptions> = {}): Setup {
  const servers = new Map<string, Server>()
  const clock = new TestClock()
  const settle = <T>(promise: Promise<T>): Promise<T> => clock.settle(promise, isBusy)
  const emulator = createEmulator({
    clock,
    deliver: async (request) => {
      const server = servers.get(request.url)
      if (!server) throw Object.assign(new Error('no server'), { code: 'ECONNREFUSED' })
      return server === silence ? server(request) : busyWith(async () => server(request))
    },
  })
  const calls: SeenCall[] = []
  const watched: typeof fetch = async (input, init) => {
    const sent = new Request(input, init)
    // A Blob is read in real time.
    const body = sent.body && (await busyWith(() => sent.arrayBuffer()))
    const { headers, method, signal, url } = sent
    const call = `${method} ${new URL(url).pathname}`
    try {
      const response = await emulator.fetch(url, { body, headers, method, signal })
      calls.push({ call, status: response.status })
      return response
    } catch (error) {
      calls.push({ call, status: 0 })
      throw error
    }
  }
  const account = emulator.createAccount({ name: 'Tea House', ...options })
  const { channelId, channelSecret } = account
  const create = (given: Partial<RegistryOptions> = {}) =>
    createRegistry({ storage: memoryRegistryStorage(), keys: [sealingKey], clock, fetch: watched, ...given })
  const registry = create()
  const receiver = createReceiver({
    channel: async (destination) => ({
      channelSecret: (await registry.channel(destination))?.channelSecret ?? channelSecret,
    }),
    onError: () => {},
  })
  servers.set(toolUrl, (request) => receiver.fetch(request))
  servers.set(otherUrl, () => new Response('ok'))
  return {
    clock,
    emulator,
    account,
    servers,
    calls,
    changes: () => calls.map(({ call }) => call).filter((call) => !harmless.test(call)),
    fetch: watched,
    values: { messaging: { channelId, channelSecret }, webhookUrl: toolUrl },
    registry,
    createRegistry: create,
    settle,
    connect: (given) => settle(connectAccount({ clock, fetch: watched, ...given })),
    check: (given) => settle(checkAccount({ clock, fetch: watched, ...given })),
    disconnect: (given) => settle(disconnectAccount({ clock, fetch: watched, ...given })),
  }
}

/** Status and code of one check of a result. */
export function of(
  { checks }: Pick<ConnectResult | CheckResult, 'checks'>,
  id: string,
): { status?: string; code?: string | undefined } {
  const { status, code } = checks.find((check) => check.id === id) ?? {}
  return { ...(status && { status }), ...(code && { code }) }
}
