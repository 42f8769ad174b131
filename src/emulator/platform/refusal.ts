import type { RefusalBody } from './words.js'

/** What a handler throws to have LINE refuse. */
export class Refusal extends Error {
  readonly status: number
  readonly body: RefusalBody
  readonly headers: { readonly [name: string]: string }

  constructor(status: number, body: RefusalBody, headers: { readonly [name: string]: string } = {}) {
    super(`${status}`)
    this.name = 'Refusal'
    this.status = status
    this.body = body
    this.headers = headers
  }
}

/** Refuses in LINE's words. */
export function refuse(status: number, body: RefusalBody | string): never {
  throw new Refusal(status, typeof body === 'string' ? { message: body } : body)
}
