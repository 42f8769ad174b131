import type { CallOptions, Operation } from 'line-oa'
import type { CreateCallerOptions } from 'line-oa/core'
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

describe('botId', () => {
  test('is sent in x-line-bot-id', async () => {
    expect((await sentHeaders({}, { botId })).get('x-line-bot-id')).toBe(botId)
  })

  test('is sent in the header that botIdHeader names instead', async () => {
    const headers = await sentHeaders({ botIdHeader: 'X-Partner-Bot' }, { botId })
    expect([headers.get('x-partner-bot'), headers.get('x-line-bot-id')]).toEqual([botId, null])
  })

  test('is sent in no header when the call has none', async () => {
    expect((await sentHeaders({ botIdHeader: 'x-partner-bot' }, {})).has('x-partner-bot')).toBe(false)
  })

  test.each(['', 'two words', 'a:b', 'x\r\ny'])('cannot be sent in a header named %j', (botIdHeader) => {
    expect(() => createCaller({ botIdHeader })).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  })
})
