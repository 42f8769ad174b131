// Work that takes real time, and none of the test clock's: the clock must not jump while it is under way, or a tool that opens a secret would be
// taken for a slow one. All of it is counted, so that no test has to guess by waiting.

let underWay = 0

/** Whether anything is under way that the test clock knows nothing of. */
export const isBusy = (): boolean => underWay > 0

/** Does something during which the test clock stands still. */
export async function busyWith<T>(work: () => Promise<T>): Promise<T> {
  underWay += 1
  try {
    return await work()
  } finally {
    underWay -= 1
  }
}

// Sealing, signing and making keys go on in threads of the runtime.
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

// These are loaded when they are first needed, which takes time only once.
await Promise.all([import('ky'), import('../../src/webhook/answering.js'), import('../../src/webhook/sends.js')])
