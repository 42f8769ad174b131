import { type HttpHandler, HttpResponse, http } from 'msw'
import { hosts } from '../core/call/request.js'
import type { Emulator } from '../emulator/index.js'
import { ConnectionReset } from '../emulator/platform/fetch.js'

/**
 * Creates msw handlers that route requests for all of LINE's hosts to the emulator, including its faults.
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
        // The emulator reset the connection, or the caller aborted the request. In msw, both are a network error.
        if (request.signal.aborted || (error instanceof TypeError && error.cause instanceof ConnectionReset))
          return HttpResponse.error()
        throw error
      }
    }),
  )
}
