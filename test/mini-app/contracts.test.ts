import { miniApp as operations } from 'line-oa/catalog'
import { expect, test } from 'vitest'
import { inputProblems, outputPaths, outputProblems } from '../contracts/check.js'
import { emulatedOperation } from '../emulated-operation.js'
import { methodAndUrl, requestOf } from '../requests.js'

const { getWebhookEventHistory, issueNotificationToken, reservePurchase, sendServiceMessage } = operations
const purchase = {
  clientIp: '192.0.2.1',
  clientOs: 'ios',
  productId: 'iap_ln_002',
  shopProductName: 'Tea Set',
} as const
const message = {
  target: 'service',
  templateName: 'thankyou_msg_en',
  params: { date: '2020-04-23', username: 'Brown & Cony' },
  notificationToken: '34c11a03-b726-49e3-8ce0-949387a9',
} as const

test('the calls send their input in the body, and the target of a service message in the query', async () => {
  const issue = await requestOf(issueNotificationToken, { liffAccessToken: 'eyJ' })
  expect(methodAndUrl(issue)).toBe('POST https://api.line.me/message/v3/notifier/token')
  expect(await issue.clone().json()).toEqual({ liffAccessToken: 'eyJ' })
  expect(await emulatedOperation(issue)).toBe('issueNotificationToken')
  const send = await requestOf(sendServiceMessage, message)
  expect(methodAndUrl(send)).toBe('POST https://api.line.me/message/v3/notifier/send?target=service')
  expect(await send.clone().json()).toEqual({ ...message, target: undefined })
  expect(await emulatedOperation(send)).toBe('sendServiceMessage')
})

test('the calls take the token of a LINE Login channel or of a user, and only the reading one is retried', () => {
  expect(
    Object.entries(operations)
      .map(([name, { auth, repeat }]) => [name, auth, repeat])
      .sort(),
  ).toEqual([
    ['getWebhookEventHistory', 'login-channel', 'safe'],
    ['issueNotificationToken', 'login-channel', 'never'],
    ['reservePurchase', 'user', 'never'],
    ['sendServiceMessage', 'login-channel', 'never'],
  ])
})

test('purchases are sent in the body, and their history is asked for in the query', async () => {
  const reserve = await requestOf(reservePurchase, purchase)
  expect(methodAndUrl(reserve)).toBe('POST https://api.line.me/iap/v1/product/reserve')
  expect(await reserve.clone().json()).toEqual(purchase)
  expect(await emulatedOperation(reserve)).toBe('reservePurchase')
  const history = await requestOf(getWebhookEventHistory, { startEpochSeconds: 1, endEpochSeconds: 2, pageSize: 100 })
  expect(methodAndUrl(history)).toBe(
    'GET https://api.line.me/iap/v1/webhook/events?startEpochSeconds=1&endEpochSeconds=2&pageSize=100',
  )
  expect(await emulatedOperation(history)).toBe('getWebhookEventHistory')
})

test('a purchase passes at its limits and is refused beyond them', () => {
  for (const clientIp of ['192.0.2.1', '2001:db8::1', '::1', '::ffff:192.0.2.1', `2001${':0db8'.repeat(7)}`])
    expect(inputProblems(reservePurchase, { ...purchase, clientIp }), clientIp).toEqual([])
  for (const clientIp of ['', 'localhost', '192.0.2', '12345', `${'0'.repeat(100)}:`])
    expect(inputProblems(reservePurchase, { ...purchase, clientIp }), clientIp).toMatchObject([{ path: 'clientIp' }])
  expect(inputProblems(reservePurchase, { ...purchase, shopProductName: '茶'.repeat(20) })).toEqual([])
  expect(inputProblems(reservePurchase, { ...purchase, shopProductName: 'x'.repeat(21) })).toMatchObject([
    { path: 'shopProductName', rule: 'length', maximum: 20 },
  ])
})

test('an input passes at its limits and is refused beyond them', () => {
  expect(inputProblems(sendServiceMessage, message)).toEqual([])
  expect(inputProblems(sendServiceMessage, { ...message, templateName: 'x'.repeat(30), params: {} })).toEqual([])
  expect(inputProblems(sendServiceMessage, { ...message, templateName: 'x'.repeat(31) })).toMatchObject([
    { path: 'templateName', rule: 'length', maximum: 30 },
  ])
  expect(inputProblems(sendServiceMessage, { ...message, params: { count: 2 } })).toMatchObject([
    { path: 'params.count', rule: 'kind' },
  ])
  expect(inputProblems(sendServiceMessage, { ...message, target: 'all' })).toMatchObject([
    { path: 'target', rule: 'value' },
  ])
  expect(inputProblems(issueNotificationToken, { liffAccessToken: '' })).toMatchObject([
    { path: 'liffAccessToken', rule: 'length', minimum: 1 },
  ])
})

test('an output passes without another token only where no message is left', () => {
  const token = { notificationToken: 'c9884874', expiresIn: 31535906, remainingCount: 3, sessionId: 'xD06' }
  expect(outputProblems(issueNotificationToken, token)).toEqual([])
  expect(outputProblems(sendServiceMessage, token)).toEqual([])
  expect(outputProblems(sendServiceMessage, { expiresIn: 0, remainingCount: 0 })).toEqual([])
  expect(outputPaths(issueNotificationToken, { expiresIn: 0, remainingCount: 0 })).toEqual([
    'notificationToken',
    'sessionId',
  ])
})
