import type { Endpoint } from 'line-oa'
import * as operations from 'line-oa/operations'
import { describe, expect, test } from 'vitest'
import { inputProblems, paths, text, times } from './check.js'

const messages = [{ type: 'text', text: 'hello' }]
const user = `U${'0'.repeat(32)}`
const audience = { type: 'audience', audienceGroupId: 5614991017776 }
const assertion = {
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: 'eyJ',
}
const grant = { grant_type: 'client_credentials' }
const {
  pushMessage,
  multicast,
  narrowcast,
  getFollowers,
  setWebhookEndpoint,
  testWebhookEndpoint,
  issueStatelessChannelToken,
} = operations

const nested = (levels: number): object => (levels === 0 ? audience : { type: 'operator', not: nested(levels - 1) })
const filtered = (demographic: object) => ({ messages, filter: { demographic } })

test.each<[string, Endpoint, object]>([
  ['a reply', operations.replyMessage, { replyToken: 't', messages, notificationDisabled: true }],
  ['a push under a unit name', pushMessage, { to: user, messages, customAggregationUnits: [text(30)] }],
  ['a push without unit names', pushMessage, { to: user, messages, customAggregationUnits: [] }],
  ['a multicast to 500', multicast, { to: times(500, user), messages }],
  ['a broadcast', operations.broadcast, { messages }],
  ['a narrowcast to all', narrowcast, { messages }],
  ['a narrowcast to an audience', narrowcast, { messages, recipient: audience }],
  ['a narrowcast to ten audiences', narrowcast, { messages, recipient: { type: 'operator', or: times(10, audience) } }],
  ['operators in operators', narrowcast, { messages, recipient: { type: 'operator', and: [audience, nested(20)] } }],
  [
    'an operator with the others set to undefined',
    narrowcast,
    { messages, recipient: { type: 'operator', and: [audience], or: undefined } },
  ],
  ['a redelivery', narrowcast, { messages, recipient: { type: 'redelivery', requestId: '5b59509c' } }],
  ['a gender', narrowcast, filtered({ type: 'gender', oneOf: ['male', 'female'] })],
  ['an app', narrowcast, filtered({ type: 'appType', oneOf: ['ios'] })],
  ['areas', narrowcast, filtered({ type: 'area', oneOf: ['jp_01', 'jp_47', 'tw_22', 'th_08', 'id_12'] })],
  ['an age from', narrowcast, filtered({ type: 'age', gte: 'age_15' })],
  ['an age range', narrowcast, filtered({ type: 'age', gte: 'age_15', lt: 'age_70' })],
  ['a time as a friend', narrowcast, filtered({ type: 'subscriptionPeriod', gte: 'day_7', lt: 'day_30' })],
  ['ten filters', narrowcast, filtered({ type: 'operator', and: times(10, { type: 'age', lt: 'age_20' }) })],
  ['limits', narrowcast, { messages, limit: { max: 1, upToRemainingQuota: true, forbidPartialDelivery: true } }],
  ['a page of 1000', getFollowers, { limit: 1000 }],
  ['no input', operations.getBotInfo, {}],
  ['a webhook URL of 500', setWebhookEndpoint, { endpoint: 'https://example.com/'.padEnd(500, 'x') }],
  ['a test of the stored webhook', testWebhookEndpoint, {}],
  ['a token by secret', issueStatelessChannelToken, { ...grant, client_id: '1234567890', client_secret: 's' }],
  ['a token by assertion', issueStatelessChannelToken, { ...grant, ...assertion }],
  ['the list of tokens', operations.getsAllValidChannelAccessTokenKeyIds, assertion],
])('%s is accepted', (_, operation, input) => {
  expect(inputProblems(operation, input)).toEqual([])
})

test.each<[string, Endpoint, object, string]>([
  ['a reply without its token', operations.replyMessage, { messages }, 'replyToken'],
  ['a push to an empty ID', pushMessage, { to: '', messages }, 'to'],
  ['a push to a list', pushMessage, { to: [user], messages }, 'to'],
  ['two unit names', pushMessage, { to: user, messages, customAggregationUnits: ['a', 'b'] }, 'customAggregationUnits'],
  [
    'a unit name of 31',
    pushMessage,
    { to: user, messages, customAggregationUnits: [text(31)] },
    'customAggregationUnits[0]',
  ],
  [
    'a unit name with a hyphen',
    multicast,
    { to: [user], messages, customAggregationUnits: ['a-b'] },
    'customAggregationUnits[0]',
  ],
  ['a multicast to 501', multicast, { to: times(501, user), messages }, 'to'],
  ['a multicast to no users', multicast, { to: [], messages }, 'to'],
  ['a multicast to one user as text', multicast, { to: user, messages }, 'to'],
  ['six messages', operations.validatePush, { messages: times(6, messages[0]) }, 'messages'],
  ['eleven audiences', narrowcast, { messages, recipient: { type: 'operator', or: times(11, audience) } }, 'recipient'],
  [
    'an operator with an empty list',
    narrowcast,
    { messages, recipient: { type: 'operator', and: [] } },
    'recipient.and',
  ],
  ['an operator without and, or, not', narrowcast, { messages, recipient: { type: 'operator' } }, 'recipient'],
  [
    'two operators in one',
    narrowcast,
    { messages, recipient: { type: 'operator', not: audience, and: [audience] } },
    'recipient.and',
  ],
  [
    'an audience ID as text',
    narrowcast,
    { messages, recipient: { type: 'audience', audienceGroupId: '5' } },
    'recipient.audienceGroupId',
  ],
  ['an unknown recipient', narrowcast, { messages, recipient: { type: 'everyone' } }, 'recipient.type'],
  ['an age without bounds', narrowcast, filtered({ type: 'age' }), 'filter.demographic'],
  [
    'an age range in reverse',
    narrowcast,
    filtered({ type: 'age', gte: 'age_30', lt: 'age_25' }),
    'filter.demographic.gte',
  ],
  [
    'a period in reverse',
    narrowcast,
    filtered({ type: 'subscriptionPeriod', gte: 'day_90', lt: 'day_7' }),
    'filter.demographic.gte',
  ],
  ['an unknown age', narrowcast, filtered({ type: 'age', gte: 'age_18' }), 'filter.demographic.gte'],
  [
    'an area that does not exist',
    narrowcast,
    filtered({ type: 'area', oneOf: ['jp_48'] }),
    'filter.demographic.oneOf[0]',
  ],
  [
    'eleven filters',
    narrowcast,
    filtered({ type: 'operator', and: times(11, { type: 'age', lt: 'age_20' }) }),
    'filter.demographic',
  ],
  ['a limit of 0', narrowcast, { messages, limit: { max: 0 } }, 'limit.max'],
  [
    'forbidPartialDelivery without a maximum',
    narrowcast,
    { messages, limit: { forbidPartialDelivery: true } },
    'limit.forbidPartialDelivery',
  ],
  ['a page of 1001', getFollowers, { limit: 1001 }, 'limit'],
  ['a page of 0', getFollowers, { limit: 0 }, 'limit'],
  ['half a page', getFollowers, { limit: 0.5 }, 'limit'],
  ['a webhook URL of 501', setWebhookEndpoint, { endpoint: text(501) }, 'endpoint'],
  ['a token by half a secret', issueStatelessChannelToken, { ...grant, client_id: '1' }, 'client_secret'],
  [
    'a token by half an assertion',
    issueStatelessChannelToken,
    { ...grant, client_assertion: 'eyJ' },
    'client_assertion_type',
  ],
  ['a token without credentials', issueStatelessChannelToken, grant, ''],
  [
    'another grant',
    operations.issueChannelToken,
    { grant_type: 'password', client_id: '1', client_secret: 's' },
    'grant_type',
  ],
  ['no token to verify', operations.verifyChannelToken, {}, 'access_token'],
])('%s is refused', (_, operation, input, path) => {
  expect(paths(inputProblems(operation, input))).toEqual([path])
})

describe('an input of the wrong type', () => {
  test.each([undefined, null, 'text', 5, true, [], () => 0])('such as %s is refused', (input) => {
    expect(inputProblems(pushMessage, input).length).toBeGreaterThan(0)
  })

  test('such as a recipient nested deeper than the stack is refused', () => {
    expect(inputProblems(narrowcast, { messages, recipient: nested(200) })).toEqual([])
    let recipient: object = audience
    for (let level = 0; level < 50_000; level++) recipient = { type: 'operator', not: recipient }
    expect(inputProblems(narrowcast, { messages, recipient })).toMatchObject([{ path: 'recipient.not', rule: 'kind' }])
  })

  test('with a field named __proto__ does not pollute the prototype', () => {
    const input: object = JSON.parse(
      '{"to":"U1","messages":[{"type":"text","text":"x","__proto__":{"polluted":true}}],"__proto__":{"polluted":true}}',
    )
    expect(inputProblems(pushMessage, input)).toEqual([])
    expect('polluted' in {}).toBe(false)
  })
})
