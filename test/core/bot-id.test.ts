import type { CallOptions, CreateCallerOptions, Operation } from 'line-oa'
import { createCaller } from 'line-oa/core'
import { describe, expect, test } from 'vitest'

const info: Operation<Record<string, never>, { userId: string }> = {
  method: 'GET',
  path: '/v2/bot/info',
  repeat: 'safe',
  docs: '',
}
const botId = 'U0123456789abcdef0123456789abcdef'

async function sentHeaders(options: CreateCallerOptions, call: CallOptions): Promise<Headers> {
  let headers = new Headers()
  const caller = createCaller({
    ...options,
    channelAccessToken: 'token',
    fetch: async (_, init) => {
      headers = new Headers(init?.headers)
      return new Response('{"userId":"U0"}')
    },
  })
  await caller.call(info, {}, call)
  return headers
}

describe('the bot that a module channel acts for', () => {
  test('is named in the header that public code uses', async () => {
    expect((await sentHeaders({}, { botId })).get('x-line-bot-id')).toBe(botId)
  })

  test('or in the one that LINE has told', async () => {
    const headers = await sentHeaders({ botIdHeader: 'X-Partner-Bot' }, { botId })
    expect([headers.get('x-partner-bot'), headers.get('x-line-bot-id')]).toEqual([botId, null])
  })

  test('is in no header of a call without one', async () => {
    expect((await sentHeaders({ botIdHeader: 'x-partner-bot' }, {})).has('x-partner-bot')).toBe(false)
  })

  test.each(['', 'two words', 'a:b', 'x\r\ny'])('is refused at once for a header called %j', (botIdHeader) => {
    expect(() => createCaller({ botIdHeader })).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  })
})
