import * as z from 'zod/mini'
import { type Schema, schema } from '../../core/schema/schema.js'
import { openSet } from '../../core/schema/schema-parts.js'
import type * as T from './timezone.js'

const zones = [
  'ETC_GMT_MINUS_12',
  'ETC_GMT_MINUS_11',
  'PACIFIC_HONOLULU',
  'AMERICA_ANCHORAGE',
  'AMERICA_LOS_ANGELES',
  'AMERICA_PHOENIX',
  'AMERICA_CHICAGO',
  'AMERICA_NEW_YORK',
  'AMERICA_CARACAS',
  'AMERICA_SANTIAGO',
  'AMERICA_ST_JOHNS',
  'AMERICA_SAO_PAULO',
  'ETC_GMT_MINUS_2',
  'ATLANTIC_CAPE_VERDE',
  'EUROPE_LONDON',
  'EUROPE_PARIS',
  'EUROPE_ISTANBUL',
  'EUROPE_MOSCOW',
  'ASIA_TEHRAN',
  'ASIA_TBILISI',
  'ASIA_KABUL',
  'ASIA_TASHKENT',
  'ASIA_COLOMBO',
  'ASIA_KATHMANDU',
  'ASIA_ALMATY',
  'ASIA_RANGOON',
  'ASIA_BANGKOK',
  'ASIA_TAIPEI',
  'ASIA_TOKYO',
  'AUSTRALIA_DARWIN',
  'AUSTRALIA_SYDNEY',
  'ASIA_VLADIVOSTOK',
  'ETC_GMT_PLUS_12',
  'PACIFIC_TONGATAPU',
] as const

export const CouponTimezone: Schema<T.CouponTimezone> = /* @__PURE__ */ schema(() => z.enum(zones))

/** The zone as LINE answers with it, which may be one that it adds later. */
export const FoundTimezone: Schema<T.CouponTimezone | (string & {})> = /* @__PURE__ */ schema(() => openSet(...zones))
