import type {
  ButtonAction,
  FlexBox,
  FlexBoxContent,
  FlexBubble,
  FlexComponent,
  FlexContainer,
  FlexMessage,
  FlexText,
  ImagemapMessage,
  Message,
  RichMenuAction,
  Template,
  TextMessageV2,
} from 'line-oa'
import { describe, expectTypeOf, test } from 'vitest'

// The compiler checks these; the tests only name what it checks.

describe('the type of a message narrows it', () => {
  test('down to the components of a Flex Message', () => {
    const look = (message: Message) => {
      if (message.type !== 'flex') return
      expectTypeOf(message).toEqualTypeOf<FlexMessage>()
      if (message.contents.type !== 'bubble') return
      expectTypeOf(message.contents).toEqualTypeOf<FlexBubble>()
      const [first] = message.contents.body?.contents ?? []
      if (first?.type === 'text') expectTypeOf(first).toEqualTypeOf<FlexText>()
    }
    void look
  })

  test('in unions that hold all their types', () => {
    expectTypeOf<FlexComponent['type']>().toEqualTypeOf<
      'box' | 'button' | 'image' | 'video' | 'icon' | 'text' | 'span' | 'separator' | 'filler'
    >()
    expectTypeOf<Exclude<FlexComponent['type'], FlexBoxContent['type']>>().toEqualTypeOf<'video' | 'span'>()
    expectTypeOf<Template['type']>().toEqualTypeOf<'buttons' | 'confirm' | 'carousel' | 'image_carousel'>()
    expectTypeOf<RichMenuAction['type']>().toEqualTypeOf<ButtonAction['type'] | 'richmenuswitch'>()
  })
})

describe('the compiler finds', () => {
  test('what LINE would refuse', () => {
    const button: ButtonAction = { type: 'uri', label: 'x', uri: 'tel:1' }
    const bad: readonly (Message | FlexBoxContent | FlexContainer)[] = [
      // @ts-expect-error -- a size has a unit
      { type: 'text', text: 'x', size: '13' },
      // @ts-expect-error -- a font has no percentage
      { type: 'text', text: 'x', size: '50%' },
      // @ts-expect-error -- no such field
      { type: 'text', text: 'x', fontSize: '13px' },
      // @ts-expect-error -- a button needs a label
      { type: 'button', action: { type: 'uri', uri: 'tel:1' } },
      // @ts-expect-error -- only quick replies open the camera
      { type: 'button', action: { type: 'camera', label: 'x' } },
      // @ts-expect-error -- a video stands in a hero only
      { type: 'box', layout: 'vertical', contents: [{ type: 'video', url: 'x', previewUrl: 'x' }] },
      // @ts-expect-error -- a carousel holds bubbles
      { type: 'carousel', contents: [{ type: 'box', layout: 'vertical', contents: [] }] },
      // @ts-expect-error -- a body is a box
      { type: 'bubble', body: { type: 'text', text: 'x' } },
      // @ts-expect-error -- a ratio has two numbers
      { type: 'image', url: 'x', aspectRatio: '20/13' },
      // @ts-expect-error -- a confirm has actions
      { type: 'template', altText: 'x', template: { type: 'confirm', text: 'x' } },
      {
        type: 'imagemap',
        baseUrl: 'x',
        altText: 'x',
        baseSize: { width: 1040, height: 1 },
        // @ts-expect-error -- an action of an imagemap has an area
        actions: [{ type: 'message', text: 'x' }],
      },
      // @ts-expect-error -- a mention names a user
      { type: 'textV2', text: '{a}', substitution: { a: { type: 'mention' } } },
    ]
    void [bad, button]
    expectTypeOf<ImagemapMessage['baseSize']['width']>().toEqualTypeOf<number>()
  })
})

describe('the compiler takes', () => {
  test('numbers that are put into a size', () => {
    const width = 5 as number // any number
    const box: FlexBox = {
      type: 'box',
      layout: 'vertical',
      width: `${width}px`,
      maxHeight: `${width / 3}%`,
      offsetTop: `${-width}px`,
      contents: [],
    }
    void box
  })

  test('what is only read, in every list', () => {
    const message = {
      type: 'flex',
      altText: 'x',
      contents: {
        type: 'carousel',
        contents: [{ type: 'bubble', body: { type: 'box', layout: 'vertical', contents: [{ type: 'filler' }] } }],
      },
    } as const
    expectTypeOf(message).toExtend<Message>()
    const mentioning = {
      type: 'textV2',
      text: '{a}',
      substitution: { a: { type: 'mention', mentionee: { type: 'all' } } },
    } as const
    expectTypeOf(mentioning).toExtend<TextMessageV2>()
  })
})
