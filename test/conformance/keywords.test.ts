import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkMessages } from 'line-oa/contracts'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import * as s from '../contracts/samples.js'
import { below, isNode } from './openapi.js'

const folder = process.env['LINE_OPENAPI_DIR']
const text = { type: 'text', text: 'hi' }
const inText = (field: string) => (keyword: string) => s.inBody({ ...text, [field]: keyword })
const inBox = (field: string) => (keyword: string) => s.inBody({ ...s.box(), [field]: keyword })
const inButtons = (field: string) => (keyword: string) => s.template({ ...s.buttons, [field]: keyword })

// The file lists these keywords in schemas of their own, to which no field refers: its fields take any text.
const fields: readonly [name: string, message: (keyword: string) => object][] = [
  ['FlexBoxSpacing', inBox('spacing')],
  ['FlexMargin', inText('margin')],
  ['FlexBoxCornerRadius', inBox('cornerRadius')],
  ['FlexBoxPadding', inBox('paddingAll')],
  ['FlexOffset', inText('offsetTop')],
  ['FlexBoxBorderWidth', inBox('borderWidth')],
  ['FlexTextFontSize', inText('size')],
  ['FlexSpanSize', (size) => s.inBody({ type: 'text', contents: [{ type: 'span', text: 'a', size }] })],
  ['FlexIconSize', (size) => s.inBody(s.baseline({ type: 'icon', url: 'https://example.com/i.png', size }))],
  ['FlexImageSize', (size) => s.inBody({ ...s.flexImage, size })],
  ['TemplateImageAspectRatio', inButtons('imageAspectRatio')],
  ['TemplateImageSize', inButtons('imageSize')],
]

describe.skipIf(!folder)('keywords of LINE’s OpenAPI file', () => {
  const document: unknown = folder ? parse(readFileSync(join(folder, 'messaging-api.yml'), 'utf8')) : {}
  const valuesOf = (name: string): readonly string[] => {
    const values = isNode(document) ? below(document, 'components', 'schemas', name)['enum'] : undefined
    return Array.isArray(values) ? values.map(String) : []
  }
  const everyKeyword = [...new Set(fields.flatMap(([name]) => valuesOf(name)))]

  test.each(fields)('%s are taken, and no other keyword is', (name, message) => {
    const taken = everyKeyword.filter((keyword) => checkMessages([message(keyword)]).length === 0)
    expect(valuesOf(name).length).toBeGreaterThan(1)
    expect(taken.sort()).toEqual([...valuesOf(name)].sort())
  })
})
