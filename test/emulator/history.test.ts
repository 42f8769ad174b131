// What an emulator logs is bounded, so that a long run does not fill the memory.
import { createEmulator } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { api, inputError, refusal, setup } from './setup.js'

const limited = () => setup({ clock: 'manual', historyLimit: 3 })

describe('historyLimit', () => {
  test('keeps the newest entries of a chat', async () => {
    const { line, account, person, userId } = await limited()
    for (const text of ['1', '2', '3', '4', '5'])
      expect(await line('POST /v2/bot/message/push', { to: userId, messages: [{ type: 'text', text }] })).toMatchObject(
        { status: 200 },
      )
    expect(person.chatWith(account).map(({ message }) => 'text' in message && message.text)).toEqual(['3', '4', '5'])
  })

  test('keeps the newest delivery reports', async () => {
    const { account, person } = await limited()
    for (let count = 0; count < 5; count++) await person.send(account, { type: 'text', text: String(count) })
    expect(account.deliveries).toHaveLength(3)
  })

  test('drops the quote tokens of old messages', async () => {
    const { line, userId } = await limited()
    const push = (message: object) => line('POST /v2/bot/message/push', { to: userId, messages: [message] })
    const tokens: string[] = []
    for (let count = 0; count < 4; count++) {
      const { body } = await push({ type: 'text', text: 'a' })
      tokens.push(JSON.stringify(body).match(/"quoteToken":"([^"]+)"/)?.[1] ?? '')
    }
    expect(await push({ type: 'text', text: 'b', quoteToken: tokens[0] })).toMatchObject(
      refusal(400, 'messages[0].quoteToken'),
    )
    expect(await push({ type: 'text', text: 'b', quoteToken: tokens[3] })).toMatchObject({ status: 200 })
  })

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('cannot be %s', (historyLimit) => {
    expect(() => createEmulator({ historyLimit })).toThrow(inputError)
  })
})

test('a fault that is used up is forgotten', async () => {
  const { emulator, token } = await setup({ clock: 'manual' })
  const status = async () =>
    (await emulator.fetch(`${api}/v2/bot/info`, { headers: { authorization: `Bearer ${token}` } })).status
  emulator.faults.add({ answer: 503, operation: 'getBotInfo' })
  emulator.faults.add({ answer: 500, operation: 'getBotInfo', times: 2 })
  expect([await status(), await status(), await status(), await status()]).toEqual([503, 500, 500, 200])
})
