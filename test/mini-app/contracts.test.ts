import { expect, test } from 'vitest'
import * as operations from '../../src/mini-app/operations.js'
import * as schemas from '../../src/mini-app/schemas.js'
import { arrives, problems, requestOf } from '../room.js'

const message = {
  target: 'service',
  templateName: 'thankyou_msg_en',
  params: { date: '2020-04-23', username: 'Brown & Cony' },
  notificationToken: '34c11a03-b726-49e3-8ce0-949387a9',
} as const

test('service messages go where LINE takes them, the target in the query', async () => {
  const issue = requestOf(operations.issueNotificationToken, { liffAccessToken: 'eyJ' })
  expect(`${issue.method} ${issue.url}`).toBe('POST https://api.line.me/message/v3/notifier/token')
  expect(await issue.json()).toEqual({ liffAccessToken: 'eyJ' })
  const send = requestOf(operations.sendServiceMessage, message)
  expect(`${send.method} ${send.url}`).toBe('POST https://api.line.me/message/v3/notifier/send?target=service')
  expect(await send.json()).toEqual({ ...message, target: undefined })
  expect(await arrives(operations, operations.sendServiceMessage, message)).toEqual(message)
})

test('both take the token of a Login channel, and neither is repeated', () => {
  for (const operation of Object.values(operations))
    expect(operation).toMatchObject({ auth: 'login-channel', repeat: 'never' })
})

test('inputs at their limits', () => {
  expect(problems(schemas.SendServiceMessageInput, message)).toEqual([])
  expect(problems(schemas.SendServiceMessageInput, { ...message, templateName: 'x'.repeat(30), params: {} })).toEqual(
    [],
  )
  expect(problems(schemas.SendServiceMessageInput, { ...message, templateName: 'x'.repeat(31) })).toEqual([
    expect.stringContaining('templateName must be text of at most 30'),
  ])
  expect(problems(schemas.SendServiceMessageInput, { ...message, params: { count: 2 } })).toEqual([
    expect.stringContaining('params.count must be text'),
  ])
  expect(problems(schemas.SendServiceMessageInput, { ...message, target: 'all' })).toEqual([
    expect.stringContaining("target must be 'service'"),
  ])
  expect(problems(schemas.IssueNotificationTokenInput, { liffAccessToken: '' })).toEqual([
    expect.stringContaining('liffAccessToken'),
  ])
})

test('an answer without another token passes', () => {
  const token = { notificationToken: 'c9884874', expiresIn: 31535906, remainingCount: 3, sessionId: 'xD06' }
  expect(problems(schemas.IssuedNotificationToken, token)).toEqual([])
  expect(problems(schemas.SentServiceMessage, token)).toEqual([])
  expect(problems(schemas.SentServiceMessage, { expiresIn: 0, remainingCount: 0 })).toEqual([])
  expect(problems(schemas.IssuedNotificationToken, { expiresIn: 0, remainingCount: 0 })).toHaveLength(2)
})
