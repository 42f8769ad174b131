import { wait } from '../../core/wait.js'
import type { Fault } from '../faults.js'
import { loginPage } from '../login/pages.js'
import type { World } from '../world.js'
import { recordCall } from './calls.js'
import { assumedMessages, errorMessages } from './error-messages.js'
import { type Answer, fromRequest, type Incoming, type TextAnswer, toResponse } from './exchange.js'
import type { Platform } from './platform.js'
import { Refusal } from './refusal.js'

/** Stands for a lost connection instead of an answer. */
export class ConnectionReset extends Error {
  readonly code = 'ECONNRESET'

  constructor() {
    super('read ECONNRESET')
    this.name = 'ConnectionReset'
  }
}

const statusMessages: { readonly [status: number]: string } = {
  401: errorMessages.authentication('invalid token'),
  403: errorMessages.notAvailable,
  404: errorMessages.notFound,
  429: errorMessages.rateLimit,
}

function statusAnswer(platform: Platform, status: number): TextAnswer {
  return platform.refusal(
    new Refusal(status, { message: statusMessages[status] ?? (status < 400 ? 'ok' : assumedMessages.serverError) }),
  )
}

const page = '<!DOCTYPE html>\n<html><head><title>Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>\n'

function brokenBody(status: number, headers: HeadersInit): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"sentMess'))
    },
    // Not at once, so that the chunk before it is read.
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
  request: Incoming,
  fault: Fault,
  carryOut: () => Promise<Answer>,
): Promise<Answer> {
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
 * Answers a request as LINE does, or as a fault says.
 *
 * @throws {ConnectionReset} when the connection is to break.
 */
export function respond(world: World, platform: Platform, request: Incoming): Promise<Answer> {
  return world.clock.busy(world.life.untilEnd(answer(world, platform, request), () => new ConnectionReset()))
}

async function answer(world: World, platform: Platform, request: Incoming): Promise<Answer> {
  const page = loginPage(world, request)
  if (page) return page
  const found = await platform.find(request)
  const fault = found && world.faults.take(found.operation)
  const carryOut = () => platform.answer(request, found)
  let made: Answer | undefined
  try {
    made = await (fault ? goWrong(world, platform, request, fault, carryOut) : carryOut())
    return made
  } finally {
    recordCall(world, request, found, made)
  }
}

/** Creates a `fetch` that sends every request to the emulator. LINE's own hosts only have the endpoints of that host. */
export function createFetch(world: World, platform: Platform): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    if (request.signal.aborted) throw request.signal.reason
    try {
      const answer = respond(world, platform, fromRequest(request))
      return toResponse(await Promise.race([answer, untilAborted(request.signal)]))
    } catch (error) {
      // Runtimes throw this error with the reason as its cause.
      if (error instanceof ConnectionReset) throw new TypeError('fetch failed', { cause: error })
      throw error
    }
  }
}
