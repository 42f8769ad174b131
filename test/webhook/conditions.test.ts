import { createEmulator } from 'line-oa/emulator'
import {
  allOf,
  argumentsOf,
  command,
  createReceiver,
  hears,
  inChat,
  type MessageEvent,
  type TextMessageContent,
} from 'line-oa/webhook'
import { describe, expect, expectTypeOf, test } from 'vitest'

const inputError = expect.objectContaining({ code: 'LINE_INPUT' })

async function setup() {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House', settings: { joinGroups: true } })
  const errors: unknown[] = []
  const receiver = createReceiver({
    channelSecret: account.channelSecret,
    clock: emulator.clock,
    onError: (error) => void errors.push(error),
  })
  account.connect(receiver)
  const person = emulator.createPerson({ displayName: 'Mika' })
  const group = emulator.createGroup({ name: 'Family', members: [person] })
  await group.invite(account)
  const heard: string[] = []
  const note = (name: string) => () => void heard.push(name)
  return { account, receiver, person, group, heard, note, errors }
}

describe('hears()', () => {
  test('a text is the whole text, whatever its case, width and spaces', async () => {
    const { account, receiver, person, heard, note } = await setup()
    receiver.on(hears('menu', 'メニュー'), note('menu'))
    for (const said of ['menu', ' MENU ', 'ｍｅｎｕ', 'ﾒﾆｭｰ', 'the menu', 'menus']) await person.send(account, said)
    expect(heard).toHaveLength(4)
  })

  test('a regular expression is tested against the text, again and again', async () => {
    const { account, receiver, person, heard, note } = await setup()
    receiver.on(hears(/^order \d+$/giy), note('order'))
    for (const said of ['order 2', 'Order 12', 'order two', 'an order 2']) await person.send(account, said)
    expect(heard).toHaveLength(2)
  })

  test('mentions in a group are left out, and other messages are not texts', async () => {
    const { account, receiver, person, group, heard, note } = await setup()
    receiver.on(hears('menu'), note('menu'))
    await group.send(person, { type: 'text', text: '@Tea House menu', mentions: [account] })
    await group.send(person, { type: 'sticker', packageId: '446', stickerId: '1988', text: 'menu' })
    expect(heard).toEqual(['menu'])
  })

  test('wrong arguments are refused', () => {
    for (const wrong of [[], [5], [undefined], ['x', null]])
      expect(() => hears(...(wrong as unknown as [string]))).toThrow(inputError)
  })
})

describe('command()', () => {
  test('is the first word, with what follows as its arguments', async () => {
    const { account, receiver, person, heard, note } = await setup()
    const args: string[][] = []
    receiver.on(command('order'), ({ event }) => void args.push(argumentsOf(event)))
    receiver.on(command('help', { prefix: '!' }), note('help'))
    for (const said of ['/order 2  teas', '/ORDER', '／order', '/orders', 'order', '!help me', '/help'])
      await person.send(account, said)
    expect(args).toEqual([['2', 'teas'], [], []])
    expect(heard).toEqual(['help'])
  })

  test('wrong arguments are refused', () => {
    for (const wrong of [undefined, '', 'two words', 5]) expect(() => command(wrong as never)).toThrow(inputError)
    expect(() => command('x', { prefix: 5 as never })).toThrow(inputError)
    expect(() => argumentsOf({} as never)).toThrow(inputError)
  })
})

describe('inChat() and allOf()', () => {
  test('select by the kind of chat, and by several filters at once', async () => {
    const { account, receiver, person, group, heard, note } = await setup()
    receiver.on(inChat('group'), note('group'))
    receiver.on(allOf('message:text', inChat('user')), note('text'))
    receiver.on(allOf(hears('menu'), inChat('group')), note('menu'))
    await person.send(account, 'menu')
    await person.send(account, { type: 'image' })
    await group.send(person, 'menu')
    expect(heard).toEqual(['text', 'group', 'menu'])
  })

  test('narrow the type of the event', () => {
    const receiver = createReceiver({ channelSecret: '0'.repeat(32) })
    receiver.on(allOf('message:text', inChat('group')), ({ event }) => {
      expectTypeOf(event.message.text).toEqualTypeOf<string>()
      expectTypeOf(event.source.groupId).toEqualTypeOf<string>()
    })
    receiver.on(hears('menu'), ({ event, text }) => {
      expectTypeOf(event).toEqualTypeOf<MessageEvent<TextMessageContent>>()
      expectTypeOf(text).toEqualTypeOf<string>()
    })
    receiver.on(['follow', 'join'], ({ event }) => expectTypeOf(event.type).toEqualTypeOf<'follow' | 'join'>())
    receiver.on('follow', ({ text }) => expectTypeOf(text).toEqualTypeOf<string | undefined>())
  })

  test('wrong arguments are refused', () => {
    expect(() => inChat('channel' as never)).toThrow(inputError)
    for (const wrong of ['nonsense', 'standby', undefined, 5])
      expect(() => allOf('message', wrong as never)).toThrow(inputError)
  })
})

describe('on()', () => {
  test('a list calls the handler once for an event of which several match', async () => {
    const { account, receiver, person, heard, note } = await setup()
    receiver.on(['message', 'message:text', 'unfollow'], note('list'))
    await person.send(account, 'hello')
    await person.block(account)
    expect(heard).toEqual(['list', 'list'])
  })

  test('a function gets the event and its name, and fails the event when it throws', async () => {
    const { account, receiver, person, heard, note, errors } = await setup()
    const seen: string[] = []
    receiver.on((event, name) => {
      seen.push(`${String(event.type)} ${name}`)
      return name === 'message:image'
    }, note('image'))
    await person.send(account, 'hello')
    await person.send(account, { type: 'image' })
    expect(seen).toEqual(['message message:text', 'message message:image'])
    expect(heard).toEqual(['image'])
    const failure = new Error('no tea')
    receiver.on(() => {
      throw failure
    }, note('never'))
    expect((await person.send(account, 'hello')).status).toBe(500)
    expect(errors).toEqual([failure])
  })

  test('several handlers of one event are called in the order in which they were registered', async () => {
    const { account, receiver, person, heard, note } = await setup()
    receiver.on('*', note('all')).on(hears('menu'), note('menu')).on('message:text', note('text'))
    await person.send(account, 'menu')
    expect(heard).toEqual(['all', 'menu', 'text'])
  })

  test('an unknown filter is refused with the nearest name', async () => {
    const { receiver, note } = await setup()
    const refusal = (filter: unknown) => {
      try {
        receiver.on(filter as never, note('never'))
        return undefined
      } catch (error) {
        expect(error).toEqual(inputError)
        return /did you mean '([^']*)'/.exec(String(error))?.[1]
      }
    }
    expect(refusal('mesage:text')).toBe('message:text')
    expect(refusal('folow')).toBe('follow')
    expect(refusal('member_joined')).toBe('memberJoined')
    expect(refusal(['follow', 'unfolow'])).toBe('unfollow')
    for (const filter of [undefined, null, 5, [], {}, ['standby'], [hears('x')]]) expect(refusal(filter)).toBeDefined()
  })
})
