import type * as z from 'zod/mini'
import { property } from '../../core/property.js'
import { type Breach, looseRule } from '../../core/schema/schema-parts.js'
import type { Message } from './types.js'

interface Sent {
  readonly messages: readonly Message[]
}

function* mentionsIn(messages: unknown): Generator<Breach['path']> {
  for (const [at, message] of Array.isArray(messages) ? messages.entries() : []) {
    const substitution = property(message, 'substitution')
    if (typeof substitution !== 'object' || substitution === null) continue
    for (const key of Object.keys(substitution)) {
      if (property(Reflect.get(substitution, key), 'type') === 'mention')
        yield ['messages', at, 'substitution', key, 'type']
    }
  }
}

const noMention = (where: string) => (path: Breach['path']) => ({
  path,
  allowed: `no mention ${where}`,
  found: 'a mention',
})

/** Keeps mentions out of what is neither a reply nor a push. */
// @__NO_SIDE_EFFECTS__
export function noMentions(): z.core.$ZodCheck<Sent> {
  return looseRule(({ messages }) => [...mentionsIn(messages)].map(noMention('outside of replies and pushes')))
}

function* trackingIn(messages: unknown): Generator<Breach> {
  for (const [at, message] of Array.isArray(messages) ? messages.entries() : []) {
    if (property(message, 'type') === 'video' && property(message, 'trackingId') !== undefined)
      yield { path: ['messages', at, 'trackingId'], allowed: 'left out in group chats and multi-person chats' }
  }
}

/** Keeps mentions out of chats with one person, and tracking IDs of videos out of all others. */
// @__NO_SIDE_EFFECTS__
export function fitsChat(): z.core.$ZodCheck<Sent & { readonly to: string }> {
  return looseRule(({ to, messages }) => {
    if (typeof to !== 'string') return []
    return to.startsWith('U')
      ? [...mentionsIn(messages)].map(noMention('in a chat with one person'))
      : [...trackingIn(messages)]
  })
}
