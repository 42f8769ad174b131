// Outputs of every operation: what the client passes on and what the contracts take, record by record.

import type { Endpoint } from 'line-oa'
import { createLineClient } from 'line-oa'
import * as catalog from 'line-oa/catalog'
import { contracts } from 'line-oa/contracts'
import { samples } from 'line-oa/testing'
import { describe, expect, test } from 'vitest'

const withJson = Object.entries(catalog).flatMap(([group, all]) =>
  Object.entries<Endpoint>(all).flatMap(([name, record]) =>
    record.response === 'binary' ? [] : [{ group, name, record }],
  ),
)
const parametersOf = ({ path }: Endpoint) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
const validator = contracts()

/** The same value with an unknown field in each object. */
function withUnknown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withUnknown)
  if (typeof value !== 'object' || value === null) return value
  const known = Object.entries(value).map(([key, member]) => [key, withUnknown(member)])
  return { ...Object.fromEntries(known), addedByLineLater: { deep: [1, null] } }
}

function* placesIn(value: unknown, at: readonly string[] = []): Generator<readonly string[]> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, member] of Object.entries(value)) {
    if (!Array.isArray(value)) yield [...at, key]
    yield* placesIn(member, [...at, key])
  }
}

function without(value: unknown, [key = '', ...rest]: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((member, at) => (String(at) === key ? without(member, rest) : member))
  const entries = Object.entries(value as object) // placesIn has walked here
  return Object.fromEntries(
    entries.flatMap(([name, member]) =>
      name !== key ? [[name, member]] : rest.length > 0 ? [[name, without(member, rest)]] : [],
    ),
  )
}

const made: { readonly [name: string]: () => object } = samples

describe.each(withJson)('an output of $name', ({ group, name, record }) => {
  const sample = made[name]?.() ?? {}
  const input = { ...Object.fromEntries(parametersOf(record).map((parameter) => [parameter, 'x'])), page: 1 }

  async function answerOf(answer: unknown): Promise<unknown> {
    const fetch = async () => Response.json(answer)
    const options = { channelAccessToken: 'token', fetch, random: () => 0 }
    // By its name in the catalog.
    const method: unknown = Reflect.get(Reflect.get(createLineClient(options), group), name)
    return typeof method === 'function' ? method(input, { accessToken: 'token' }) : undefined
  }

  test('can contain fields that LINE adds later, which are passed through', async () => {
    const answer = withUnknown(sample)
    expect(validator.check(record, 'output', answer)).toEqual([])
    expect(await answerOf(answer)).toEqual(answer)
  })

  test('is passed through unchanged when fields are missing or have other values', async () => {
    for (const place of placesIn(sample)) {
      const answer = without(sample, place)
      expect(await answerOf(answer)).toEqual({
        ...Object(typeof record.onLostResponse === 'object' ? record.onLostResponse : {}),
        ...Object(answer),
      })
    }
    const changed: unknown = JSON.parse(
      JSON.stringify(sample, (_, value) => (typeof value === 'string' ? 'NEW_VALUE' : value)),
    )
    expect(await answerOf(changed)).toEqual(changed)
  })
})

// An unknown tag selects no member of a union, so the contract reports it. Without validation it is passed on.
const tags = [
  'getCouponDetail acquisitionCondition.type',
  'getCouponDetail reward.priceInfo.type',
  'getCouponDetail reward.type',
  'getRichMenu areas.0.action.type',
  'getRichMenu areas.1.action.type',
  'getRichMenuList richmenus.0.areas.0.action.type',
  'getRichMenuList richmenus.0.areas.1.action.type',
  'getWebhookEventHistory events.0.event.type',
]

/** Changes every text and number of a value, one at a time. */
function* changes(
  value: object,
  change: (leaf: unknown) => unknown,
  at: readonly string[] = [],
): Generator<readonly string[]> {
  for (const [key, member] of Object.entries(value)) {
    if (typeof member === 'object' && member !== null) yield* changes(member, change, [...at, key])
    else if (change(member) !== undefined) {
      Reflect.set(value, key, change(member))
      yield [...at, key]
      Reflect.set(value, key, member)
    }
  }
}

function refused(change: (leaf: unknown) => unknown): string[] {
  return withJson.flatMap(({ name, record }) => {
    const sample = made[name]?.() ?? {}
    const found: string[] = []
    for (const place of changes(sample, change)) {
      if (validator.check(record, 'output', sample).length > 0) found.push(`${name} ${place.join('.')}`)
    }
    return found
  })
}

test('contracts accept values that LINE adds to its enumerations later, except for the tags of unions', () => {
  expect(refused((leaf) => (typeof leaf === 'string' ? 'NEW_VALUE' : undefined)).sort()).toEqual(tags)
})

test('contracts refuse integers that are not safe', () => {
  const whole = (leaf: unknown) => (typeof leaf === 'number' ? 2 ** 53 + 2 : undefined)
  const taken = new Set(
    withJson.flatMap(({ name }) =>
      [...changes(made[name]?.() ?? {}, whole)].map((place) => `${name} ${place.join('.')}`),
    ),
  )
  for (const place of refused(whole)) taken.delete(place)
  // Percentages and prices may have decimals.
  expect([...taken].filter((place) => !/\.(?:percentage|price)$/.test(place))).toEqual([])
})
