// Reads the bot info, the webhook endpoint and the quota of a real Official Account. It changes nothing.
import { createLineClient, LineNotFoundError } from 'line-oa'
import { credentialsFromEnv } from 'line-oa/credentials'
import { step } from './steps.ts'

/**
 * Reads from LINE with the credentials in the environment.
 *
 * @throws {LineError} if a variable is missing, with its name.
 */
export async function live(): Promise<void> {
  const { channelId, channelSecret } = credentialsFromEnv()
  const line = createLineClient({ channelId, channelSecret })
  await step(
    'Get the bot info with a stateless channel access token',
    () => line.messaging.getBotInfo(),
    ({ displayName, basicId, chatMode }) => `${displayName}, ${basicId}, chat mode ${chatMode}`,
  )
  await step(
    'Get the webhook endpoint',
    () =>
      line.messaging
        .getWebhookEndpoint()
        .catch((error: unknown) => (error instanceof LineNotFoundError ? undefined : Promise.reject(error))),
    (found) => (found ? `${found.endpoint}, ${found.active ? 'on' : 'off'}` : 'not set'),
  )
  await step(
    'Get the monthly quota',
    () => line.messaging.getMessageQuota(),
    ({ type, value }) => (type === 'limited' ? `${value}` : 'no limit'),
  )
  await step(
    'Get the messages used this month',
    () => line.messaging.getMessageQuotaConsumption(),
    ({ totalUsage }) => `${totalUsage}`,
  )
}
