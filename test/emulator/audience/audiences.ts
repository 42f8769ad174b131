import type { EmulatorOptions } from 'line-oa/emulator'
import { expect } from 'vitest'
import { type Extras, read, setup } from '../setup.js'

export const day = 24 * 60 * 60 * 1000
export const path = '/v2/bot/audienceGroup'

/** The response to reading an audience. */
export interface Shown {
  readonly audienceGroup: { readonly audienceGroupId: number; readonly status: string; readonly audienceCount: number }
  readonly jobs: readonly object[]
}

/** LINE's error response for a request about audiences. Its code is the message of its only detail. */
export const refused = (code: string, property?: string) => ({
  status: 400,
  body: { message: expect.any(String), details: [{ message: code, ...(property !== undefined && { property }) }] },
})
export const notFound = refused('AUDIENCE_GROUP_NOT_FOUND')
/** A well-formed user ID. */
export const someId = (at: number) => `U${String(at).padStart(32, '0')}`
/** A list of user IDs, as the body of an upload has it. */
export const idsOf = (count: number) => Array.from({ length: count }, (_, at) => ({ id: someId(at) }))

/** setup() with functions that create and read audiences. */
export async function withAudiences(options: EmulatorOptions = {}) {
  const world = await setup(options)
  const { emulator, line, token, userId } = world
  const create = (more: object = {}, extras?: Extras) =>
    line(`POST ${path}/upload`, { description: 'spring', audiences: [{ id: userId }], ...more }, extras)
  const idOf = ({ body }: { readonly body: unknown }) => (body as { audienceGroupId: number }).audienceGroupId // the response to creating an audience
  const created = async (more?: object) => idOf(await create(more))
  const get = (id: number, extras?: Extras) => line(`GET ${path}/${id}`, undefined, extras)
  const shown = async (id: number) => (await get(id)).body as Shown // the response to the line above
  const list = async (query: string) =>
    (await line(`GET ${path}/list?${query}`)).body as { audienceGroups: { description: string }[] }
  const byFile = async (method: 'POST' | 'PUT', fields: { readonly [name: string]: string }, file: Blob) => {
    const body = new FormData()
    for (const name in fields) body.append(name, fields[name] ?? '')
    body.append('file', file, 'ids.txt')
    const headers = { authorization: `Bearer ${token}` }
    return read(await emulator.fetch(`https://api-data.line.me${path}/upload/byFile`, { method, body, headers }))
  }
  return { ...world, create, created, get, shown, list, byFile, idOf }
}

/** A file of user IDs. */
export const lines = (content: string | Uint8Array<ArrayBuffer>, type = 'text/plain') => new Blob([content], { type })
