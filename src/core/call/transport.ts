import { systemClock } from '../clock.js'
import {
  attempt,
  type CallState,
  type LineResponse,
  type NoResponse,
  type PreparedCall,
  type Transport,
} from './attempt.js'

/** The result of a call after all its attempts. */
export interface SendResult {
  readonly last: LineResponse | NoResponse
  /** Whether an attempt before the last one may have been carried out. */
  readonly uncertain: boolean
  readonly attempts: number
}

/** Sends a call by plain fetch, and again as often as its record, its deadline and LINE's responses allow. */
export async function send(transport: Transport, call: PreparedCall): Promise<SendResult> {
  const { clock } = transport
  const { request, totalTimeout } = call
  const end = clock.now() + totalTimeout
  // The clock may be set back while the call runs.
  const left = () => Math.min(totalTimeout, Math.max(0, end - clock.now()))
  const state: CallState = { attempts: 0, token: undefined, refused: undefined, uncertain: false, left }
  // A test that moves its own clock cannot wait for a module to load, so all are loaded before any timer is set.
  if (clock !== systemClock) {
    const [{ loadKy }] = await Promise.all([import('./retry.js'), import('./refusal.js')])
    await loadKy()
  }
  const last = await attempt(transport, call, state).finally(() => request.upload?.close())
  if ((last.kind === 'response' && last.status < 400) || request.body instanceof ReadableStream)
    return { last, uncertain: false, attempts: 1 }
  const { repeat } = await import('./retry.js')
  return repeat(transport, call, state, last)
}
