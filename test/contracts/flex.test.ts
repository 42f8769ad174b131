import { checkMessages } from 'line-oa/contracts'
import { describe, expect, test } from 'vitest'
import { paths, url } from './check.js'
import * as s from './samples.js'

const check = (message: object) => checkMessages([message])
const at = (place: string) => `messages[0].contents${place && '.'}${place}`
const placesIn = (container: object) => paths(check(s.flex(container)))
// In the one place of a body.
const component = (value: object) =>
  check(s.inBody(value)).map(({ path }) => path.replace('messages[0].contents.body.contents[0]', ''))
const text = { type: 'text', text: 'hi' }
const icon = { type: 'icon', url: url(40) }
const gradient = { type: 'linearGradient', angle: '90deg', startColor: '#000000', endColor: '#FFFFFF80' }

test.each<[string, object]>([
  ['the smallest bubble', { type: 'bubble', body: s.box() }],
  ['a bubble with every block', { type: 'bubble', header: s.box(), hero: s.flexImage, body: s.box(), footer: s.box() }],
  ['a hero that is a box', { type: 'bubble', hero: s.box(text) }],
  [
    'a bubble with every field',
    s.bubble({
      size: 'giga',
      direction: 'rtl',
      action: { type: 'uri', uri: 'https://example.com/' },
      styles: {
        header: { backgroundColor: '#00000080' },
        hero: {},
        body: { separator: true, separatorColor: '#06C755' },
        footer: { separator: false },
      },
    }),
  ],
  ['a carousel', { type: 'carousel', contents: [s.bubble({ size: 'micro' }), s.bubble({ size: 'micro' })] }],
  [
    'a carousel with the default size stated once',
    { type: 'carousel', contents: [s.bubble(), s.bubble({ size: 'mega' })] },
  ],
  ['a video', { type: 'bubble', hero: s.flexVideo }],
  [
    'a video with every field',
    {
      type: 'bubble',
      size: 'kilo',
      hero: { ...s.flexVideo, altContent: s.box(text), aspectRatio: '16:9', action: s.button.uri },
    },
  ],
])('%s is accepted', (_, container) => {
  expect(check(s.flex(container))).toEqual([])
})

test.each<[string, object]>([
  ['an empty box', s.box()],
  [
    'a box with every field',
    {
      ...s.box(text),
      flex: 0,
      spacing: 'md',
      margin: '1.5px',
      position: 'absolute',
      offsetTop: '-2px',
      offsetBottom: '10%',
      offsetStart: 'xxl',
      offsetEnd: 'none',
      backgroundColor: '#00000000',
      borderColor: '#abcdef',
      borderWidth: 'semi-bold',
      cornerRadius: '100px',
      width: '50%',
      maxWidth: '200px',
      height: '33.3%',
      maxHeight: '0px',
      paddingAll: 'none',
      paddingTop: '5%',
      paddingBottom: '5px',
      paddingStart: 'xs',
      paddingEnd: 'xl',
      action: { type: 'message', text: 'x' },
      justifyContent: 'space-evenly',
      alignItems: 'flex-end',
      background: { ...gradient, centerColor: '#888888', centerPosition: '12.5%' },
    },
  ],
  ['a box in a box in a box', s.box(s.box(s.box(text)))],
  ['a horizontal box', { ...s.box(text, { type: 'separator' }), layout: 'horizontal' }],
  ['a line of text', s.baseline(icon, text, { type: 'filler', flex: 2 })],
  [
    'a button with every field',
    {
      type: 'button',
      action: s.button.uri,
      flex: 1,
      margin: 'sm',
      position: 'relative',
      offsetStart: '1%',
      height: 'sm',
      style: 'primary',
      color: '#06C755',
      gravity: 'center',
      adjustMode: 'shrink-to-fit',
      scaling: true,
    },
  ],
  [
    'an image with every field',
    {
      ...s.flexImage,
      flex: 3,
      align: 'start',
      gravity: 'bottom',
      size: 'full',
      aspectRatio: '1.51:1',
      aspectMode: 'cover',
      backgroundColor: '#FFFFFF',
      action: s.button.postback,
      animated: true,
    },
  ],
  ['an image of half its width', { ...s.flexImage, size: '50%' }],
  [
    'a text with every field',
    {
      ...text,
      size: '3xl',
      color: '#111111',
      weight: 'bold',
      style: 'italic',
      decoration: 'line-through',
      align: 'end',
      gravity: 'top',
      wrap: true,
      lineSpacing: '20px',
      maxLines: 0,
      adjustMode: 'shrink-to-fit',
      scaling: false,
      action: s.button.clipboard,
    },
  ],
  [
    'spans',
    {
      type: 'text',
      contents: [{ type: 'span', text: 'a', size: '13px', weight: 'bold', decoration: 'underline' }, { type: 'span' }],
    },
  ],
  ['a text beside its spans', { ...text, contents: [] }],
  [
    'an icon with every field',
    s.baseline({
      ...icon,
      margin: 'md',
      position: 'absolute',
      offsetTop: '1px',
      size: 'xxs',
      aspectRatio: '2:1',
      scaling: true,
    }),
  ],
  ['a separator', { type: 'separator', margin: 'xxl', color: '#EEEEEE' }],
  ['a filler', { type: 'filler' }],
])('%s is accepted in a body', (_, value) => {
  expect(component(value)).toEqual([])
})

test.each<[string, object, readonly string[]]>([
  ['a bubble without blocks', { type: 'bubble' }, ['']],
  ['a bubble of styles only', { type: 'bubble', styles: {} }, ['']],
  ['another container', { type: 'card' }, ['type']],
  ['a message as container', s.flex(s.bubble()), ['type']],
  ['a body that is a text', { type: 'bubble', body: text }, ['body.contents', 'body.layout', 'body.type', 'body.text']],
  ['a hero that is a text', { type: 'bubble', hero: text }, ['hero.type']],
  ['another size', s.bubble({ size: 'tera' }), ['size']],
  ['another direction', s.bubble({ direction: 'ttb' }), ['direction']],
  ['a style without a block', s.bubble({ styles: { title: {} } }), ['styles.title']],
  ['a video in a body', { type: 'bubble', body: s.box(s.flexVideo) }, ['body.contents[0].type']],
  [
    'a video without another content',
    { type: 'bubble', hero: { type: 'video', url: url(40), previewUrl: url(40) } },
    ['hero.altContent'],
  ],
  [
    'a video instead of a video',
    { type: 'bubble', hero: { ...s.flexVideo, altContent: s.flexVideo } },
    ['hero.altContent.type'],
  ],
  [
    'a video that sends a message',
    { type: 'bubble', hero: { ...s.flexVideo, action: s.button.message } },
    ['hero.action.uri', 'hero.action.type'],
  ],
  ...['nano', 'micro', 'deca', 'hecto'].map((size): [string, object, string[]] => [
    `a video in a ${size} bubble`,
    { type: 'bubble', size, hero: s.flexVideo },
    ['hero.type'],
  ]),
  [
    'a video in a carousel',
    { type: 'carousel', contents: [{ type: 'bubble', hero: s.flexVideo }] },
    ['contents[0].hero.type'],
  ],
  [
    'a carousel of two sizes',
    { type: 'carousel', contents: [s.bubble(), s.bubble({ size: 'kilo' }), s.bubble()] },
    ['contents[1].size'],
  ],
  [
    'a carousel in a carousel',
    { type: 'carousel', contents: [{ type: 'carousel', contents: [s.bubble()] }] },
    ['contents[0].type', 'contents[0].contents', 'contents[0]'],
  ],
])('%s is refused', (_, container, places) => {
  expect([...placesIn(container)].sort()).toEqual(places.map(at).sort())
})

test.each<[string, object, readonly string[]]>([
  ['an unknown component', { type: 'spacer' }, ['.type']],
  ['a span outside of a text', { type: 'span', text: 'x' }, ['.type']],
  ['an icon outside of a line', icon, ['.type']],
  ['a button in a line', s.baseline({ type: 'button', action: s.button.uri }), ['.contents[0].type']],
  ['an image in a line', s.baseline(s.flexImage), ['.contents[0].type']],
  ['a separator in a line', s.baseline({ type: 'separator' }), ['.contents[0].type']],
  ['a box in a line', s.baseline(s.box()), ['.contents[0].type']],
  ['a line in a line', s.baseline(s.baseline()), ['.contents[0].type']],
  ['a box without layout', { type: 'box', contents: [] }, ['.layout']],
  ['a box without contents', { type: 'box', layout: 'vertical' }, ['.contents']],
  ['a text without text', { type: 'text' }, ['']],
  ['an empty text', { type: 'text', text: '' }, ['.text']],
  ['a text in a span’s place', { type: 'text', contents: [text] }, ['.contents[0].type']],
  ['a button without action', { type: 'button' }, ['.action']],
  ['a button without label', { type: 'button', action: { type: 'uri', uri: 'tel:1' } }, ['.action.label']],
  ['an image without URL', { type: 'image' }, ['.url']],
  ['a negative flex', { ...text, flex: -1 }, ['.flex']],
  ['half a flex', { ...text, flex: 0.5 }, ['.flex']],
  ['half a line', { ...text, maxLines: 1.5 }, ['.maxLines']],
  ['another alignment', { ...text, align: 'left' }, ['.align']],
  ['wrap as text', { ...text, wrap: 'true' }, ['.wrap']],
  [
    'a background of another kind',
    { ...s.box(), background: { ...gradient, type: 'radialGradient' } },
    ['.background.type'],
  ],
  [
    'a gradient without its ends',
    { ...s.box(), background: { type: 'linearGradient' } },
    ['.background.angle', '.background.startColor', '.background.endColor'],
  ],
  ['an unknown field', { ...text, fontSize: '12px' }, ['.fontSize']],
  ['a field that only another component has', { ...s.box(), size: 'full' }, ['.size']],
])('%s is refused in a body', (_, value, places) => {
  expect([...component(value)].sort()).toEqual([...places].sort())
})

test('an undefined field counts as omitted, including an unknown field', () => {
  expect(component({ ...text, color: undefined, fontSize: undefined })).toEqual([])
})

// Values that consist of a number with a unit, or of a keyword.
const forms: readonly [
  field: string,
  build: (value: string) => object,
  good: readonly string[],
  bad: readonly string[],
][] = [
  [
    'margin',
    (margin) => ({ ...text, margin }),
    ['none', 'xs', 'xxl', '0px', '1.5px'],
    ['', 'xxs', '3xl', 'full', '5', '5%', '-1px', '5 px', '5PX', '.5px', '1e3px', 'NaNpx', '1.px'],
  ],
  ['spacing', (spacing) => ({ ...s.box(), spacing }), ['md', '10px'], ['10%', '-1px', 'medium']],
  ['cornerRadius', (cornerRadius) => ({ ...s.box(), cornerRadius }), ['md', '10px'], ['10%', '-1px']],
  [
    'borderWidth',
    (borderWidth) => ({ ...s.box(), borderWidth }),
    ['none', 'light', 'normal', 'medium', 'semi-bold', 'bold', '2px'],
    ['xs', '1%', '-1px'],
  ],
  ['width', (width) => ({ ...s.box(), width }), ['10px', '10%', '0%'], ['md', '10', '-1px', '-1%', '10em']],
  ['maxHeight', (maxHeight) => ({ ...s.box(), maxHeight }), ['10px', '10%'], ['full']],
  ['paddingAll', (paddingAll) => ({ ...s.box(), paddingAll }), ['md', '10px', '10%'], ['-1px', 'full', '10']],
  [
    'offsetTop',
    (offsetTop) => ({ ...text, offsetTop }),
    ['md', '10px', '-10px', '-1.5%', '10%'],
    ['10', '--1px', '+1px', 'full'],
  ],
  ['size of a text', (size) => ({ ...text, size }), ['xxs', '5xl', '13px', '23.5px'], ['full', '50%', '13', '6xl']],
  [
    'size of an image',
    (size) => ({ ...s.flexImage, size }),
    ['xxs', '5xl', 'full', '13px', '50%'],
    ['13', 'cover', 'BAD', '-1px'],
  ],
  ['size of an icon', (size) => s.baseline({ ...icon, size }), ['xxs', '5xl', '13px'], ['full', '50%']],
  ['lineSpacing', (lineSpacing) => ({ ...text, lineSpacing }), ['20px', '1.5px'], ['md', '20%', '20', '-1px']],
  [
    'color',
    (color) => ({ ...text, color }),
    ['#06C755', '#06c75580', '#000000'],
    ['#FFF', '06C755', '#06C75', '#06C7558', '#GGGGGG', 'red', 'rgb(0,0,0)', ''],
  ],
  [
    'aspectRatio',
    (aspectRatio) => ({ ...s.flexImage, aspectRatio }),
    ['1:1', '20:13', '1.51:1', '1:3', '100000:100000', '100000:1'],
    ['1:3.01', '1:4', '0:1', '1:0', '100001:1', '100000:100001', '1', '1:1:1', '-1:1', '16/9', '0.5:1', ''],
  ],
  [
    'angle',
    (angle) => ({ ...s.box(), background: { ...gradient, angle } }),
    ['0deg', '90deg', '23.5deg', '359.9deg'],
    ['360deg', '-1deg', '90', '1rad', ''],
  ],
  [
    'centerPosition',
    (centerPosition) => ({ ...s.box(), background: { ...gradient, centerPosition } }),
    ['0%', '50%', '99.9%', '100%'],
    ['100.1%', '101%', '-1%', '50px', '50'],
  ],
]

describe.each(forms)('%s', (_, build, good, bad) => {
  test.each(good)('accepts %j', (value) => {
    expect(component(build(value))).toEqual([])
  })

  test.each(bad)('refuses %j', (value) => {
    expect(check(s.inBody(build(value)))).toMatchObject([{ rule: 'form' }])
  })
})
