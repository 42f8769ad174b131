// What an editor shows when the pointer hovers over a call.

import * as catalog from 'line-oa/catalog'
import { describe, expect, test } from 'vitest'
import { openEditor } from './editor.js'

const calls = Object.entries(catalog).flatMap(([group, records]) =>
  Object.keys(records).flatMap((name) => [`line.${group}.${name}`, `line.withResponse.${group}.${name}`]),
)
const head = "import { createLineClient } from 'line-oa'\nconst line = createLineClient({ channelAccessToken: '' })\n"
const { service, files } = openEditor([head + calls.join('\n')])
const [file = ''] = files

function hover(call: string) {
  const line = head.length + calls.slice(0, calls.indexOf(call)).reduce((sum, before) => sum + before.length + 1, 0)
  const info = service.getQuickInfoAtPosition(file, line + call.lastIndexOf('.') + 1)
  const join = (parts: readonly { readonly text: string }[] | undefined) =>
    (parts ?? []).map(({ text }) => text).join('')
  const pages = info?.tags?.filter(({ name }) => name === 'see').map(({ text }) => join(text)) ?? []
  return { signature: join(info?.displayParts), description: join(info?.documentation), pages }
}

const value = String.raw`[A-Z]\w+(?:<[A-Z]\w+(?:<string, never>)?>)?(?:<string, never>)?(?: \| [A-Z]\w+)*`
const method = String.raw`\(input\??: ${value}(?: \| undefined)?, options\?: CallOptions\) => Promise<${value}>`
const whole = new RegExp(String.raw`^\(property\) \w+: (?:${method}|\(${method}\) & Listed<(?:string|${value})>)$`)

test('the hover of a call is found', () => {
  expect(hover('line.messaging.getProfile')).toEqual({
    signature: '(property) getProfile: (input: GetProfileInput, options?: CallOptions) => Promise<Profile>',
    description: expect.stringMatching(/./),
    pages: ['https://developers.line.biz/en/reference/messaging-api/#get-profile'],
  })
})

describe.each(calls)('%s', (call) => {
  test('shows named types in a line or two, a description, and a page of LINE', () => {
    const { signature, description, pages } = hover(call)
    expect(signature).toMatch(whole)
    expect(signature.length).toBeLessThanOrEqual(170)
    expect(description).toMatch(/^[A-Z].*\.$/s)
    expect(pages).toContainEqual(expect.stringMatching(/^https:\/\/developers\.line\.biz\/en\//))
  })
})
