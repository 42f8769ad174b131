// Looks at a real Official Account: token, bot info, webhook endpoint, quota. It only reads.
import { createLineClient, LineNotFoundError } from 'line-oa'
import { credentialsFromEnv } from 'line-oa/credentials'
import { step } from './steps.ts'

/** Reads from LINE with the credentials of the environment, or says which variables are missing. */
export async function live(): Promise<void> {
  const { channelId, channelSecret } = credentialsFromEnv()
  const line = createLineClient({ channelId, channelSecret })
  await step(
    'Bot info, under a stateless token',
    () => line.messaging.getBotInfo(),
    ({ displayName, basicId, chatMode }) => `${displayName}, ${basicId}, chat mode ${chatMode}`,
  )
  await step(
    'Webhook endpoint',
    () =>
      line.messaging
        .getWebhookEndpoint()
        .catch((error: unknown) => (error instanceof LineNotFoundError ? undefined : Promise.reject(error))),
    (found) => (found ? `${found.endpoint}, ${found.active ? 'in use' : 'switched off'}` : 'none is set'),
  )
  await step(
    'Quota of this month',
    () => line.messaging.getMessageQuota(),
    ({ type, value }) => (type === 'limited' ? `${value}` : 'no limit'),
  )
  await step(
    'Used of it',
    () => line.messaging.getMessageQuotaConsumption(),
    ({ totalUsage }) => `${totalUsage}`,
  )
}
