import { checkMessages, contracts } from 'line-oa/contracts'
import { getMessageQuota, issueStatelessChannelToken, narrowcast, pushMessage } from 'line-oa/operations'
import { describe, expect, test } from 'vitest'
import { inputProblems, outputProblems, paths, text } from './check.js'

const hello = { type: 'text', text: 'hello' }

test('every problem is reported at once', () => {
  const bad = [{ type: 'text', text: '' }, { type: 'image', originalContentUrl: 'http://x' }, 5, { type: 'sticker' }]
  expect(paths(checkMessages(bad))).toEqual([
    'messages[0].text',
    'messages[1].originalContentUrl',
    'messages[1].previewImageUrl',
    'messages[2]',
    'messages[3].packageId',
    'messages[3].stickerId',
  ])
})

describe('the problems of a union', () => {
  const audience = { type: 'audience', audienceGroupId: 1 }
  const recipientProblems = (recipient: unknown) => inputProblems(narrowcast, { messages: [hello], recipient })

  test('are those of the member that its type names', () => {
    expect(paths(recipientProblems({ type: 'redelivery', audienceGroupId: 1 }))).toEqual(['recipient.requestId'])
  })

  test('are those of the member deep inside', () => {
    const recipient = {
      type: 'operator',
      and: [audience, { type: 'operator', or: [{ type: 'audience' }, { type: 'none' }] }],
    }
    expect(paths(recipientProblems(recipient))).toEqual([
      'recipient.and[1].or[0].audienceGroupId',
      'recipient.and[1].or[1].type',
    ])
  })

  test('are one problem if no member is identified', () => {
    expect(recipientProblems({ type: 'operator' })).toMatchObject([{ path: 'recipient', rule: 'missing' }])
    expect(inputProblems(issueStatelessChannelToken, { grant_type: 'client_credentials' })).toMatchObject([
      { path: '', rule: 'missing' },
    ])
  })

  test('are those of the member that the existing fields belong to', () => {
    expect(paths(inputProblems(issueStatelessChannelToken, { grant_type: 'x', client_id: '1' }))).toEqual([
      'grant_type',
      'client_secret',
    ])
  })
})

test('a number out of bounds and a count above its limit have their bounds', () => {
  expect(inputProblems(narrowcast, { messages: [hello], limit: { max: 0 } })).toEqual([
    {
      path: 'limit.max',
      rule: 'range',
      minimum: 1,
      allowed: expect.any(String),
      found: expect.any(String),
      message: expect.any(String),
    },
  ])
  const recipient = { type: 'operator', or: Array(11).fill({ type: 'audience', audienceGroupId: 1 }) }
  expect(inputProblems(narrowcast, { messages: [hello], recipient })).toMatchObject([
    { path: 'recipient', rule: 'other' },
  ])
})

const camera = (label: string) => ({ items: [{ type: 'action', action: { type: 'camera', label } }] })

describe('a problem has its rule and the bounds of the rule', () => {
  test.each<[unknown, object]>([
    [{ messages: [hello] }, { path: 'to', rule: 'missing' }],
    [
      { to: 1, messages: [hello] },
      { path: 'to', rule: 'kind' },
    ],
    [
      { to: 'U1', messages: [] },
      { path: 'messages', rule: 'size', minimum: 1, maximum: 5 },
    ],
    [
      { to: 'U1', messages: [{ ...hello, text: '' }] },
      { path: 'messages[0].text', rule: 'length', minimum: 1 },
    ],
    [
      { to: 'U1', messages: [{ ...hello, text: text(5001) }] },
      { path: 'messages[0].text', rule: 'length', maximum: 5000 },
    ],
    [
      { to: 'U1', messages: [{ type: 'x' }] },
      { path: 'messages[0].type', rule: 'value' },
    ],
    [
      { to: 'U1', messages: [hello], customAggregationUnits: ['-'] },
      { path: 'customAggregationUnits[0]', rule: 'form' },
    ],
    [
      { to: 'U1', messages: [{ ...hello, emojis: [{ index: 0, productId: 'a', emojiId: 'b' }] }] },
      { path: 'messages[0].emojis[0].index', rule: 'other' },
    ],
    [
      { to: null, messages: [hello] },
      { path: 'to', rule: 'kind' },
    ],
    [
      { to: '', messages: [hello] },
      { path: 'to', rule: 'length', minimum: 1 },
    ],
    [
      { to: 'U1', messages: hello },
      { path: 'messages', rule: 'kind' },
    ],
    [
      { to: 'U1', messages: Array(6).fill(hello) },
      { path: 'messages', rule: 'size', minimum: 1, maximum: 5 },
    ],
    [
      { to: 'U1', messages: [hello, { ...hello, quickReply: camera('👍🏽'.repeat(21)) }] },
      { path: 'messages[1].quickReply.items[0].action.label', rule: 'length', maximum: 20 },
    ],
    [
      { to: 'U1', messages: [{}] },
      { path: 'messages[0].type', rule: 'missing' },
    ],
    ['hello', { path: '', rule: 'kind' }],
  ])('%j', (input, problem) => {
    expect(inputProblems(pushMessage, input)).toMatchObject([problem])
  })
})

test('no problem quotes a value of the caller', () => {
  const secret = 'top-secret-value'
  const inputs: readonly [typeof pushMessage | typeof issueStatelessChannelToken | typeof narrowcast, unknown][] = [
    [issueStatelessChannelToken, { grant_type: secret, client_id: secret }],
    [issueStatelessChannelToken, { grant_type: 'client_credentials', client_secret: secret, client_assertion: secret }],
    [
      pushMessage,
      { to: [secret], messages: [{ type: secret, text: secret }, secret], customAggregationUnits: [secret] },
    ],
    [
      narrowcast,
      { messages: [{ ...hello, sender: { iconUrl: secret, name: secret.repeat(2) } }], recipient: { type: secret } },
    ],
  ]
  for (const [operation, input] of inputs) {
    const problems = inputProblems(operation, input)
    expect(problems.length).toBeGreaterThan(0)
    expect(JSON.stringify(problems)).not.toContain(secret)
  }
})

describe('the validator', () => {
  test('finds an operation by the identity of its record', () => {
    expect(contracts().check({ ...pushMessage }, 'input', {})).toEqual([])
    expect(contracts().check(pushMessage, 'input', {})).not.toEqual([])
  })

  test('accepts outputs with fields and values that LINE adds', () => {
    expect(outputProblems(getMessageQuota, { type: 'shared', value: 1, added: {} })).toEqual([])
    expect(outputProblems(pushMessage, { sentMessages: [{ id: '461230966842064897', added: 1 }], added: 1 })).toEqual(
      [],
    )
  })

  test('reports where an output differs from LINE’s documentation', () => {
    expect(outputProblems(getMessageQuota, { type: 5, value: 1.5 })).toMatchObject([
      { path: 'type', rule: 'kind' },
      { path: 'value', rule: 'kind' },
    ])
    expect(paths(outputProblems(pushMessage, { sentMessages: [{ id: 461230966842064900 }] }))).toEqual([
      'sentMessages[0].id',
    ])
  })

  test('neither changes nor freezes a value', () => {
    const input = { to: 'U1', messages: [{ ...hello, added: 1 }], customAggregationUnits: { not: 'a list' } }
    const before = structuredClone(input)
    inputProblems(pushMessage, input)
    expect(input).toEqual(before)
    for (const value of [input, input.messages, input.messages[0], input.customAggregationUnits])
      expect(Object.isFrozen(value)).toBe(false)
  })

  test('accepts frozen values', () => {
    expect(
      inputProblems(pushMessage, Object.freeze({ to: 'U1', messages: Object.freeze([Object.freeze(hello)]) })),
    ).toEqual([])
  })
})
