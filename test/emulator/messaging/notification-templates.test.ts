import { createLineClient } from 'line-oa'
import { createEmulator } from 'line-oa/emulator'
import { expect, test } from 'vitest'

test('templates and items of LINE notification messages are checked against those that LINE has approved', async () => {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House' })
  account.settings.notificationMessages = true
  const line = createLineClient({ channelAccessToken: account.issueLongLivedToken(), fetch: emulator.fetch })
  const send = (templateKey: string, itemKey: string) =>
    line.messaging.pushTemplatedMessageByPhone({
      to: 'a'.repeat(64),
      templateKey,
      body: { items: [{ itemKey, content: 'x' }] },
    })
  // Without a register every key is accepted, and only the user is unknown.
  await expect(send('reserve_001', 'number_001')).rejects.toMatchObject({ status: 422 })
  account.settings.notificationTemplates = { reserve_001: ['number_001'] }
  await expect(send('reserve_001', 'number_001')).rejects.toMatchObject({ status: 422 })
  await expect(send('reserve_004', 'number_001')).rejects.toMatchObject({
    status: 400,
    details: [{ property: 'templateKey' }],
  })
  await expect(send('reserve_001', 'number_002')).rejects.toMatchObject({
    status: 400,
    details: [{ property: 'body.items[0].itemKey' }],
  })
})
