import type { SendToManyOptions } from 'line-oa'
import { createLineClient, type LineClient } from 'line-oa'
import { type Account, createEmulator, type Emulator, type Person } from 'line-oa/emulator'
import type { Store } from 'line-oa/store'
import { memoryStore } from 'line-oa/store'

export const messages = [{ type: 'text' as const, text: 'Spring is here' }]
export const jobId = 'spring'

/** A request that was sent to LINE. */
export interface Sent {
  readonly retryKey: string
  readonly to: readonly string[]
  readonly at: number
  status: number | undefined
}

export interface Setup {
  readonly emulator: Emulator
  readonly account: Account
  readonly people: readonly Person[]
  readonly userIds: readonly string[]
  readonly line: LineClient
  readonly store: Store
  /** The multicasts, in the order in which they were sent. */
  readonly requests: readonly Sent[]
  readonly options: SendToManyOptions
  /** A client whose requests go through `wrap`. */
  client(wrap?: (send: typeof fetch) => typeof fetch): LineClient
  /** How many messages of this job each person has received. */
  counts(): number[]
  /** Another job for the same friends, with a client and a store of its own. Adding friends takes longer than sending to them. */
  another(): Setup
}

/** An account with friends, and a client for it on a manual clock. */
export async function setup(friends: number, settings: { readonly enforceRateLimits?: boolean } = {}): Promise<Setup> {
  const emulator = createEmulator({ clock: 'manual', ...settings })
  const account = emulator.createAccount({ name: 'Tea House' })
  const people = Array.from({ length: friends }, (_, number) => emulator.createPerson({ displayName: `P${number}` }))
  for (const person of people) await person.addFriend(account)
  const channelAccessToken = account.issueLongLivedToken()
  const userIds = people.map((person) => person.userIdFor(account))

  let jobs = 0

  function start(): Setup {
    jobs += 1
    const received = people.map((person) => person.chatWith(account).length)
    const requests: Sent[] = []
    const logged: typeof fetch = async (url, init) => {
      const body = JSON.parse(String(init?.body ?? '{}'))
      if (!body.to) return emulator.fetch(url, init)
      const retryKey = new Headers(init?.headers).get('x-line-retry-key') ?? ''
      const sent: Sent = { retryKey, to: body.to, at: emulator.clock.now(), status: undefined }
      requests.push(sent)
      const response = await emulator.fetch(url, init)
      sent.status = response.status
      return response
    }
    const client: Setup['client'] = (wrap = (send) => send) =>
      createLineClient({
        channelAccessToken,
        channelId: account.channelId,
        fetch: wrap(logged),
        clock: emulator.clock,
        random: () => 0.5,
      })
    const store = memoryStore({ clock: emulator.clock })
    return {
      emulator,
      account,
      people,
      userIds,
      line: client(),
      store,
      requests,
      options: { jobId: jobs === 1 ? jobId : `${jobId}-${jobs}`, store },
      client,
      counts: () => people.map((person, at) => person.chatWith(account).length - (received[at] ?? 0)),
      another: start,
    }
  }
  return start()
}

/** Advances the emulator's clock until a promise is settled. */
export async function drive<T>(emulator: Emulator, promise: Promise<T>, step = 500): Promise<T> {
  let open = true
  const done = () => {
    open = false
  }
  promise.then(done, done)
  while (open) await emulator.clock.advance(step)
  return promise
}

const idAt = (number: number) => `U${number.toString(16).padStart(32, '0')}`
const first: string[] = []

/** User IDs that belong to no person. Those from the first one on are made once per process. */
export function nobody(count: number, from = 0): string[] {
  if (from > 0) return Array.from({ length: count }, (_, at) => idAt(from + at + 1))
  while (first.length < count) first.push(idAt(first.length + 1))
  return first.slice(0, count)
}

/** The same items, asynchronously. */
export async function* later<T>(items: Iterable<T>): AsyncGenerator<T, void, undefined> {
  for (const item of items) yield item
}
