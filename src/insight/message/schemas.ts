import * as z from 'zod/mini'
import { day, period } from '../../core/schema/date-schemas.js'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { filled } from '../../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

const count = () => z.nullable(z.int())

const overview = () => ({
  uniqueImpression: count(),
  uniqueClick: count(),
  uniqueMediaPlayed: count(),
  uniqueMediaPlayed100Percent: count(),
})

const bubble = () => ({
  seq: z.int(),
  impression: count(),
  mediaPlayed: count(),
  mediaPlayed25Percent: count(),
  mediaPlayed50Percent: count(),
  mediaPlayed75Percent: count(),
  mediaPlayed100Percent: count(),
  uniqueMediaPlayed: count(),
  uniqueMediaPlayed25Percent: count(),
  uniqueMediaPlayed50Percent: count(),
  uniqueMediaPlayed75Percent: count(),
  uniqueMediaPlayed100Percent: count(),
})

export const GetMessageEventInput: Schema<T.GetMessageEventInput> = /* @__PURE__ */ schema(() =>
  z.object({ requestId: filled() }),
)

export const EventOverview: Schema<T.EventOverview> = /* @__PURE__ */ schema(() => z.object(overview()))

export const MessageEventOverview: Schema<T.MessageEventOverview> = /* @__PURE__ */ schema(() =>
  z.object({ ...overview(), requestId: z.string(), timestamp: z.int(), delivered: count() }),
)

export const BubbleEvents: Schema<T.BubbleEvents> = /* @__PURE__ */ schema(() => z.object(bubble()))

export const UnitBubbleEvents: Schema<T.UnitBubbleEvents> = /* @__PURE__ */ schema(() =>
  z.object({ ...bubble(), uniqueImpression: count() }),
)

export const LinkClicks: Schema<T.LinkClicks> = /* @__PURE__ */ schema(() =>
  z.object({ seq: z.int(), url: z.string(), click: count(), uniqueClick: count(), uniqueClickOfRequest: count() }),
)

export const MessageEvents: Schema<T.MessageEvents> = /* @__PURE__ */ schema(() =>
  z.object({ overview: MessageEventOverview(), messages: z.array(BubbleEvents()), clicks: z.array(LinkClicks()) }),
)

export const GetStatisticsPerUnitInput: Schema<T.GetStatisticsPerUnitInput> = /* @__PURE__ */ schema(() =>
  z
    .object({
      customAggregationUnit: z
        .string()
        .check(z.regex(/^[a-zA-Z0-9_]{1,30}$/, { error: '1 to 30 characters from A-Z a-z 0-9 _' })),
      from: day(),
      to: day(),
    })
    .check(period(30)),
)

export const UnitStatistics: Schema<T.UnitStatistics> = /* @__PURE__ */ schema(() =>
  z.object({ overview: EventOverview(), messages: z.array(UnitBubbleEvents()), clicks: z.array(LinkClicks()) }),
)

export const contracts: Contracts<typeof operations> = {
  getMessageEvent: { input: GetMessageEventInput, output: MessageEvents },
  getStatisticsPerUnit: { input: GetStatisticsPerUnitInput, output: UnitStatistics },
}
