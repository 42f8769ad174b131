import { createReceiver } from 'line-oa/webhook'
import { channelSecret } from './signed.js'

/** A receiver of one channel, and what it told `onError`. */
export function setup() {
  const errors: { error: unknown; event: unknown }[] = []
  const receiver = createReceiver({ channelSecret, onError: (error, event) => void errors.push({ error, event }) })
  return { receiver, errors }
}

/** Lets a test decide when a handler goes on. */
export function gate() {
  let open = () => {}
  const passed = new Promise<void>((done) => {
    open = done
  })
  return { open, passed }
}

/** Lets all that can go on without waiting go on. */
export const settle = () => new Promise((done) => setImmediate(done))

/** The source of an event in a chat with one user. */
export const user = (userId: string) => ({ source: { type: 'user', userId } })
