import type { Endpoint } from 'line-oa'
import { createCoupon, pushTemplatedMessageByPhone, setWebhookEndpoint } from 'line-oa/operations'
import { expect, test } from 'vitest'
import { inputProblems } from './check.js'

// LINE counts UTF-16 code units here, so an emoji counts twice; zod's own check would count it once.
test.each<[Endpoint, string, number, (text: string) => object]>([
  [createCoupon, 'title', 60, (title) => ({ title })],
  [createCoupon, 'usageCondition', 100, (usageCondition) => ({ usageCondition })],
  [setWebhookEndpoint, 'endpoint', 500, (endpoint) => ({ endpoint })],
  [
    pushTemplatedMessageByPhone,
    'body.buttons[0].url',
    1000,
    (url) => ({ body: { buttons: [{ buttonKey: 'k', url }] } }),
  ],
])('%o: %s has at most %i UTF-16 code units', (operation, path, most, input) => {
  const tooLong = (text: string) =>
    inputProblems(operation, input(text)).filter((problem) => problem.path === path && problem.maximum !== undefined)
  expect(tooLong('🍵'.repeat(most / 2))).toEqual([])
  expect(tooLong(`${'🍵'.repeat(most / 2)}x`)).toMatchObject([{ rule: 'length', maximum: most }])
})
