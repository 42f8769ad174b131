import type { EmulatorOptions } from 'line-oa/emulator'
import { type Extras, read, setup } from '../setup.js'

export const day = 24 * 60 * 60 * 1000
export const path = '/v2/bot/audienceGroup'

export interface Shown {
  readonly audienceGroup: { readonly audienceGroupId: number; readonly status: string; readonly audienceCount: number }
  readonly jobs: readonly object[]
}

export const refused = (code: string, more: object = {}) => ({
  status: 400,
  body: { details: [{ message: code }], ...more },
})
export const notFound = refused('AUDIENCE_GROUP_NOT_FOUND', { message: 'audience group not found' })
export const someId = (at: number) => `U${String(at).padStart(32, '0')}`
export const idsOf = (count: number) => Array.from({ length: count }, (_, at) => ({ id: someId(at) }))

export async function withAudiences(options: EmulatorOptions = {}) {
  const world = await setup(options)
  const { emulator, line, token, userId } = world
  const create = (more: object = {}, extras?: Extras) =>
    line(`POST ${path}/upload`, { description: 'spring', audiences: [{ id: userId }], ...more }, extras)
  const idOf = ({ body }: { readonly body: unknown }) => (body as { audienceGroupId: number }).audienceGroupId // what creating answers
  const created = async (more?: object) => idOf(await create(more))
  const get = (id: number, extras?: Extras) => line(`GET ${path}/${id}`, undefined, extras)
  const shown = async (id: number) => (await get(id)).body as Shown // the answer to the line above
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

export const lines = (content: string, type = 'text/plain') => new Blob([content], { type })
