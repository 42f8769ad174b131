import { createLineClient, type LineClient } from 'line-oa'
import { credentialsFromEnv } from 'line-oa/credentials'
import { createEmulator, type Emulator } from 'line-oa/emulator'

/** The emulator of an example that runs without credentials. */
export interface Demo {
  readonly emulator: Emulator
  readonly account: ReturnType<Emulator['createAccount']>
  close(): Promise<void>
}

/**
 * Returns a client for the channel of LINE_CHANNEL_ID and LINE_CHANNEL_SECRET, at LINE_BASE_URL or LINE. Without these variables, starts an
 * emulator with a new account and returns a client that calls it over HTTP.
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
