import * as operations from '../../insight/message/operations.js'
import type { BubbleEvents, LinkClicks, MessageEvents } from '../../insight/types.js'
import { findSentRequest, type SentRequest } from '../messaging/send.js'
import { errorMessages } from '../platform/error-messages.js'
import { type Handlers, type Route, route } from '../platform/handler.js'
import { refuse } from '../platform/refusal.js'
import type { PersonState } from '../state.js'
import { figuresOf, inputMessages } from './figures.js'

/** LINE returns no number below this, and none for fewer users. */
const leastTold = 20

const unplayed = {
  mediaPlayed: null,
  mediaPlayed25Percent: null,
  mediaPlayed50Percent: null,
  mediaPlayed75Percent: null,
  mediaPlayed100Percent: null,
  uniqueMediaPlayed: null,
  uniqueMediaPlayed25Percent: null,
  uniqueMediaPlayed50Percent: null,
  uniqueMediaPlayed75Percent: null,
  uniqueMediaPlayed100Percent: null,
}

const told = (count: number, people = count): number | null => (people < leastTold ? null : count)

const different = (opened: readonly { readonly person: PersonState }[]) =>
  new Set(opened.map(({ person }) => person)).size

function eventsOf(requestId: string, { at, bubbles, people, opened }: SentRequest): MessageEvents {
  const delivered = people()?.length
  const seen = told(delivered ?? 0)
  const clicks = [...new Set(opened.map(({ url }) => url))].map((url): LinkClicks => {
    const of = opened.filter((one) => one.url === url)
    const unique = told(different(of))
    return { seq: 1, url, click: told(of.length, different(of)), uniqueClick: unique, uniqueClickOfRequest: unique }
  })
  const messages = Array.from(
    { length: bubbles },
    (_, index): BubbleEvents => ({ seq: index + 1, impression: seen, ...unplayed }),
  )
  const overview = {
    requestId,
    timestamp: Math.floor(at / 1000),
    delivered: delivered ?? null,
    uniqueImpression: seen,
    uniqueClick: told(different(opened)),
    uniqueMediaPlayed: null,
    uniqueMediaPlayed100Percent: null,
  }
  return { overview, messages: delivered === undefined ? [] : messages, clicks }
}

/** Returns what users did with messages. */
const handlers: Handlers<typeof operations> = {
  getMessageEvent({ requestId }, { world, account }) {
    const set = figuresOf(account).messageEvents.get(requestId)
    if (set) return set
    const request = findSentRequest(world, requestId)
    return request?.account === account ? eventsOf(requestId, request) : refuse(404, errorMessages.notFound)
  },

  getStatisticsPerUnit({ customAggregationUnit }, { account }) {
    const none = {
      uniqueImpression: null,
      uniqueClick: null,
      uniqueMediaPlayed: null,
      uniqueMediaPlayed100Percent: null,
    }
    return figuresOf(account).units.get(customAggregationUnit) ?? { overview: none, messages: [], clicks: [] }
  },
}

/** What LINE does at the operations of this topic. */
export const routes: readonly Route[] = /* @__PURE__ */ route('channel', operations, handlers, {
  messages: inputMessages,
})
