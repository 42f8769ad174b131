// Some work takes real time and no time of the test clock. The clock must not jump meanwhile, or a tool that opens a secret would look slow.
// This file counts such work in progress, so that no test has to guess by waiting.

import type { Message } from 'line-oa'
import { createReceiver } from 'line-oa/webhook'
import { channelSecret, delivery, signed, text } from '../webhook/signed.js'

let underWay = 0

/** Returns whether there is work in progress that the test clock cannot see. */
export const isBusy = (): boolean => underWay > 0

/** Runs work during which the test clock stands still. */
export async function busyWith<T>(work: () => Promise<T>): Promise<T> {
  underWay += 1
  try {
    return await work()
  } finally {
    underWay -= 1
  }
}

// WebCrypto seals, signs and makes keys in other threads.
const operations = [
  'decrypt',
  'deriveBits',
  'digest',
  'encrypt',
  'exportKey',
  'generateKey',
  'importKey',
  'sign',
  'verify',
] as const
for (const name of operations) {
  const real: unknown = Reflect.get(crypto.subtle, name)
  if (typeof real !== 'function') throw new Error(`WebCrypto has no ${name}`)
  const counted = (...input: unknown[]) => busyWith(() => Reflect.apply(real, crypto.subtle, input))
  Object.defineProperty(crypto.subtle, name, { configurable: true, value: counted })
}

// Modules that are imported on first use would take real time in the first test, so they are used here: one reply loads those of the receiver.
const messaging = {
  replyMessage: async (_: { replyToken: string; messages: readonly Message[] }) => ({}),
  pushMessage: async (_: { to: string; messages: readonly Message[] }) => ({}),
}
const receiver = createReceiver({ channelSecret, client: { messaging } })
receiver.on('message:text', ({ reply }) => reply('loaded'))
await Promise.all([import('ky'), receiver.handle(signed(delivery(text('load'))))])
