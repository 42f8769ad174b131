import { createReceiver } from 'line-oa/webhook'
import { channelSecret, delivery, signed } from './signed.js'

/** Creates a receiver for one channel, and records what it passes to `onError`. `send` resolves with the status. */
export function setup(options: object = {}) {
  const errors: { error: unknown; event: unknown }[] = []
  const receiver = createReceiver({
    channelSecret,
    onError: (error, event) => void errors.push({ error, event }),
    ...options,
  })
  const send = async (...events: object[]) => (await receiver.handle(signed(delivery(...events)))).status
  return { receiver, errors, send }
}

/** A promise that stays pending until the test calls `open`. Handlers wait for it. */
export function gate() {
  let open = () => {}
  const passed = new Promise<void>((done) => {
    open = done
  })
  return { open, passed }
}

/** Waits until everything that needs no timer and no I/O has run. */
export const settle = () => new Promise((done) => setImmediate(done))

/** The `source` of an event from a one-on-one chat with the user. */
export const user = (userId: string) => ({ source: { type: 'user', userId } })
