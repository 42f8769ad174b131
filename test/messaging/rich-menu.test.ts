import type { RichMenu, RichMenuInput } from 'line-oa'
import {
  createRichMenu,
  createRichMenuAlias,
  getRichMenu,
  getRichMenuBatchProgress,
  getRichMenuList,
  linkRichMenuIdToUsers,
  richMenuBatch,
  setRichMenuImage,
  unlinkRichMenuIdFromUsers,
} from 'line-oa/operations'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { inputPaths, inputProblems, outputProblems, text, times } from '../contracts/check.js'
import { family } from '../contracts/samples.js'

const bounds = { x: 0, y: 0, width: 2500, height: 1686 }
const area = (action: object) => ({ bounds, action })
const menu = (other: object = {}) => ({
  size: { width: 2500, height: 1686 },
  selected: false,
  name: 'menu',
  chatBarText: 'open',
  areas: [area({ type: 'message', text: 'hi' })],
  ...other,
})
const withAction = (action: object) => menu({ areas: [area(action)] })

describe('a rich menu', () => {
  test.each<[string, object]>([
    ['the smallest', menu({ size: { width: 800, height: 250 }, name: '', chatBarText: '', areas: [] })],
    ['the largest', menu({ size: { width: 2500, height: 1724 } })],
    ['a name and a text at their limits', menu({ name: text(300), chatBarText: text(14) })],
    [
      'grapheme clusters, which count as one character each',
      menu({ name: family.repeat(300), chatBarText: family.repeat(14) }),
    ],
    ['20 areas', menu({ areas: times(20, area({ type: 'uri', uri: 'tel:0312345678' })) })],
    [
      'the largest bounds',
      menu({
        areas: [{ bounds: { x: 0, y: 0, width: 1, height: 2147483647 }, action: { type: 'message', text: 'x' } }],
      }),
    ],
  ])('passes: %s', (_, value) => {
    expect(inputProblems(createRichMenu, value)).toEqual([])
  })

  test.each<[string, object, string[]]>([
    ['nothing at all', {}, ['size', 'selected', 'name', 'chatBarText', 'areas']],
    ['799 wide', menu({ size: { width: 799, height: 250 } }), ['size.width']],
    ['2501 wide', menu({ size: { width: 2501, height: 250 } }), ['size.width']],
    ['249 high', menu({ size: { width: 800, height: 249 } }), ['size.height']],
    ['too high for its width', menu({ size: { width: 2500, height: 1725 } }), ['size']],
    ['half a pixel', menu({ size: { width: 800.5, height: 250 } }), ['size.width']],
    ['a name of 301', menu({ name: text(301) }), ['name']],
    ['a name of 301 families', menu({ name: family.repeat(301) }), ['name']],
    ['a text of 15', menu({ chatBarText: text(15) }), ['chatBarText']],
    ['a text of 15 families', menu({ chatBarText: family.repeat(15) }), ['chatBarText']],
    ['21 areas', menu({ areas: times(21, area({ type: 'message', text: 'x' })) }), ['areas']],
    [
      'an area outside',
      menu({ areas: [{ bounds: { x: -1, y: -1, width: 0, height: 0 }, action: { type: 'message', text: 'x' } }] }),
      ['areas[0].bounds.x', 'areas[0].bounds.y', 'areas[0].bounds.width', 'areas[0].bounds.height'],
    ],
  ])('is refused: %s', (_, value, places) => {
    expect(inputPaths(createRichMenu, value)).toEqual(places)
  })

  test('can be created from the output of getRichMenu(), by type and by contract', () => {
    expectTypeOf<RichMenu>().toExtend<RichMenuInput>()
    const answer: RichMenu = {
      richMenuId: 'richmenu-1',
      ...menu({}),
      areas: [{ bounds, action: { type: 'message', text: 'hi' } }],
    }
    expect(outputProblems(getRichMenu, answer)).toEqual([])
    expect(inputProblems(createRichMenu, answer)).toEqual([])
    expect(getRichMenu.path).toBe(`${createRichMenu.path}/{richMenuId}`)
  })

  test('can exceed the limits as an output, because LINE may change them', () => {
    const answer = {
      richMenuId: 'richmenu-1',
      ...menu({ size: { width: 2500, height: 2500 }, chatBarText: text(20) }),
      areas: times(21, area({ type: 'postback', data: text(1000), label: text(50) })),
      since: 2030,
    }
    expect(outputProblems(getRichMenu, answer)).toEqual([])
    expect(outputProblems(getRichMenuList, { richmenus: [answer] })).toEqual([])
  })
})

describe('an action of a rich menu', () => {
  const picker = { type: 'datetimepicker', data: 'd', mode: 'date' }

  test.each<[string, object]>([
    ['a label of 20 families', { type: 'message', label: family.repeat(20), text: 'x' }],
    ['no label', { type: 'postback', data: '' }],
    [
      'postback at its limits',
      {
        type: 'postback',
        data: text(300),
        displayText: family.repeat(300),
        inputOption: 'openKeyboard',
        fillInText: family.repeat(300),
      },
    ],
    ['postback with the old text', { type: 'postback', data: 'd', text: text(300) }],
    ['message of 300', { type: 'message', text: text(300) }],
    ['uri of 1000', { type: 'uri', uri: `line://${text(993)}`, altUri: { desktop: `https://${text(992)}` } }],
    ['date', { ...picker, initial: '2026-02-28', min: '1900-01-01', max: '2100-12-31' }],
    ['time', { ...picker, mode: 'time', initial: '23:59' }],
    ['date and time', { ...picker, mode: 'datetime', min: '2026-06-18t06:15', max: '2026-06-18T06:16' }],
    ['switch', { type: 'richmenuswitch', richMenuAliasId: text(32), data: text(300) }],
    ['clipboard of 1000', { type: 'clipboard', clipboardText: text(1000) }],
  ])('passes: %s', (_, action) => {
    expect(inputProblems(createRichMenu, withAction(action))).toEqual([])
  })

  test.each<[string, object, string[]]>([
    ['a label of 21', { type: 'message', label: text(21), text: 'x' }, ['label']],
    [
      'a label of 21 on a switch',
      { type: 'richmenuswitch', label: text(21), richMenuAliasId: 'a', data: 'd' },
      ['label'],
    ],
    [
      'postback above its limits',
      { type: 'postback', data: text(301), displayText: text(301) },
      ['data', 'displayText'],
    ],
    ['postback with both texts', { type: 'postback', data: 'd', displayText: 'a', text: 'b' }, ['text']],
    [
      'postback with a text for no keyboard',
      { type: 'postback', data: 'd', inputOption: 'openVoice', fillInText: 'a' },
      ['fillInText'],
    ],
    ['postback with an unknown option', { type: 'postback', data: 'd', inputOption: 'openMenu' }, ['inputOption']],
    ['message of 301', { type: 'message', text: text(301) }, ['text']],
    ['an empty message', { type: 'message', text: '' }, ['text']],
    ['uri of 1001', { type: 'uri', uri: `https://${text(993)}` }, ['uri']],
    [
      'uri of another scheme',
      { type: 'uri', uri: 'ftp://example.com', altUri: { desktop: 'javascript:alert(1)' } },
      ['uri', 'altUri.desktop'],
    ],
    ['a day that does not exist', { ...picker, initial: '2026-02-30' }, ['initial']],
    ['an end before its start', { ...picker, min: '2026-06-18', max: '2026-06-18' }, ['max']],
    [
      'a switch to a name of 33',
      { type: 'richmenuswitch', richMenuAliasId: text(33), data: text(301) },
      ['richMenuAliasId', 'data'],
    ],
    ['clipboard of 1001', { type: 'clipboard', clipboardText: text(1001) }, ['clipboardText']],
    ['a camera action, which is for quick replies', { type: 'camera', label: 'Camera' }, ['type']],
    ['an unknown action', { type: 'dance' }, ['type']],
  ])('is refused: %s', (_, action, places) => {
    expect(inputPaths(createRichMenu, withAction(action))).toEqual(places.map((place) => `areas[0].action.${place}`))
  })
})

test('an image must be a Blob', () => {
  expect(inputProblems(setRichMenuImage, { richMenuId: 'r', image: new Blob() })).toEqual([])
  expect(inputProblems(setRichMenuImage, { richMenuId: 'r', image: new Uint8Array(3) })).toMatchObject([
    { path: 'image', rule: 'other' },
  ])
  expect(inputPaths(setRichMenuImage, { richMenuId: 'r' })).toEqual(['image'])
})

describe('an alias', () => {
  test.each(['a', 'a'.repeat(32), '0', 'richmenu-alias_1'])('accepts the name %s', (richMenuAliasId) => {
    expect(inputProblems(createRichMenuAlias, { richMenuAliasId, richMenuId: 'r' })).toEqual([])
  })

  test.each(['', 'a'.repeat(33), 'A', 'a b', 'ä', 'a.b', 'a/b', 'a\n'])('refuses the name %j', (richMenuAliasId) => {
    expect(inputPaths(createRichMenuAlias, { richMenuAliasId, richMenuId: 'r' })).toEqual(['richMenuAliasId'])
  })
})

describe('links', () => {
  test('accept 1 to 500 users in one call', () => {
    for (const count of [1, 500]) {
      expect(inputProblems(linkRichMenuIdToUsers, { richMenuId: 'r', userIds: times(count, 'U1') })).toEqual([])
      expect(inputProblems(unlinkRichMenuIdFromUsers, { userIds: times(count, 'U1') })).toEqual([])
    }
    for (const count of [0, 501]) {
      expect(inputPaths(linkRichMenuIdToUsers, { richMenuId: 'r', userIds: times(count, 'U1') })).toEqual(['userIds'])
      expect(inputPaths(unlinkRichMenuIdFromUsers, { userIds: times(count, 'U1') })).toEqual(['userIds'])
    }
  })
})

describe('a batch', () => {
  const from = (count: number) => Array.from({ length: count }, (_, at) => ({ type: 'unlink', from: `richmenu-${at}` }))

  test.each<[string, object]>([
    ['1000 operations', { operations: from(1000) }],
    [
      'a chain',
      {
        operations: [
          { type: 'link', from: 'a', to: 'b' },
          { type: 'link', from: 'b', to: 'c' },
        ],
      },
    ],
    ['unlinkAll alone', { operations: [{ type: 'unlinkAll' }] }],
    ['a key of 100', { operations: from(1), resumeRequestKey: `A-_${'0'.repeat(97)}` }],
  ])('passes: %s', (_, value) => {
    expect(inputProblems(richMenuBatch, value)).toEqual([])
  })

  test.each<[string, object, string[]]>([
    ['1001 operations', { operations: from(1001) }, ['operations']],
    [
      'unlinkAll beside others',
      { operations: [{ type: 'unlink', from: 'a' }, { type: 'unlinkAll' }] },
      ['operations[1].type'],
    ],
    [
      'one rich menu twice',
      {
        operations: [
          { type: 'link', from: 'a', to: 'b' },
          { type: 'unlink', from: 'a' },
        ],
      },
      ['operations[1].from'],
    ],
    ['a link to nowhere', { operations: [{ type: 'link', from: 'a' }] }, ['operations[0].to']],
    ['an unknown type', { operations: [{ type: 'linkAll' }] }, ['operations[0].type']],
    ['an empty key', { operations: from(1), resumeRequestKey: '' }, ['resumeRequestKey']],
    ['a key of 101', { operations: from(1), resumeRequestKey: text(101) }, ['resumeRequestKey']],
    ['a key with a dot', { operations: from(1), resumeRequestKey: 'a.b' }, ['resumeRequestKey']],
  ])('is refused: %s', (_, value, places) => {
    expect(inputPaths(richMenuBatch, value)).toEqual(places)
  })

  test('is accepted in a phase that LINE adds later', () => {
    expect(
      outputProblems(getRichMenuBatchProgress, { phase: 'paused', acceptedTime: '2026-06-18T06:15:00.000Z' }),
    ).toEqual([])
  })
})
