import { describe, expect, test } from 'vitest'
import { setup } from '../setup.js'

describe('bot info', () => {
  test('describes the account, and its chat mode follows the Chat setting', async () => {
    const { line, account } = await setup()
    const { userId, basicId } = account
    expect((await line('GET /v2/bot/info')).body).toEqual({
      userId,
      basicId,
      displayName: 'Tea House',
      chatMode: 'bot',
      markAsReadMode: 'auto',
    })
    account.settings.chat = true
    expect((await line('GET /v2/bot/info')).body).toMatchObject({ chatMode: 'chat', markAsReadMode: 'manual' })
  })

  test('has the premium ID and the picture if the account has them', async () => {
    const { line } = await setup({
      account: { kind: 'premium', premiumId: '@teahouse', pictureUrl: 'https://pictures.example/tea' },
    })
    expect((await line('GET /v2/bot/info')).body).toMatchObject({
      premiumId: '@teahouse',
      pictureUrl: 'https://pictures.example/tea',
    })
  })
})
