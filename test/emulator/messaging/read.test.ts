import { describe, expect, test } from 'vitest'
import { call, setup } from '../setup.js'

const path = 'POST /v2/bot/chat/markAsRead'
const older = 'POST /v2/bot/message/markAsRead'
const notAvailable = { status: 403, body: { message: 'Access to this API is not available for your account' } }

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

describe('marking messages as read by a token', () => {
  test('marks that message and all before it, and stays', async () => {
    const { write, mark, unread } = await withChat()
    const [first, second] = [await write('one'), await write('two')]
    await write('three')
    expect(unread()).toBe(3)
    expect(await mark(second)).toMatchObject({ status: 200, body: {} })
    expect(unread()).toBe(1)
    expect((await mark(first)).status).toBe(200)
    expect(unread()).toBe(1)
  })

  test('is for the chat that the token comes from', async () => {
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

  test('works long afterwards', async () => {
    const { write, mark, emulator } = await withChat()
    const token = await write('one')
    await emulator.clock.advance(400 * 24 * 60 * 60 * 1000)
    expect((await mark(token)).status).toBe(200)
  })

  test('a token of another account, and one that was never given, are refused', async () => {
    const { write, mark, emulator, unread } = await withChat()
    const invalid = {
      status: 400,
      body: { message: 'Invalid markAsReadToken. Tokens must be used by the bot that received them via Webhook.' },
    }
    const markAsReadToken = await write('one')
    const token = emulator.createAccount({ name: 'Other', settings: { chat: true } }).issueLongLivedToken()
    expect(await call(emulator, path, { markAsReadToken }, { token })).toMatchObject(invalid)
    expect(await mark('made-up')).toMatchObject(invalid)
    expect(unread()).toBe(1)
  })

  test('while Chat is off, messages are read by themselves, and the call is refused', async () => {
    const { write, mark, unread, account } = await withChat()
    await write('before')
    account.settings.chat = false
    const token = await write('one')
    expect(unread()).toBe(1)
    expect((await mark(token)).status).toBe(400)
    expect(unread()).toBe(1)
  })

  test('a message that was taken back waits for nobody', async () => {
    const { person, account, unread } = await withChat()
    const { event } = await person.send(account, 'never mind')
    await person.unsend(event.message.id)
    expect(unread()).toBe(0)
  })
})

describe('marking messages as read by user', () => {
  test('marks all of them, where LINE has approved the account for it', async () => {
    const { write, unread, line, account, userId } = await withChat()
    await write('one')
    await write('two')
    Object.assign(account.settings, { chat: false, markAsReadByUser: true })
    expect(await line(older, { chat: { userId } })).toMatchObject({ status: 200, body: {} })
    expect(unread()).toBe(0)
  })

  test('needs that approval, and does not go together with Chat', async () => {
    const { line, account, userId } = await withChat()
    account.settings.chat = false
    expect(await line(older, { chat: { userId } })).toMatchObject(notAvailable)
    Object.assign(account.settings, { chat: true, markAsReadByUser: true })
    expect(await line(older, { chat: { userId } })).toMatchObject(notAvailable)
  })

  test('is for users', async () => {
    const { line, account } = await withChat()
    Object.assign(account.settings, { chat: false, markAsReadByUser: true })
    expect(await line(older, { chat: { userId: 'mika' } })).toMatchObject({
      status: 400,
      body: { message: "The property, 'chat.chatId', in the request body is invalid (line: -, column: -)" },
    })
  })
})
