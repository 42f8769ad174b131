import * as z from 'zod/mini'
import { type Schema, schema } from '../core/schema/schema.js'
import { maxUnits, openSet, rule } from '../core/schema/schema-parts.js'
import type * as T from './created.js'

/** An audience's name in an input. */
// @__NO_SIDE_EFFECTS__
export function audienceName(): z.ZodMiniString {
  return z.string().check(
    z.minLength(1),
    maxUnits(120),
    rule((text) => {
      if (/\p{Cc}/u.test(text)) return [{ path: [], allowed: 'text without control characters' }]
      return text && !text.trim() ? [{ path: [], allowed: 'more than spaces' }] : []
    }),
  )
}

export const AudienceType: Schema<T.AudienceType> = /* @__PURE__ */ schema(() =>
  openSet(
    'UPLOAD',
    'CLICK',
    'IMP',
    'CHAT_TAG',
    'FRIEND_PATH',
    'RESERVATION',
    'APP_EVENT',
    'VIDEO_VIEW',
    'WEBTRAFFIC',
    'IMAGE_CLICK',
    'RICHMENU_IMP',
    'RICHMENU_CLICK',
    'POP_AD_IMP',
    'TRACKINGTAG_WEBTRAFFIC',
  ),
)

export const AudiencePermission: Schema<T.AudiencePermission> = /* @__PURE__ */ schema(() =>
  openSet('READ', 'READ_WRITE'),
)

export const CreatedAudience: Schema<T.CreatedAudience> = /* @__PURE__ */ schema(() => z.object(created()))

/** What every audience is answered with when it is made. */
// @__NO_SIDE_EFFECTS__
export const created = () => ({
  audienceGroupId: z.int(),
  createRoute: openSet('MESSAGING_API'),
  type: AudienceType(),
  description: z.string(),
  created: z.int(),
  permission: AudiencePermission(),
  expireTimestamp: z.int(),
  isIfaAudience: z.boolean(),
})
