import { checkMessages, contracts } from 'line-oa/contracts'
import { getMessageQuota, issueStatelessChannelToken, narrowcast, pushMessage } from 'line-oa/operations'
import { describe, expect, test } from 'vitest'
import { inputProblems, outputProblems, paths, text } from './check.js'

const hello = { type: 'text', text: 'hello' }

const kinds =
  "'text', 'textV2', 'sticker', 'image', 'video', 'audio', 'location', 'coupon', 'imagemap', 'template', 'flex'"

const sentences = (input: unknown) => inputProblems(pushMessage, input).map((problem) => problem.message)

describe('a problem says what is wrong in one sentence', () => {
  test.each<[string, unknown, string]>([
    ['a missing value', { messages: [hello] }, 'to must be text, but is missing'],
    ['null', { to: null, messages: [hello] }, 'to must be text, but is null'],
    ['another kind', { to: 5, messages: [hello] }, 'to must be text, but is 5'],
    ['an empty text', { to: '', messages: [hello] }, 'to must be text that is not empty, but is empty text'],
    ['an object for a list', { to: 'U1', messages: hello }, 'messages must be a list, but is an object'],
    [
      'too long a list',
      { to: 'U1', messages: Array(6).fill(hello) },
      'messages must be a list of 1 to 5, but is a list of 6',
    ],
    [
      'too long a text',
      { to: 'U1', messages: [hello, { ...hello, text: text(5001) }] },
      'messages[1].text must be text of at most 5000 UTF-16 units, but is text of 5001 UTF-16 units',
    ],
    [
      'graphemes',
      {
        to: 'U1',
        messages: [
          {
            ...hello,
            quickReply: { items: [{ type: 'action', action: { type: 'camera', label: '👍🏽'.repeat(21) } }] },
          },
        ],
      },
      'messages[0].quickReply.items[0].action.label must be text of at most 20 characters (grapheme clusters), but is text of 21 characters (grapheme clusters)',
    ],
    [
      'an unknown kind of message',
      { to: 'U1', messages: [{ type: 'txt', text: 'x' }] },
      `messages[0].type must be one of ${kinds}, but is text of 3 UTF-16 units`,
    ],
    ['no kind of message', { to: 'U1', messages: [{}] }, `messages[0].type must be one of ${kinds}, but is missing`],
    ['no object at all', 'hello', 'the value must be an object, but is text of 5 UTF-16 units'],
    [
      'another form',
      { to: 'U1', messages: [hello], customAggregationUnits: ['a b'] },
      'customAggregationUnits[0] must be 1 to 30 of A-Z a-z 0-9 _, but is text of 3 UTF-16 units',
    ],
  ])('%s', (_, input, sentence) => {
    expect(sentences(input)).toEqual([sentence])
  })

  test('a number out of bounds', () => {
    const [problem] = inputProblems(narrowcast, { messages: [hello], limit: { max: 0 } })
    expect(problem).toEqual({
      path: 'limit.max',
      rule: 'range',
      minimum: 1,
      allowed: 'at least 1',
      found: '0',
      message: 'limit.max must be at least 1, but is 0',
    })
  })

  test('what a rule counted', () => {
    const recipient = { type: 'operator', or: Array(11).fill({ type: 'audience', audienceGroupId: 1 }) }
    expect(inputProblems(narrowcast, { messages: [hello], recipient })[0]?.message).toBe(
      'recipient must be made of at most 10 audiences and redeliveries, but is made of 11',
    )
  })

  test('a long list of values is cut short', () => {
    const demographic = { type: 'area', oneOf: ['xx'] }
    expect(inputProblems(narrowcast, { messages: [hello], filter: { demographic } })[0]?.allowed).toMatch(
      /^one of 'jp_01', .* and 77 more$/,
    )
  })
})

test('all problems come in one answer', () => {
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

describe('of a union', () => {
  const audience = { type: 'audience', audienceGroupId: 1 }
  const recipientProblems = (recipient: unknown) => inputProblems(narrowcast, { messages: [hello], recipient })

  test('the option that its type names is told about, and only it', () => {
    expect(paths(recipientProblems({ type: 'redelivery', audienceGroupId: 1 }))).toEqual(['recipient.requestId'])
  })

  test('the option deep inside is told about', () => {
    const recipient = {
      type: 'operator',
      and: [audience, { type: 'operator', or: [{ type: 'audience' }, { type: 'none' }] }],
    }
    expect(paths(recipientProblems(recipient))).toEqual([
      'recipient.and[1].or[0].audienceGroupId',
      'recipient.and[1].or[1].type',
    ])
  })

  test('where nothing says which option is meant, all are offered', () => {
    expect(recipientProblems({ type: 'operator' })[0]?.message).toBe(
      'recipient must be an object with `and`, or with `or`, or with `not`, but is an object without them',
    )
    expect(inputProblems(issueStatelessChannelToken, { grant_type: 'client_credentials' })[0]?.allowed).toBe(
      'an object with `client_id` and `client_secret`, or with `client_assertion_type` and `client_assertion`',
    )
  })

  test('what is there already decides which option is meant', () => {
    expect(paths(inputProblems(issueStatelessChannelToken, { grant_type: 'x', client_id: '1' }))).toEqual([
      'grant_type',
      'client_secret',
    ])
  })
})

describe('a problem names its rule', () => {
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
  ])('%j', (input, problem) => {
    expect(inputProblems(pushMessage, input)).toMatchObject([problem])
  })
})

test('no problem holds a value of the caller', () => {
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
  test('knows an operation by its record, not by its look', () => {
    expect(contracts().check({ ...pushMessage }, 'input', {})).toEqual([])
    expect(contracts().check(pushMessage, 'input', {})).not.toEqual([])
  })

  test('lets an answer hold what LINE adds: fields, and values of open sets', () => {
    expect(outputProblems(getMessageQuota, { type: 'shared', value: 1, added: {} })).toEqual([])
    expect(outputProblems(pushMessage, { sentMessages: [{ id: '461230966842064897', added: 1 }], added: 1 })).toEqual(
      [],
    )
  })

  test('tells where an answer differs from what LINE documents', () => {
    expect(outputProblems(getMessageQuota, { type: 5, value: 1.5 }).map((problem) => problem.message)).toEqual([
      'type must be text, but is 5',
      'value must be a whole number, but is 1.5',
    ])
    expect(paths(outputProblems(pushMessage, { sentMessages: [{ id: 461230966842064900 }] }))).toEqual([
      'sentMessages[0].id',
    ])
  })

  test('changes nothing, and freezes nothing', () => {
    const input = { to: 'U1', messages: [{ ...hello, added: 1 }], customAggregationUnits: { not: 'a list' } }
    const before = structuredClone(input)
    inputProblems(pushMessage, input)
    expect(input).toEqual(before)
    for (const value of [input, input.messages, input.messages[0], input.customAggregationUnits])
      expect(Object.isFrozen(value)).toBe(false)
  })

  test('takes what was frozen by its owner', () => {
    expect(
      inputProblems(pushMessage, Object.freeze({ to: 'U1', messages: Object.freeze([Object.freeze(hello)]) })),
    ).toEqual([])
  })
})
