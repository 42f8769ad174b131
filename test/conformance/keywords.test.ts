import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { keywords } from '../../src/messaging/flex/value-schemas.js'
import { ButtonsTemplate } from '../../src/messaging/template/schemas.js'
import { below, isNode } from './openapi.js'
import { readSchema } from './shape.js'

const folder = process.env['LINE_OPENAPI_DIR']

// The file has these as schemas of their own, which no field refers to: its fields take any text.
describe.skipIf(!folder)('keywords of LINE’s OpenAPI file', () => {
  const document: unknown = folder ? parse(readFileSync(join(folder, 'messaging-api.yml'), 'utf8')) : {}
  const valuesOf = (name: string) =>
    isNode(document) ? below(document, 'components', 'schemas', name)['enum'] : undefined
  const fields = readSchema(ButtonsTemplate()).fields

  test.each([
    ['FlexBoxSpacing', keywords.spacing],
    ['FlexMargin', keywords.spacing],
    ['FlexBoxCornerRadius', keywords.spacing],
    ['FlexBoxPadding', keywords.padding],
    ['FlexOffset', keywords.offset],
    ['FlexBoxBorderWidth', keywords.borderWidth],
    ['FlexTextFontSize', keywords.fontSize],
    ['FlexSpanSize', keywords.fontSize],
    ['FlexIconSize', keywords.fontSize],
    ['FlexImageSize', keywords.imageSize],
    ['TemplateImageAspectRatio', fields.get('imageAspectRatio')?.shape().values],
    ['TemplateImageSize', fields.get('imageSize')?.shape().values],
  ])('%s are those here', (name, ours) => {
    expect(valuesOf(name)).toEqual(ours)
  })
})
