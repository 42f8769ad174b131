import type { WebhookEvent } from '../../webhook/types.js'
import { attempt, type Hook } from '../delivery/attempt.js'
import type { AccountState, Channel, DeliveryReport, ModuleChannelState } from '../state.js'
import { stateOf, type World } from '../world.js'
import { hasScope, modulesOf } from './attachments.js'
import { forModule } from './user-ids.js'

/** The webhook settings of a module channel, in the LINE Developers Console. */
export interface ModuleWebhookSettings {
  /** Whether events are delivered to the webhook URL. Default: `false`. */
  webhook: boolean
  /** The webhook URL. Default: none. */
  webhookUrl: string | undefined
  /** Whether deliveries without a 2xx answer are redelivered. Default: `false`. */
  redelivery: boolean
}

/** The webhook of a module channel. */
export const moduleWebhook: (channel: ModuleChannelState) => {
  readonly settings: ModuleWebhookSettings
  readonly deliveries: DeliveryReport[]
} = stateOf(() => ({ settings: { webhook: false, webhookUrl: undefined, redelivery: false }, deliveries: [] }))

function moduleHook(channel: ModuleChannelState, account: AccountState): Hook {
  const signer = () => ({ channelSecret: channel.channelSecret, destination: account.userId })
  return { owner: channel, account, ...moduleWebhook(channel), signer }
}

// The completion of a notification message has its own scope.
const scopeFor = (type: WebhookEvent['type']) => (type === 'delivery' ? 'message:templated_pnp' : 'message:receive')

/** Delivers an event to the module channels that are attached to an account and may receive it. */
export async function deliverToModules(
  world: World,
  account: AccountState,
  type: WebhookEvent['type'],
  seenBy: (channel: Channel) => WebhookEvent,
): Promise<void> {
  const channels = modulesOf(world, account).filter((channel) => hasScope(channel, account, scopeFor(type)))
  await Promise.all(
    channels.map((channel) => attempt(world, moduleHook(channel, account), forModule(world, account, seenBy(channel)))),
  )
}

type Details<Event> = Event extends WebhookEvent
  ? Omit<Event, 'webhookEventId' | 'timestamp' | 'mode' | 'deliveryContext'>
  : never

/** Tells a module channel what concerns only it. LINE does not say when it needs no scope, so it needs `message:receive`. */
export function tellModule(
  world: World,
  channel: ModuleChannelState,
  account: AccountState,
  details: Details<WebhookEvent>,
): void {
  const timestamp = world.clock.now()
  const event = {
    ...details,
    webhookEventId: world.ids.ulid(timestamp),
    timestamp,
    mode: 'active',
    deliveryContext: { isRedelivery: false },
  } as WebhookEvent // the details of an event and what all events have
  // LINE does not wait for the webhook.
  void attempt(world, moduleHook(channel, account), forModule(world, account, event))
}
