import { miniApp as operations } from 'line-oa/catalog'
import { expect, test } from 'vitest'
import { inputProblems, outputPaths, outputProblems } from '../contracts/check.js'
import { emulatedOperation } from '../emulated-operation.js'
import { methodAndUrl, requestOf } from '../requests.js'

const { issueNotificationToken, sendServiceMessage } = operations
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

test('the calls take the token of a LINE Login channel, and are not retried', () => {
  for (const operation of Object.values(operations))
    expect(operation).toMatchObject({ auth: 'login-channel', repeat: 'never' })
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
