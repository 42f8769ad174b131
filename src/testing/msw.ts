import { type HttpHandler, HttpResponse, http } from 'msw'
import { hosts } from '../core/call/request.js'
import type { Emulator } from '../emulator/index.js'
import { ConnectionReset } from '../emulator/platform/front.js'

/**
 * Makes msw handlers that have the emulator answer for all of LINE's hosts, its faults included.
 *
 * @example
 * const server = setupServer(...handlers(emulator))
 */
export function handlers(emulator: Pick<Emulator, 'fetch'>): HttpHandler[] {
  return Object.values(hosts).map((origin) =>
    http.all(`${origin}/*`, async ({ request }) => {
      try {
        return await emulator.fetch(request)
      } catch (error) {
        // The emulator breaks the connection, or nobody waits any longer; msw has a word of its own for both.
        if (request.signal.aborted || (error instanceof TypeError && error.cause instanceof ConnectionReset))
          return HttpResponse.error()
        throw error
      }
    }),
  )
}
