import { ifFound } from 'line-oa'
import { createCaller } from 'line-oa/core'
import { describe, expect, test } from 'vitest'
import * as operations from '../../src/liff/operations.js'
import * as schemas from '../../src/liff/schemas.js'
import { arrives, problems, requestOf } from '../room.js'

const view = { type: 'full', url: 'https://example.com/myservice' } as const
const liffId = '1234567890-AbcdEfgh'

describe('calls', () => {
  test.each([
    ['addLIFFApp', requestOf(operations.addLIFFApp, { view }), 'POST https://api.line.me/liff/v1/apps'],
    ['getAllLIFFApps', requestOf(operations.getAllLIFFApps, {}), 'GET https://api.line.me/liff/v1/apps'],
    [
      'updateLIFFApp',
      requestOf(operations.updateLIFFApp, { liffId }),
      `PUT https://api.line.me/liff/v1/apps/${liffId}`,
    ],
    [
      'deleteLIFFApp',
      requestOf(operations.deleteLIFFApp, { liffId }),
      `DELETE https://api.line.me/liff/v1/apps/${liffId}`,
    ],
  ])('%s', (_, { method, url }, expected) => {
    expect(`${method} ${url}`).toBe(expected)
  })

  test('all take the token of a Login channel, and adding is never repeated', () => {
    for (const operation of Object.values(operations)) expect(operation.auth).toBe('login-channel')
    expect(Object.values(operations).map(({ repeat }) => repeat)).toEqual(
      expect.arrayContaining(['never', 'safe', 'safe', 'safe']),
    )
    expect(operations.addLIFFApp.repeat).toBe('never')
  })

  test('what they carry arrives as it was', async () => {
    const input = { liffId, view: { url: 'https://new.example.com' }, scope: ['openid'] } as const
    expect(await arrives(operations, operations.updateLIFFApp, input)).toEqual(input)
  })

  test('no LIFF app is an error, and undefined where that is wanted', async () => {
    const fetch = async () => new Response('{"message":"Not found"}', { status: 404 })
    const caller = createCaller({ channelAccessToken: 'token', fetch })
    await expect(caller.call(operations.getAllLIFFApps, {})).rejects.toMatchObject({ code: 'LINE_NOT_FOUND' })
    expect(await ifFound(caller.call(operations.getAllLIFFApps, {}))).toBeUndefined()
  })
})

describe('inputs', () => {
  test.each([
    ['a view', schemas.AddLIFFAppInput, { view }],
    [
      'everything',
      schemas.AddLIFFAppInput,
      {
        view: { ...view, moduleMode: true },
        description: 'Service Example',
        features: { qrCode: true },
        permanentLinkPattern: 'concat',
        scope: ['openid', 'email', 'profile', 'chat_message.write'],
        botPrompt: 'aggressive',
      },
    ],
    ['one change', schemas.UpdateLIFFAppInput, { liffId, view: { url: 'https://new.example.com' } }],
    ['a change of nothing', schemas.UpdateLIFFAppInput, { liffId }],
  ])('%s is taken', (_, schema, input) => {
    expect(problems(schema, input)).toEqual([])
  })

  test.each([
    ['no view', schemas.AddLIFFAppInput, {}, 'view must be an object, but is missing'],
    [
      'a view without a URL',
      schemas.AddLIFFAppInput,
      { view: { type: 'full' } },
      'view.url must be text, but is missing',
    ],
    [
      'http',
      schemas.AddLIFFAppInput,
      { view: { ...view, url: 'http://example.com' } },
      'view.url must be an https URL',
    ],
    [
      'a fragment',
      schemas.UpdateLIFFAppInput,
      { liffId, view: { url: 'https://example.com/#a' } },
      'view.url must be an https URL',
    ],
    [
      'another size',
      schemas.AddLIFFAppInput,
      { view: { ...view, type: 'wide' } },
      "view.type must be one of 'compact', 'tall', 'full'",
    ],
    ['another scope', schemas.AddLIFFAppInput, { view, scope: ['phone'] }, "scope[0] must be one of 'openid'"],
    [
      'another link pattern',
      schemas.AddLIFFAppInput,
      { view, permanentLinkPattern: 'replace' },
      "permanentLinkPattern must be 'concat'",
    ],
    ['no LIFF ID', schemas.DeleteLIFFAppInput, { liffId: '' }, 'liffId must be text that is not empty'],
  ])('%s is refused', (_, schema, input, problem) => {
    expect(problems(schema, input)).toEqual([expect.stringContaining(problem)])
  })
})

test('answers pass with what is missing, new or no longer set', () => {
  const apps = [
    { liffId, view, description: 'Happy New York', permanentLinkPattern: 'concat' },
    {
      liffId,
      view: { ...view, type: 'huge' },
      features: { ble: true, qrCode: true },
      scope: ['profile', 'phone'],
      botPrompt: 'none',
      more: 1,
    },
  ]
  expect(problems(schemas.LIFFApps, { apps })).toEqual([])
  expect(problems(schemas.LIFFApps, { apps: [{ view }] })).toEqual([expect.stringContaining('apps[0].liffId')])
})
