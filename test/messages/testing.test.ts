// Every message of line-oa/testing. No other test asserts one. line-oa/msw has none of its own.

import { type DeliveryInput, events, signedDelivery, signedRequest } from 'line-oa/testing'
import { expect, test } from 'vitest'

type Row = readonly [what: string, call: () => unknown, name: string, message: string]

const signedWith = (channelSecret: unknown) => ({ channelSecret, events: [] }) as unknown as DeliveryInput // some are what the types forbid

test.each<Row>([
  [
    'signedDelivery: an empty channel secret',
    () => signedDelivery(signedWith('')),
    'LineInputError',
    'channelSecret is missing or empty',
  ],
  [
    'signedDelivery: no channel secret',
    () => signedDelivery(signedWith(undefined)),
    'LineInputError',
    'channelSecret is missing or empty',
  ],
  [
    'signedRequest: an empty channel secret',
    () => signedRequest(signedWith('')),
    'LineInputError',
    'channelSecret is missing or empty',
  ],
  [
    'signedRequest: no options',
    () => signedRequest(undefined as never),
    'LineInputError',
    'signedRequest: the options must be an object',
  ],
  [
    'signedRequest: a URL with a password',
    () => signedRequest({ ...signedWith('a'), url: 'https://a:b@example.com/' }),
    'LineInputError',
    'signedRequest: url must be an absolute URL without credentials',
  ],
  [
    'signedDelivery: an event with a BigInt',
    () => signedDelivery({ ...signedWith('a'), events: [{ type: 'x', count: 1n }] as never }),
    'LineInputError',
    'signedDelivery: events must consist of JSON values, without cycles and BigInt',
  ],
  [
    'events: a BigInt',
    () => events.text({ text: 1n as never }),
    'LineInputError',
    'An event must consist of JSON values, without cycles and BigInt',
  ],
])('%s', async (_what, act, name, message) => {
  const error: unknown = await (async () => act())().catch((thrown: unknown) => thrown)
  expect(error instanceof Error && [error.name, error.message]).toEqual([name, message])
})
