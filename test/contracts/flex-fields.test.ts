// The fields of Flex components: which are missing or wrong, and those that LINE refuses because the component does not have them.
import { checkMessages } from 'line-oa/contracts'
import { describe, expect, test } from 'vitest'
import { box, flex, hello, inBody } from './samples.js'

const place = 'messages[0].contents.body.contents[0]'
const problemsOf = (component: unknown) =>
  checkMessages([flex({ type: 'bubble', body: { ...box(), contents: [component] } })]).map(({ path, rule }) => [
    path.replace(place, ''),
    rule,
  ])
const text = { type: 'text', text: 'hi' }
const button = { type: 'button', action: { type: 'uri', label: 'x', uri: 'tel:1' } }

describe('the fields of a Flex component', () => {
  test.each<[string, unknown, readonly (readonly [path: string, rule: string])[]]>([
    ['the needed ones alone', text, []],
    ['optional ones', { ...text, size: 'md', action: button.action }, []],
    ['optional ones set to undefined', { ...text, size: undefined, action: undefined }, []],
    ['an object without a prototype', Object.assign(Object.create(null), text), []],
    ['none', {}, [['.type', 'missing']]],
    ['a needed one missing', { type: 'button' }, [['.action', 'missing']]],
    [
      'several wrong ones',
      { type: 'text', text: 5, flex: 'x', action: {}, wrap: 'x' },
      [
        ['.text', 'kind'],
        ['.flex', 'kind'],
        ['.action.type', 'missing'],
        ['.wrap', 'kind'],
      ],
    ],
    ['an optional one set to null', { ...text, size: null }, [['.size', 'kind']]],
    ['a list instead of an object', { ...text, action: [] }, [['.action', 'kind']]],
    ['undefined instead of a component', undefined, [['', 'missing']]],
    ['null instead of a component', null, [['', 'kind']]],
    ['a number instead of a component', 5, [['', 'kind']]],
    ['a string instead of a component', 'x', [['', 'kind']]],
    ['a list instead of a component', [], [['', 'kind']]],
    ['a function instead of a component', () => 0, [['', 'kind']]],
  ])('with %s', (_, component, expected) => {
    expect([...problemsOf(component)].sort()).toEqual([...expected].sort())
  })

  test('are refused where the component does not have them, at every level', () => {
    expect(problemsOf({ ...text, more: 1, contents: [{ type: 'span', text: 'a', deeper: 'x' }] })).toEqual([
      ['.more', 'unknown'],
      ['.contents[0].deeper', 'unknown'],
    ])
    expect(problemsOf({ ...text, more: undefined })).toEqual([])
  })

  test('named __proto__ are fields like any other', () => {
    expect(problemsOf(JSON.parse('{"type":"text","text":"hi","__proto__":{"size":"x"}}'))).toEqual([
      ['.__proto__', 'unknown'],
    ])
  })

  test('are neither changed, copied nor frozen', () => {
    const component = { ...text, more: { a: 1 } }
    const message = inBody(component)
    checkMessages([message])
    expect(message).toHaveProperty('contents.body.contents.0', component)
    expect(component).toEqual({ ...text, more: { a: 1 } })
    expect(Object.isFrozen(component)).toBe(false)
  })

  test('are checked by the type of each component in a list, and against each other', () => {
    const message = inBody(text, { type: 'separator' }, { type: 'text' }, { type: 'tea' })
    expect(checkMessages([hello, message]).map(({ path, rule }) => [path, rule])).toEqual([
      ['messages[1].contents.body.contents[2]', 'other'],
      ['messages[1].contents.body.contents[3].type', 'value'],
    ])
  })
})
