import { createLineClient, type LineClient } from 'line-oa'
import { credentialsFromEnv } from 'line-oa/credentials'
import { createEmulator, type Emulator } from 'line-oa/emulator'

/** The emulator that an example has started for itself. */
export interface Demo {
  readonly emulator: Emulator
  readonly account: ReturnType<Emulator['createAccount']>
  close(): Promise<void>
}

/**
 * The Official Account that an example works with: the one of LINE_CHANNEL_ID and LINE_CHANNEL_SECRET, at LINE or at the emulator under
 * LINE_BASE_URL; without them one on an emulator of its own, over real HTTP.
 */
export async function officialAccount(): Promise<{ readonly line: LineClient; readonly demo: Demo | undefined }> {
  if (process.env['LINE_CHANNEL_ID']) {
    const { channelId, channelSecret } = credentialsFromEnv()
    return {
      line: createLineClient({ channelId, channelSecret, baseUrl: process.env['LINE_BASE_URL'] }),
      demo: undefined,
    }
  }
  const emulator = createEmulator({ enforceRateLimits: true })
  const account = emulator.createAccount({ name: 'Tea House' })
  const { channelId, channelSecret } = account
  const server = await emulator.listen({ port: 0 })
  const line = createLineClient({ channelId, channelSecret, baseUrl: server.url })
  return { line, demo: { emulator, account, close: () => server.close() } }
}
