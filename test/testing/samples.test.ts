import type { AudienceGroups, BinaryContent, Endpoint, Profile } from 'line-oa'
import { createLineClient } from 'line-oa'
import * as catalog from 'line-oa/catalog'
import { contracts } from 'line-oa/contracts'
import { type Samples, samples } from 'line-oa/testing'
import { describe, expect, expectTypeOf, test } from 'vitest'

const records = Object.values(catalog).flatMap((group) => Object.entries<Endpoint>(group))
const made = new Map<string, () => object>(Object.entries(samples))

function sample(name: string): object {
  const make = made.get(name)
  if (!make) throw new Error(`No sample of ${name}`)
  return make()
}

// Reads a stream to its end, so that two values can be compared.
async function read(value: object): Promise<object> {
  if (!('stream' in value) || !(value.stream instanceof ReadableStream)) return value
  return { ...value, stream: [...new Uint8Array(await new Response(value.stream).arrayBuffer())] }
}

function objectsIn(value: unknown): object[] {
  return typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(objectsIn)] : []
}

test('every operation has a sample, and there are no others', () => {
  expect([...made.keys()].sort()).toEqual(records.map(([name]) => name).sort())
})

test('a sample has the type of its operation’s response, and none is optional', () => {
  expectTypeOf(samples.getProfile).toEqualTypeOf<() => Profile>()
  expectTypeOf(samples.getAudienceGroups).toEqualTypeOf<() => AudienceGroups>()
  expectTypeOf(samples.getRichMenuImage).toEqualTypeOf<() => BinaryContent>()
  expectTypeOf(samples.multicast).toEqualTypeOf<() => Record<string, never>>()
  expectTypeOf<Omit<Samples, 'getProfile'>>().not.toExtend<Samples>()
})

describe.each(records)('%s', (name, record) => {
  test('satisfies its contract', () => {
    expect(contracts().check(record, 'output', sample(name))).toEqual([])
  })

  test('is equal each time, and shares no objects', async () => {
    const [one, two] = [sample(name), sample(name)]
    const first = new Set(objectsIn(one))
    expect(objectsIn(two).filter((object) => first.has(object))).toEqual([])
    expect(await read(one)).toEqual(await read(two))
  })

  test('is a file if LINE responds with one, otherwise a JSON value', async () => {
    const value = sample(name)
    if (record.response === 'binary') {
      const file = await read(value)
      expect(file).toMatchObject({ contentType: 'image/png', contentLength: 67 })
      expect(JSON.stringify(file)).toContain('"stream":[137,80,78,71,') // the PNG signature
    } else expect(JSON.parse(JSON.stringify(value))).toStrictEqual(value)
  })
})

describe('samples as responses of a fetch function', () => {
  const client = (answer: Response) =>
    createLineClient({ channelAccessToken: 'token', fetch: async () => answer, validate: contracts() })

  test('a profile', async () => {
    const line = client(Response.json(samples.getProfile()))
    expect(await line.messaging.getProfile({ userId: samples.getProfile().userId })).toEqual(samples.getProfile())
  })

  test('audiences', async () => {
    expect(await client(Response.json(samples.getAudienceGroups())).audience.getAudienceGroups({ page: 1 })).toEqual(
      samples.getAudienceGroups(),
    )
  })

  test('a file', async () => {
    const { stream, contentType, contentLength } = samples.getMessageContent()
    const headers = { 'content-type': contentType, 'content-length': String(contentLength) }
    const content = await client(new Response(stream, { headers })).messaging.getMessageContent({
      messageId: '500000000000000001',
    })
    expect(await read(content)).toEqual(await read(samples.getMessageContent()))
  })
})
