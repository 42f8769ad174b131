import type { Endpoint } from '../../core/operation.js'
import { property } from '../../core/property.js'

// What LINE lists for each scope. Endpoints that it does not list need none.
const table: readonly (readonly [scope: string, method: string, path: RegExp])[] = [
  ['message:send', 'POST', /^\/v2\/bot\/message\/(?:reply|push|multicast|broadcast|narrowcast)$/],
  ['message:send', 'GET', /^\/v2\/bot\/message\/(?:progress\/narrowcast|quota|quota\/consumption)$/],
  ['message:send', '*', /^\/v2\/bot\/audienceGroup\//],
  ['message:send', 'POST', /^\/v2\/bot\/chat\/loading\/start$/],
  ['message:receive', 'POST', /^\/v2\/bot\/chat\/\{chatId\}\/control\//],
  ['account:manage', 'POST', /^\/v2\/bot\/user\/all\/richmenu\/\{richMenuId\}$/],
  [
    'account:manage',
    'GET',
    /^\/v2\/bot\/insight\/(?:message\/delivery|followers|demographic|message\/event(?:\/aggregation)?)$/,
  ],
  ['message:mark_as_read', 'POST', /^\/v2\/bot\/message\/markAsRead$/],
  ['message:templated_pnp', 'POST', /^\/v2\/bot\/message\/pnp\/templated\/push$/],
  ['message:templated_pnp', 'GET', /^\/v2\/bot\/message\/delivery\/pnp\/templated$/],
  ['profile:read', 'GET', /^\/v2\/bot\/profile\/\{userId\}$/],
  ['profile:read', 'GET', /^\/v2\/bot\/group\/\{groupId\}\/(?:summary|member\/\{userId\}|members\/count)$/],
  ['profile:read', 'GET', /^\/v2\/bot\/room\/\{roomId\}\/(?:member\/\{userId\}|members\/count)$/],
  ['coupon:manage', '*', /^\/v2\/bot\/coupon(?:\/|$)/],
]

/** The scope that an operation needs; `undefined` for one that LINE lists without. */
function scopeOf({ method, path }: Endpoint): string | undefined {
  return table.find(([, of, pattern]) => (of === '*' || of === method) && pattern.test(path))?.[0]
}

/** The scopes that a call of a module channel needs. */
export function scopesFor(operation: Endpoint, input: object): readonly string[] {
  const scope = scopeOf(operation)
  const messages = property(input, 'messages')
  const hasCoupon = Array.isArray(messages) && messages.some((message) => property(message, 'type') === 'coupon')
  return [...(scope === undefined ? [] : [scope]), ...(hasCoupon ? ['coupon:manage'] : [])]
}
