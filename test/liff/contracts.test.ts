import { createLineClient, type Endpoint, ifFound } from 'line-oa'
import { liff as operations } from 'line-oa/catalog'
import { createCaller } from 'line-oa/core'
import { createEmulator } from 'line-oa/emulator'
import { statelessTokens } from 'line-oa/tokens'
import { describe, expect, test } from 'vitest'
import { inputProblems, outputPaths, outputProblems } from '../contracts/check.js'
import { emulatedOperation } from '../emulated-operation.js'
import { methodAndUrl, requestOf } from '../requests.js'

const view = { type: 'full', url: 'https://example.com/myservice' } as const
const liffId = '1234567890-AbcdEfgh'

describe('the calls', () => {
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
  ])('%s', async (name, request, expected) => {
    expect(methodAndUrl(await request)).toBe(expected)
    expect(await emulatedOperation(await request)).toBe(name)
  })

  test('take the token of a LINE Login channel, and are not retried when they add an app', () => {
    for (const operation of Object.values(operations)) expect(operation.auth).toBe('login-channel')
    expect(Object.values(operations).map(({ repeat }) => repeat)).toEqual(
      expect.arrayContaining(['never', 'safe', 'safe', 'safe']),
    )
    expect(operations.addLIFFApp.repeat).toBe('never')
  })

  test('carry an update to the app that the path names', async () => {
    const emulator = createEmulator()
    const { channelId, channelSecret } = emulator.createLoginChannel({ published: true })
    const line = createLineClient({
      channelAccessToken: statelessTokens({ channelId, channelSecret }),
      fetch: emulator.fetch,
    })
    const { liffId: added } = await line.liff.addLIFFApp({ view })
    const change = { view: { url: 'https://new.example.com' }, scope: ['openid'] } as const
    await line.liff.updateLIFFApp({ liffId: added, ...change })
    const { apps } = await line.liff.getAllLIFFApps()
    expect(apps).toMatchObject([{ liffId: added, ...change }])
  })

  test('fail with a not-found error when there is no LIFF app, which ifFound() turns into undefined', async () => {
    const fetch = async () => new Response('{"message":"Not found"}', { status: 404 })
    const caller = createCaller({ channelAccessToken: 'token', fetch })
    await expect(caller.call(operations.getAllLIFFApps, {})).rejects.toMatchObject({ code: 'LINE_NOT_FOUND' })
    expect(await ifFound(caller.call(operations.getAllLIFFApps, {}))).toBeUndefined()
  })
})

describe('an input', () => {
  test.each<[string, Endpoint, object]>([
    ['a view', operations.addLIFFApp, { view }],
    [
      'everything',
      operations.addLIFFApp,
      {
        view: { ...view, moduleMode: true },
        description: 'Service Example',
        features: { qrCode: true },
        permanentLinkPattern: 'concat',
        scope: ['openid', 'email', 'profile', 'chat_message.write'],
        botPrompt: 'aggressive',
      },
    ],
    ['one change', operations.updateLIFFApp, { liffId, view: { url: 'https://new.example.com' } }],
    ['a change of nothing', operations.updateLIFFApp, { liffId }],
  ])('passes with %s', (_, operation, input) => {
    expect(inputProblems(operation, input)).toEqual([])
  })

  test.each<[string, Endpoint, object, string, string]>([
    ['no view', operations.addLIFFApp, {}, 'view', 'missing'],
    ['a view without a URL', operations.addLIFFApp, { view: { type: 'full' } }, 'view.url', 'missing'],
    ['http', operations.addLIFFApp, { view: { ...view, url: 'http://example.com' } }, 'view.url', 'form'],
    ['a fragment', operations.updateLIFFApp, { liffId, view: { url: 'https://example.com/#a' } }, 'view.url', 'form'],
    ['another size', operations.addLIFFApp, { view: { ...view, type: 'wide' } }, 'view.type', 'value'],
    ['another scope', operations.addLIFFApp, { view, scope: ['phone'] }, 'scope[0]', 'value'],
    [
      'another link pattern',
      operations.addLIFFApp,
      { view, permanentLinkPattern: 'replace' },
      'permanentLinkPattern',
      'value',
    ],
    ['no LIFF ID', operations.deleteLIFFApp, { liffId: '' }, 'liffId', 'length'],
  ])('is refused with %s', (_, operation, input, path, rule) => {
    expect(inputProblems(operation, input)).toMatchObject([{ path, rule }])
  })
})

test('outputs pass with missing, new and obsolete fields', () => {
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
  expect(outputProblems(operations.getAllLIFFApps, { apps })).toEqual([])
  expect(outputPaths(operations.getAllLIFFApps, { apps: [{ view }] })).toEqual(['apps[0].liffId'])
})
