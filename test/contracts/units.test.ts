import type { Endpoint } from 'line-oa'
import { contracts } from 'line-oa/contracts'
import { createCoupon, pushTemplatedMessageByPhone, setWebhookEndpoint } from 'line-oa/operations'
import { expect, test } from 'vitest'

// LINE counts UTF-16 code units here, so a tea cup counts twice; zod's own check would count it once.
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
])('%o: %s is at most %i UTF-16 units', (operation, path, most, input) => {
  const tooLong = (text: string) =>
    contracts()
      .check(operation, 'input', input(text))
      .some((problem) => problem.path === path && problem.allowed.includes(String(most)))
  expect(tooLong('🍵'.repeat(most / 2))).toBe(false)
  expect(tooLong(`${'🍵'.repeat(most / 2)}x`)).toBe(true)
})
