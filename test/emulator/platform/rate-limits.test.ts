import { expect, test } from 'vitest'
import { call, refusal, setup, text } from '../setup.js'

const broadcast = ['POST /v2/bot/message/broadcast', { messages: [text('x')] }] as const

test('rate limits apply per channel and endpoint when they are enforced, and refill as the clock advances', async () => {
  const { line, emulator } = await setup({ enforceRateLimits: true })
  for (let count = 0; count < 60; count++) expect((await line(...broadcast)).status).toBe(200)
  expect(await line(...broadcast)).toMatchObject(refusal(429))
  expect((await line('GET /v2/bot/info')).status).toBe(200)
  const other = emulator.createAccount({ name: 'Other' })
  expect((await call(emulator, ...broadcast, { token: other.issueLongLivedToken() })).status).toBe(200)
  await emulator.clock.advance(59_999)
  expect((await line(...broadcast)).status).toBe(429)
  await emulator.clock.advance(1)
  expect((await line(...broadcast)).status).toBe(200)
  expect((await line(...broadcast)).status).toBe(429)
})

test('rate limits do not apply by default', async () => {
  const { line } = await setup()
  for (let count = 0; count < 61; count++) expect((await line(...broadcast)).status).toBe(200)
})
