// Every event of LINE's webhook.yml compared with the exported interfaces, as the compiler reads them.
import { type Events, events } from 'line-oa/testing'
import { describe, expect, test } from 'vitest'
import { readOpenApiFolder } from './files.js'
import { isNode } from './openapi.js'
import type { Shape } from './shape.js'
import { findEventDifferences, knownEventDifferences, readEventSchema } from './webhook-events.js'

const folder = process.env['LINE_OPENAPI_DIR']

/** Events that the file lacks. */
const onlyHere = knownEventDifferences.flatMap(({ differences }) =>
  differences.flatMap((difference) => /^event (\w+): only here$/.exec(difference)?.[1] ?? []),
)

describe.skipIf(!folder)('webhook events against webhook.yml', () => {
  const root = folder ? readOpenApiFolder(folder).webhook : {}
  const event = readEventSchema(root)
  const types = [...(event.tagged?.options.keys() ?? [])]

  test('have the types, members, kinds and values of the file, except where a difference is known', () => {
    expect(types).toHaveLength(19)
    const found = findEventDifferences(root)
    const known = knownEventDifferences.flatMap(({ differences }) => differences)
    expect(found.filter((difference) => !known.includes(difference))).toEqual([])
    expect(known.filter((difference) => !found.includes(difference))).toEqual([])
  })

  test('are built with every member that the file requires', () => {
    const missing: string[] = []
    const check = (value: unknown, shape: Shape, at: string): void => {
      const tag = shape.tagged && isNode(value) ? String(value[shape.tagged.tag]) : undefined
      const own = tag === undefined ? shape : shape.tagged?.options.get(tag)?.()
      if (!own) return void missing.push(`${at}: unknown type ${tag}`)
      if (own.entries && Array.isArray(value)) for (const one of value) check(one, own.entries(), `${at}[]`)
      for (const [key, { needed, shape: make }] of own.fields) {
        const inner = isNode(value) ? value[key] : undefined
        if (inner !== undefined) check(inner, make(), `${at}.${key}`)
        else if (needed) missing.push(`${at}.${key}`)
      }
    }
    const builders: readonly (keyof Events)[] = Object.keys(events) as (keyof Events)[] // an object of this project's own
    for (const builder of builders.filter((name) => name !== 'unknown' && !onlyHere.includes(name)))
      check(events[builder]({} as never), event, builder)
    expect(missing).toEqual([])
  })
})
