// Every message of line-oa/testing. No other test asserts one. line-oa/msw has none of its own.

import { type DeliveryInput, signedDelivery, signedRequest } from 'line-oa/testing'
import { expect, test } from 'vitest'

type Row = readonly [what: string, call: () => Promise<unknown>, name: string, message: string]

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
])('%s', async (_what, act, name, message) => {
  const error: unknown = await act().catch((thrown: unknown) => thrown)
  expect(error instanceof Error && [error.name, error.message]).toEqual([name, message])
})
