import { createEmulator } from 'line-oa/emulator'

/** A Login channel, and where LINE is. */
export interface LoginSetup {
  readonly channelId: string
  readonly channelSecret: string
  readonly baseUrl: string | undefined
}

/** LINE itself where the environment names a channel; otherwise an emulator with a channel, an account to add, and two people. */
export async function loginSetup(callbackUrl: string): Promise<LoginSetup> {
  const { LINE_LOGIN_CHANNEL_ID: id, LINE_LOGIN_CHANNEL_SECRET: secret, LINE_BASE_URL: baseUrl } = process.env
  if (id && secret) return { channelId: id, channelSecret: secret, baseUrl }
  const emulator = createEmulator()
  const linkedAccount = emulator.createAccount({ name: 'Tea House' })
  const { channelId, channelSecret } = emulator.createLoginChannel({
    linkedAccount,
    published: true,
    settings: { name: 'Tea Shop', callbackUrls: [callbackUrl] },
  })
  emulator.createPerson({ displayName: 'Mika', statusMessage: 'Tea!' })
  emulator.createPerson({ displayName: 'Ren' })
  const { url } = await emulator.listen()
  return { channelId, channelSecret, baseUrl: url }
}
