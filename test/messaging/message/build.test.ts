import fc from 'fast-check'
import type { FlexBubble, FlexContainer, Message, TextMessage } from 'line-oa'
import { flex, LineInputError, mention, quickReply, splitText, text } from 'line-oa'
import { checkMessages } from 'line-oa/contracts'
import { describe, expect, expectTypeOf, test } from 'vitest'

const seed = 20260101
const family = '👨‍👩‍👧‍👦'
const graphemes = (words: string) => Array.from(new Intl.Segmenter().segment(words), ({ segment }) => segment)

describe('text()', () => {
  test('returns a plain object', () => {
    expect(text('hello')).toStrictEqual({ type: 'text', text: 'hello' })
    expectTypeOf(text('hello')).toEqualTypeOf<TextMessage>()
  })

  test('accepts the other fields of a text message', () => {
    const reply = quickReply({ type: 'message', label: 'Yes', text: 'yes' })
    expect(
      text('$', {
        emojis: [{ index: 0, productId: 'p', emojiId: '001' }],
        quoteToken: 'q',
        quickReply: reply,
        sender: {},
      }),
    ).toStrictEqual({
      type: 'text',
      text: '$',
      emojis: [{ index: 0, productId: 'p', emojiId: '001' }],
      quoteToken: 'q',
      quickReply: reply,
      sender: {},
    })
  })

  test('does not compile as a callback of map(), which would pass the index as the options', () => {
    // @ts-expect-error -- the index is not an object of options
    const made = ['a'].map(text)
    expect(made).toHaveLength(1)
  })
})

describe('splitText()', () => {
  test('keeps a text of 5000 in one piece, and splits one of 5001', () => {
    expect(splitText('x'.repeat(5000))).toEqual(['x'.repeat(5000)])
    expect(splitText('x'.repeat(5001))).toEqual(['x'.repeat(5000), 'x'])
  })

  test('returns no pieces for an empty text', () => {
    expect(splitText('')).toEqual([])
  })

  test('does not split surrogate pairs', () => {
    expect(splitText(`x${'🍎'.repeat(2500)}`).map((piece) => piece.length)).toEqual([4999, 2])
  })

  test('does not split emoji of several code points', () => {
    const pieces = splitText(family.repeat(1000))
    expect(pieces.map((piece) => piece.length)).toEqual([4994, 4994, 1012])
    for (const piece of pieces) expect(graphemes(piece).every((one) => one === family)).toBe(true)
  })

  test('does not split flags, letters with marks and CRLF line breaks', () => {
    for (const one of ['🇯🇵', 'e\u0301', '\r\n', 'ก็', '한']) {
      const pieces = splitText(`x${one.repeat(5000)}`)
      expect(graphemes(pieces.join('')).length).toBe(5001)
      expect(pieces.flatMap(graphemes)).toEqual(graphemes(`x${one.repeat(5000)}`))
    }
  })

  test('splits after a line break in the second half', () => {
    const line = `${'word '.repeat(600)}\n`
    expect(splitText(line + line)).toEqual([line, line])
    const paragraph = `${'x'.repeat(3000)}\n\n${'y'.repeat(3000)}`
    expect(splitText(paragraph)).toEqual([`${'x'.repeat(3000)}\n\n`, 'y'.repeat(3000)])
  })

  test('splits after a word otherwise, or after a sentence in a language without spaces', () => {
    const [first] = splitText('word '.repeat(1200))
    expect(first).toBe('word '.repeat(1000))
    const sentence = 'お茶をどうぞ。'
    expect(splitText(sentence.repeat(1000)).every((piece) => piece.endsWith('。') && piece.length <= 5000)).toBe(true)
  })

  test('does not make tiny pieces to keep a word whole', () => {
    const pieces = splitText(`a ${'x'.repeat(6000)}`)
    expect(pieces.map((piece) => piece.length)).toEqual([5000, 1002])
  })

  test('terminates when one character is longer than a message', () => {
    const marks = `e${'\u0301'.repeat(12_000)}`
    expect(splitText(marks).map((piece) => piece.length)).toEqual([5000, 5000, 2001])
    const tags = `🏴${'\u{e0067}'.repeat(6000)}`
    expect(splitText(tags).every((piece) => !/\p{Cs}/u.test(piece) && piece.length <= 5000)).toBe(true)
    expect(splitText(tags).join('')).toBe(tags)
  })

  test('keeps lone surrogates', () => {
    expect(splitText('\ud83c'.repeat(5001)).map((piece) => piece.length)).toEqual([5000, 1])
  })

  test('for any text, the joined pieces equal the text, each fits, and no character is split', () => {
    const piece = fc.oneof(
      { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 400 }) },
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.constantFrom(
        family.repeat(200),
        '🇯🇵'.repeat(700),
        '\n',
        ' ',
        '。',
        'x'.repeat(4998),
        '\ud83c',
        '\udf4e',
        '\u200d',
      ),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (parts) => {
        const words = parts.join('')
        const pieces = splitText(words)
        expect(pieces.join('')).toBe(words)
        expect(pieces.every(({ length }) => length > 0 && length <= 5000)).toBe(true)
        expect(pieces.flatMap(graphemes)).toEqual(graphemes(words))
      }),
      { seed, numRuns: 50 },
    )
  })
})

describe('flex()', () => {
  const bubble = (...contents: object[]) =>
    ({ type: 'bubble', body: { type: 'box', layout: 'vertical', contents } }) as FlexBubble // contents of these tests

  test('uses a given alternative text', () => {
    const contents = bubble()
    expect(flex(contents, 'A card')).toStrictEqual({ type: 'flex', altText: 'A card', contents })
    expect(flex(contents, '').altText).toBe('')
  })

  test('builds the alternative text from the texts inside, from top to bottom', () => {
    const contents: FlexContainer = {
      type: 'carousel',
      contents: [
        {
          type: 'bubble',
          footer: {
            type: 'box',
            layout: 'vertical',
            contents: [{ type: 'button', action: { type: 'uri', label: 'Pay', uri: 'https://example.com/' } }],
          },
          body: {
            type: 'box',
            layout: 'vertical',
            contents: [
              { type: 'text', text: ' Total ' },
              {
                type: 'box',
                layout: 'horizontal',
                contents: [
                  {
                    type: 'text',
                    contents: [
                      { type: 'span', text: '¥' },
                      { type: 'span', text: '300' },
                    ],
                    text: 'x',
                  },
                ],
              },
            ],
          },
          header: { type: 'box', layout: 'vertical', contents: [{ type: 'text', text: 'Receipt' }] },
        },
        { type: 'bubble', hero: { type: 'box', layout: 'vertical', contents: [{ type: 'text', text: 'Thank you' }] } },
      ],
    }
    expect(flex(contents).altText).toBe('Receipt Total ¥300 Thank you')
    expect(checkMessages([flex(contents)])).toEqual([])
  })

  test('builds the alternative text from the altContent of a video', () => {
    const hero = {
      type: 'video',
      url: 'https://example.com/v.mp4',
      previewUrl: 'https://example.com/p.jpg',
      altContent: bubble({ type: 'text', text: 'A film' }).body,
    } as FlexBubble['hero'] // a box
    expect(flex({ type: 'bubble', hero }).altText).toBe('A film')
  })

  test('builds the alternative text from the buttons if there is no text', () => {
    const button = (label: string) => ({ type: 'button', action: { type: 'uri', label, uri: 'https://example.com/' } })
    expect(flex(bubble(button('Tea'), button('Coffee'))).altText).toBe('Tea Coffee')
  })

  test.each([
    ['nothing', bubble()],
    ['an image', bubble({ type: 'image', url: 'https://example.com/a.png' })],
    ['blanks', bubble({ type: 'text', text: ' \n' })],
  ])('refuses contents without an alternative text: %s', (_, contents) => {
    expect(() => flex(contents)).toThrow(LineInputError)
    expect(() => flex(contents)).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  })

  test('truncates the alternative text at 1500 and splits no character', () => {
    expect(flex(bubble({ type: 'text', text: 'x'.repeat(1500) })).altText).toBe('x'.repeat(1500))
    expect(flex(bubble({ type: 'text', text: 'x'.repeat(1501) })).altText).toBe(`${'x'.repeat(1499)}…`)
    const { altText } = flex(bubble({ type: 'text', text: family.repeat(1000) }))
    expect(altText).toBe(`${family.repeat(136)}…`)
    expect(checkMessages([flex(bubble({ type: 'text', text: '🍎'.repeat(2000) }))])).toEqual([])
  })

  test('terminates for contents that contain themselves', () => {
    const box = { type: 'box', layout: 'vertical', contents: [{ type: 'text', text: 'hi' }] as object[] }
    box.contents.push(box, box)
    expect(flex(bubble(box)).altText).toBe('hi')
  })

  test('skips values that are not components', () => {
    expect(
      flex(
        bubble(
          { type: 'text', text: 5 },
          { type: 'text', contents: [null, { text: 'a' }] },
          { type: 'button' },
          { type: 'text', text: 'b' },
        ),
      ).altText,
    ).toBe('a b')
  })
})

test('quickReply() creates items from actions, and accepts items with an icon', () => {
  const action = { type: 'cameraRoll', label: 'Photo' } as const
  const item = { type: 'action', imageUrl: 'https://example.com/i.png', action } as const
  expect(quickReply(action, item)).toStrictEqual({ items: [{ type: 'action', action }, item] })
  expect(quickReply()).toStrictEqual({ items: [] })
  expect(checkMessages([text('x', { quickReply: quickReply(action, item) })])).toEqual([])
})

test('mention() mentions one member or all members', () => {
  expect(mention('U1')).toStrictEqual({ type: 'mention', mentionee: { type: 'user', userId: 'U1' } })
  expect(mention('all')).toStrictEqual({ type: 'mention', mentionee: { type: 'all' } })
  const message: Message = {
    type: 'textV2',
    text: 'Hi {who} and {all}',
    substitution: { who: mention('U1'), all: mention('all') },
  }
  expect(checkMessages([message])).toEqual([])
})
