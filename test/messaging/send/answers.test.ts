import { createLineClient, respond } from 'line-oa'
import { describe, expect, test, vi } from 'vitest'

const messages = [{ type: 'text' as const, text: 'hello' }]
const event = {
  webhookEventId: '01FZ74A0TDDPYRVKNK77XKC3ZR',
  replyToken: 'r',
  deliveryContext: { isRedelivery: false },
}

function answering(answer: () => Response) {
  const warning = vi.fn()
  const fetch = vi.fn(async () => answer())
  return { line: createLineClient({ channelAccessToken: 't', fetch, hooks: { warning } }), warning, fetch }
}

const cut = () => new Response(new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) }))

describe.each<[string, () => Response]>([
  ['is cut off', cut],
  ['is a page of a proxy', () => new Response('<html>')],
  ['is empty', () => new Response()],
  ['is a list', () => new Response('[]')],
])('an accepted send whose response %s', (_, answer) => {
  test('succeeds without message IDs, and calls the warning hook', async () => {
    const { line, warning, fetch } = answering(answer)
    const sent = [
      await line.messaging.pushMessage({ to: 'U1', messages }),
      await line.messaging.replyMessage({ replyToken: 'r', messages }),
      (await line.withResponse.messaging.pushMessage({ to: 'U1', messages })).data,
      await respond(line, { ...event }, messages),
    ]
    for (const { sentMessages } of sent) expect(sentMessages).toEqual([])
    expect(warning).toHaveBeenCalledTimes(4)
    expect(warning).toHaveBeenCalledWith(expect.objectContaining({ code: 'unexpected-body' }))
    expect(fetch).toHaveBeenCalledTimes(4)
  })
})

test.each<[string, () => Response]>([
  ['names no messages', () => Response.json({ message: 'The retry key is already accepted' }, { status: 409 })],
  ['is a page of a proxy', () => new Response('<html>', { status: 409 })],
])('a send under an accepted retry key succeeds when the response %s', async (_, answer) => {
  const { line } = answering(answer)
  const { data, outcome } = await line.withResponse.messaging.pushMessage({ to: 'U1', messages })
  expect({ sentMessages: data.sentMessages, outcome }).toEqual({ sentMessages: [], outcome: 'already-accepted' })
})

test('a complete response is passed through unchanged, with unknown fields', async () => {
  const whole = { sentMessages: [{ id: '1', quoteToken: 'q', added: 1 }], added: true }
  const { line, warning } = answering(() => Response.json(whole))
  expect(await line.messaging.pushMessage({ to: 'U1', messages })).toEqual(whole)
  expect(await line.messaging.multicast({ to: ['U1'], messages })).toEqual(whole)
  expect(warning).not.toHaveBeenCalled()
})
