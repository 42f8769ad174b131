import { LineInputError } from '../../core/errors.js'
import type { MessageEvent } from '../../webhook/types.js'
import { type LiffMessage, receive } from '../chat.js'
import { checkOptions } from '../check-options.js'
import { deliver, orThrow, type SendOptions } from '../delivery/delivery.js'
import { messageEvent, type Place } from '../delivery/events.js'
import type { AccountState, DeliveryReport, PersonState } from '../state.js'
import type { World } from '../world.js'
import { isSilent } from './liff-messages.js'
import type { PersonFile, PersonMessage } from './message.js'
import type { MessageContext } from './message-content.js'

/** A message of several that a person sends one after the other. */
export interface Said extends MessageContext {
  readonly message: PersonMessage | LiffMessage
}

/**
 * Reads images that are sent at once, which makes them a set.
 *
 * @throws {LineInputError} when there are fewer than two.
 */
export function readImages(world: World, images: readonly (PersonFile | undefined)[]): Said[] {
  if (!Array.isArray(images) || images.length < 2)
    throw new LineInputError('sendImages: images must be a list of at least two files')
  const files: readonly (PersonFile | undefined)[] = images
  if (!files.every((file) => file === undefined || file instanceof Uint8Array || file instanceof Blob))
    throw new LineInputError('sendImages: each image must be a Uint8Array, a Blob or undefined')
  // The form of LINE's set IDs.
  const id = world.ids.hex(64).toUpperCase()
  return files.map((content, at) => ({
    message: { type: 'image', content },
    imageSet: { id, index: at + 1, total: files.length },
  }))
}

/** A person sends messages, one event for each that causes one. */
export async function sendAll(
  world: World,
  account: AccountState,
  place: Place,
  author: PersonState,
  all: readonly Said[],
  options: SendOptions,
): Promise<DeliveryReport<MessageEvent>[]> {
  checkOptions('send', options)
  const reports: DeliveryReport<MessageEvent>[] = []
  for (const { message, ...context } of all) {
    if (isSilent(message)) receive(world, account, place.chatId, author, message)
    else {
      const event = messageEvent(world, account, place, author, message, context)
      reports.push(orThrow(await deliver(world, account, event), options.throwOnError === true))
    }
  }
  return reports
}
