import { beforeEach, vi } from 'vitest'

// Nothing in this repository may reach LINE itself.
const real = globalThis.fetch

beforeEach(() => {
  vi.stubGlobal('fetch', (input: RequestInfo | URL, init?: RequestInit) => {
    const { hostname } = new URL(input instanceof Request ? input.url : input)
    if (/(^|\.)line\.(me|biz)$/.test(hostname))
      throw new Error(`a test asked ${hostname} for something; give the client the emulator's fetch`)
    return real(input, init)
  })
})
