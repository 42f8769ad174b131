import { afterAll, afterEach, expect, vi } from 'vitest'

// No test may send a request to LINE. Files that share a process run this module once each, and the mark keeps the guard from wrapping itself.
const mark = Symbol.for('line-oa.test.runtimeFetch')
const current: typeof fetch & { readonly [mark]?: typeof fetch } = globalThis.fetch

/** The fetch of the runtime without the guard, for a test that intercepts requests below it. */
export const runtimeFetch: typeof fetch = current[mark] ?? current

const guarded: typeof fetch = current[mark]
  ? current
  : Object.assign(
      async (input: RequestInfo | URL, init?: RequestInit) => {
        const { hostname } = new URL(input instanceof Request ? input.url : input)
        if (/(^|\.)line\.(me|biz)$/.test(hostname))
          throw new Error(`a test sent a request to ${hostname}; give the client the emulator's fetch`)
        return runtimeFetch(input, init)
      },
      { [mark]: runtimeFetch },
    )
globalThis.fetch = guarded

// Files share a process, so no test may leave a stub, a spy or a fake timer behind.
afterEach(() => {
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

// A file that replaced fetch itself fails here, and the next file gets the guard.
afterAll(() => {
  const left = globalThis.fetch
  globalThis.fetch = guarded
  expect(left).toBe(guarded)
})
