import type * as operations from '../../insight/message/operations.js'
import type { BubbleEvents, LinkClicks, MessageEvents } from '../../insight/types.js'
import type { Handlers } from '../platform/handler.js'
import { refuse } from '../platform/refusal.js'
import { words } from '../platform/words.js'
import { findSentRequest, type SentRequest } from '../sending/sent-requests.js'
import type { PersonState } from '../state.js'
import { figuresOf } from './figures.js'

/** LINE tells no number below this, nor one that fewer people are behind. */
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

/** Tells what people did with messages. */
export const handlers: Handlers<typeof operations> = {
  getMessageEvent({ requestId }, { world, account }) {
    const set = figuresOf(account).messageEvents.get(requestId)
    if (set) return set
    const request = findSentRequest(world, requestId)
    return request?.account === account ? eventsOf(requestId, request) : refuse(404, words.notFound)
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
