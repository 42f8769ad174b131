import { describe, expect, test } from 'vitest'
import { call, refusal, setup } from '../setup.js'

const path = 'POST /v2/bot/chat/markAsRead'
const older = 'POST /v2/bot/message/markAsRead'

async function withChat() {
  const world = await setup({ account: { settings: { chat: true, joinGroups: true } } })
  const { account, person, line } = world
  const write = async (words: string) => {
    const { message } = (await person.send(account, words)).event
    return ('markAsReadToken' in message && message.markAsReadToken) || ''
  }
  const mark = (markAsReadToken: string) => line(path, { markAsReadToken })
  return { ...world, write, mark, unread: () => person.unreadBy(account) }
}

describe('marking messages as read by token', () => {
  test('marks the message and all earlier ones, for good', async () => {
    const { write, mark, unread } = await withChat()
    const [first, second] = [await write('one'), await write('two')]
    await write('three')
    expect(unread()).toBe(3)
    expect(await mark(second)).toMatchObject({ status: 200, body: {} })
    expect(unread()).toBe(1)
    expect((await mark(first)).status).toBe(200)
    expect(unread()).toBe(1)
  })

  test('applies to the chat of the token only', async () => {
    const { write, mark, unread, emulator, account, person } = await withChat()
    const token = await write('alone')
    const ken = emulator.createPerson({ displayName: 'Ken' })
    await ken.send(account, 'me too')
    const group = emulator.createGroup({ name: 'Us', members: [person] })
    await group.invite(account)
    await group.send(person, 'together')
    await mark(token)
    expect([unread(), ken.unreadBy(account), group.unreadBy(account)]).toEqual([0, 1, 1])
  })

  test('works after more than a year', async () => {
    const { write, mark, emulator } = await withChat()
    const token = await write('one')
    await emulator.clock.advance(400 * 24 * 60 * 60 * 1000)
    expect((await mark(token)).status).toBe(200)
  })

  test('is refused for a token of another account and for an unknown token', async () => {
    const { write, mark, emulator, unread } = await withChat()
    const markAsReadToken = await write('one')
    const token = emulator.createAccount({ name: 'Other', settings: { chat: true } }).issueLongLivedToken()
    expect(await call(emulator, path, { markAsReadToken }, { token })).toMatchObject(refusal(400))
    expect(await mark('made-up')).toMatchObject(refusal(400))
    expect(unread()).toBe(1)
  })

  test('is refused while Chat is off, since messages are read automatically', async () => {
    const { write, mark, unread, account } = await withChat()
    await write('before')
    account.settings.chat = false
    const token = await write('one')
    expect(unread()).toBe(1)
    expect((await mark(token)).status).toBe(400)
    expect(unread()).toBe(1)
  })

  test('an unsent message is not unread', async () => {
    const { person, account, unread } = await withChat()
    const { event } = await person.send(account, 'never mind')
    await person.unsend(event.message.id)
    expect(unread()).toBe(0)
  })
})

describe('marking messages as read by user', () => {
  test('marks all messages when LINE has approved the account for it', async () => {
    const { write, unread, line, account, userId } = await withChat()
    await write('one')
    await write('two')
    Object.assign(account.settings, { chat: false, markAsReadByUser: true })
    expect(await line(older, { chat: { userId } })).toMatchObject({ status: 200, body: {} })
    expect(unread()).toBe(0)
  })

  test('is refused without the approval, and while Chat is on', async () => {
    const { line, account, userId } = await withChat()
    account.settings.chat = false
    expect(await line(older, { chat: { userId } })).toMatchObject(refusal(403))
    Object.assign(account.settings, { chat: true, markAsReadByUser: true })
    expect(await line(older, { chat: { userId } })).toMatchObject(refusal(403))
  })

  test('is refused for an invalid user ID', async () => {
    const { line, account } = await withChat()
    Object.assign(account.settings, { chat: false, markAsReadByUser: true })
    expect(await line(older, { chat: { userId: 'mika' } })).toMatchObject(refusal(400))
  })
})
