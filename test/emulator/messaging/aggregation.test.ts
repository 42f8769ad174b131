import { describe, expect, test } from 'vitest'
import { refusal, setup, text } from '../setup.js'

const path = '/v2/bot/message/aggregation'

async function counting() {
  const world = await setup()
  const { line, userId } = world
  const push = (unit: string) =>
    line('POST /v2/bot/message/push', { to: userId, messages: [text('x')], customAggregationUnits: [unit] })
  const used = async () => (await line(`GET ${path}/info`)).body
  const list = async (query = '') => (await line(`GET ${path}/list${query}`)).body
  return { ...world, push, used, list }
}

describe('aggregation units', () => {
  test('are listed once each, from push and multicast', async () => {
    const { push, used, list, line, userId } = await counting()
    expect([await used(), await list()]).toEqual([{ numOfCustomAggregationUnits: 0 }, { customAggregationUnits: [] }])
    for (const unit of ['spring', 'summer', 'spring']) expect((await push(unit)).status).toBe(200)
    const multicast = { to: [userId], messages: [text('x')], customAggregationUnits: ['autumn'] }
    await line('POST /v2/bot/message/multicast', multicast)
    expect([await used(), await list()]).toEqual([
      { numOfCustomAggregationUnits: 3 },
      { customAggregationUnits: ['spring', 'summer', 'autumn'] },
    ])
  })

  test('a refused message does not use a unit', async () => {
    const { push, used, account } = await counting()
    account.settings.monthlyLimit = 0
    expect((await push('spring')).status).toBe(429)
    expect(await used()).toEqual({ numOfCustomAggregationUnits: 0 })
  })

  test('the 1,001st unit of a month is ignored, and its message is sent', async () => {
    const { push, used, list, person, account } = await counting()
    for (let count = 1; count <= 1000; count++) await push(`unit_${count}`)
    expect(await used()).toEqual({ numOfCustomAggregationUnits: 1000 })
    expect((await push('unit_1001')).status).toBe(200)
    expect(person.chatWith(account)).toHaveLength(1001)
    expect(await used()).toEqual({ numOfCustomAggregationUnits: 1000 })
    expect((await push('unit_7')).status).toBe(200)
    let names: string[] = []
    for (let query = ''; ; ) {
      const { customAggregationUnits, next } = (await list(query)) as {
        customAggregationUnits: string[]
        next?: string
      }
      names = [...names, ...customAggregationUnits]
      if (next === undefined) break
      query = `?start=${next}`
    }
    expect(names).toEqual(Array.from({ length: 1000 }, (_, at) => `unit_${at + 1}`))
  }, 60_000)

  test('the list is empty at the start of a month in Japan', async () => {
    const { push, used, emulator } = await counting()
    await push('winter')
    // The clock starts on January 1, 9 o'clock in Japan.
    await emulator.clock.advance((31 * 24 - 9) * 60 * 60 * 1000 - 1)
    expect(await used()).toEqual({ numOfCustomAggregationUnits: 1 })
    await emulator.clock.advance(1)
    expect(await used()).toEqual({ numOfCustomAggregationUnits: 0 })
  })

  test.each([
    ['limit=1', 200, { customAggregationUnits: ['one'], next: expect.any(String) }],
    ['limit=100', 200, { customAggregationUnits: ['one', 'two'] }],
    ['limit=101', 400, refusal(400).body],
    ['limit=0', 400, refusal(400).body],
    ['start=made-up', 400, refusal(400).body],
  ])('the list with %s is answered with %i', async (query, status, body) => {
    const { push, line } = await counting()
    await push('one')
    await push('two')
    const answer = await line(`GET ${path}/list?${query}`)
    expect([answer.status, answer.body]).toEqual([status, body])
  })
})
