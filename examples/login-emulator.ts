import { createEmulator } from 'line-oa/emulator'

/** A LINE Login channel, and the base URL of LINE. */
export interface LoginSetup {
  readonly channelId: string
  readonly channelSecret: string
  readonly baseUrl: string | undefined
}

/** Returns the channel of the environment variables; without them, a channel of an emulator with a linked account and two users. */
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
