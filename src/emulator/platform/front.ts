import { wait } from '../../core/clock.js'
import type { Fault } from '../faults.js'
import { loginPage } from '../login/pages.js'
import type { World } from '../world.js'
import type { Platform } from './platform.js'
import { Refusal } from './refusal.js'
import { ours, words } from './words.js'

/** The connection is to break instead of answering. */
export class ConnectionReset extends Error {
  readonly code = 'ECONNRESET'

  constructor() {
    super('read ECONNRESET')
    this.name = 'ConnectionReset'
  }
}

const statusWords: { readonly [status: number]: string } = {
  401: words.authentication('invalid token'),
  403: words.notAvailable,
  404: words.notFound,
  429: words.rateLimit,
}

function statusAnswer(platform: Platform, status: number): Response {
  return platform.refusal(
    new Refusal(status, { message: statusWords[status] ?? (status < 400 ? 'ok' : ours.serverError) }),
  )
}

const page = '<!DOCTYPE html>\n<html><head><title>Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>\n'

function brokenBody(status: number, headers: Headers): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"sentMess'))
    },
    // Not at once, so that what came before it is read.
    pull(controller) {
      controller.error(new ConnectionReset())
    },
  })
  return new Response(body, { status, headers })
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(signal.reason)
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
}

async function goWrong(
  world: World,
  platform: Platform,
  request: Request,
  fault: Fault,
  carryOut: () => Promise<Response>,
): Promise<Response> {
  const { clock } = world
  const { answer, delay = 5000 } = fault
  const late = () => clock.parked(wait(clock, delay, request.signal))
  if (answer === 'slow' && fault.when !== 'after') {
    await late()
    return carryOut()
  }
  const real = fault.when === 'after' ? await carryOut() : undefined
  switch (answer) {
    case 'slow':
      await late()
      return real ?? carryOut()
    case 'timeout':
      return clock.parked(untilAborted(request.signal))
    case 'reset':
      throw new ConnectionReset()
    case 'reset-body':
      return brokenBody(fault.status ?? real?.status ?? 500, real?.headers ?? statusAnswer(platform, 500).headers)
    case 'html':
      return new Response(page, {
        status: fault.status ?? 502,
        headers: { 'content-type': 'text/html; charset=utf-8' },
      })
    default:
      return statusAnswer(platform, answer)
  }
}

/**
 * Answers a request, as LINE or as a fault has it.
 *
 * @throws {ConnectionReset} when the connection is to break.
 */
export async function respond(world: World, platform: Platform, request: Request): Promise<Response> {
  const page = loginPage(world, request)
  if (page) return page
  const found = await platform.find(request)
  const fault = found && world.faults.take(found.operation)
  const carryOut = () => platform.answer(request, found)
  return fault ? goWrong(world, platform, request, fault, carryOut) : carryOut()
}

/** Makes a `fetch` that leads to the emulator, whatever the address; on LINE's own hosts only what that host has is found. */
export function createFetch(world: World, platform: Platform): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    if (request.signal.aborted) throw request.signal.reason
    try {
      return await world.clock.busy(Promise.race([respond(world, platform, request), untilAborted(request.signal)]))
    } catch (error) {
      // As runtimes put it: what broke the connection is the cause.
      if (error instanceof ConnectionReset) throw new TypeError('fetch failed', { cause: error })
      throw error
    }
  }
}
