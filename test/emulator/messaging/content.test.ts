import { createEmulator, type Person, type PersonMessage } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { call, inbox, inputError, refusal, setup } from '../setup.js'
import { png } from './rich-menus.js'

const data = 'https://api-data.line.me/v2/bot/message'
const bytes = new Uint8Array([1, 2, 3, 4, 5])

/** Width and height of a JPEG, from its first start-of-frame segment. */
function jpegSize(jpeg: Uint8Array<ArrayBuffer>): readonly [width: number, height: number] | undefined {
  const view = new DataView(jpeg.buffer)
  if (view.getUint16(0) !== 0xff_d8) return undefined
  for (let at = 2; at + 9 <= jpeg.length; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at)
    if (marker >= 0xff_c0 && marker <= 0xff_c2) return [view.getUint16(at + 7), view.getUint16(at + 5)]
  }
  return undefined
}

async function withFiles() {
  const world = await setup()
  const { emulator, token, account, person, line } = world
  const send = async (message: PersonMessage, from: Person = person) =>
    (await from.send(account, message)).event.message.id
  const fetchFile = async (id: string, rest = 'content') => {
    const response = await emulator.fetch(`${data}/${id}/${rest}`, { headers: { authorization: `Bearer ${token}` } })
    const { status, headers } = response
    return {
      status,
      type: headers.get('content-type'),
      length: headers.get('content-length'),
      bytes: new Uint8Array(await response.arrayBuffer()),
    }
  }
  const status = (id: string) => line(`GET ${data}/${id}/content/transcoding`)
  return { ...world, send, fetchFile, status }
}

describe('content that a user has sent', () => {
  test.each<[PersonMessage, string]>([
    [{ type: 'image', content: bytes }, 'image/jpeg'],
    [{ type: 'image', content: png() }, 'image/png'],
    [{ type: 'image', content: new Blob([bytes], { type: 'image/webp' }) }, 'image/webp'],
    [{ type: 'video', content: bytes, preparation: 0 }, 'video/mp4'],
    [{ type: 'audio', content: bytes, preparation: 0 }, 'audio/x-m4a'],
    [{ type: 'audio', content: new Blob([bytes]), preparation: 0 }, 'audio/x-m4a'],
    [{ type: 'file', fileName: 'tea.pdf', content: new Blob([bytes], { type: 'application/pdf' }) }, 'application/pdf'],
    [{ type: 'file', fileName: 'tea.bin', content: bytes }, 'application/octet-stream'],
  ])('%j is returned unchanged as %s', async (message, type) => {
    const { send, fetchFile } = await withFiles()
    const sent = 'content' in message ? message.content : undefined
    const content = sent instanceof Blob ? new Uint8Array(await sent.arrayBuffer()) : sent
    expect(await fetchFile(await send(message))).toEqual({
      status: 200,
      type,
      length: String(content?.length),
      bytes: content,
    })
  })

  test('has a sample file when the message has no content', async () => {
    const { send, fetchFile, emulator } = await withFiles()
    const image = await fetchFile(await send({ type: 'image' }))
    expect([image.type, jpegSize(image.bytes)]).toEqual(['image/jpeg', [1, 1]])
    expect((await fetchFile(await send({ type: 'file', fileName: 'tea.txt', fileSize: 9 }))).bytes).toEqual(
      new Uint8Array(9),
    )
    const [video, audio] = [await send({ type: 'video' }), await send({ type: 'audio' })]
    await emulator.clock.advance(1000)
    const start = async (id: string) => new TextDecoder().decode((await fetchFile(id)).bytes.slice(4, 12))
    expect([await start(video), await start(audio)]).toEqual(['ftypisom', 'ftypM4A '])
  })

  test('does not appear in the event', async () => {
    const { account, person } = await withFiles()
    const event = async (message: PersonMessage) => (await person.send(account, message)).event.message
    const id = expect.any(String)
    const tokens = { quoteToken: expect.any(String), markAsReadToken: expect.any(String) }
    const { markAsReadToken } = tokens
    const contentProvider = { type: 'line' }
    expect(await event({ type: 'image', content: bytes })).toEqual({ type: 'image', id, contentProvider, ...tokens })
    expect(await event({ type: 'video', content: bytes, duration: 60, preparation: 5 })).toEqual({
      type: 'video',
      id,
      duration: 60,
      contentProvider,
      ...tokens,
    })
    expect(await event({ type: 'audio', content: bytes })).toEqual({
      type: 'audio',
      id,
      contentProvider,
      markAsReadToken,
    })
    expect(await event({ type: 'file', fileName: 'tea.bin', content: bytes })).toEqual({
      type: 'file',
      id,
      fileName: 'tea.bin',
      fileSize: 5,
      markAsReadToken,
    })
  })

  test('in a group can be fetched', async () => {
    const { emulator, account, person, fetchFile } = await withFiles()
    account.settings.joinGroups = true
    const group = emulator.createGroup({ name: 'Us', members: [person] })
    await group.invite(account)
    const id = (await group.send(person, { type: 'image', content: bytes }))?.event.message.id
    expect(await fetchFile(id ?? '')).toMatchObject({ status: 200, bytes })
  })

  test('is not found by another account, for text messages and for unknown IDs', async () => {
    const { emulator, send, line } = await withFiles()
    const id = await send({ type: 'image' })
    const token = emulator.createAccount({ name: 'Other' }).issueLongLivedToken()
    for (const rest of ['content', 'content/preview', 'content/transcoding']) {
      expect(await call(emulator, `GET ${data}/${id}/${rest}`, undefined, { token })).toMatchObject(refusal(404))
      expect(await line(`GET ${data}/461230966842064897/${rest}`)).toMatchObject(refusal(404))
    }
    expect(await line(`GET ${data}/${await send({ type: 'text', text: 'tea' })}/content`)).toMatchObject(refusal(404))
  })
})

describe('video and audio', () => {
  test.each(['video', 'audio'] as const)('%s is answered with 202 until it is ready', async (type) => {
    const { send, fetchFile, status, emulator } = await withFiles()
    const id = await send({ type, content: bytes, preparation: 5000 })
    await emulator.clock.advance(4999)
    expect((await status(id)).body).toEqual({ status: 'processing' })
    expect(await fetchFile(id)).toMatchObject({ status: 202, bytes: new Uint8Array() })
    await emulator.clock.advance(1)
    expect((await status(id)).body).toEqual({ status: 'succeeded' })
    expect(await fetchFile(id)).toMatchObject({ status: 200, bytes })
  })

  test('are ready after a second by default', async () => {
    const { send, fetchFile, emulator } = await withFiles()
    const id = await send({ type: 'video' })
    await emulator.clock.advance(999)
    expect((await fetchFile(id)).status).toBe(202)
    await emulator.clock.advance(1)
    expect((await fetchFile(id)).status).toBe(200)
  })

  test('are not found when their preparation fails', async () => {
    const { send, line, status, emulator } = await withFiles()
    const id = await send({ type: 'video', preparation: 'failed' })
    expect((await status(id)).body).toEqual({ status: 'processing' })
    await emulator.clock.advance(1000)
    expect((await status(id)).body).toEqual({ status: 'failed' })
    expect(await line(`GET ${data}/${id}/content`)).toMatchObject(refusal(404))
  })

  test.each<PersonMessage>([{ type: 'image' }, { type: 'file', fileName: 'a' }, { type: 'text', text: 'a' }])(
    '%j has no transcoding status',
    async (message) => {
      const { send, status } = await withFiles()
      expect(await status(await send(message))).toMatchObject(refusal(400))
    },
  )
})

describe('previews', () => {
  test('exist for images and videos, ready or not', async () => {
    const { send, fetchFile } = await withFiles()
    const image = await send({ type: 'image', content: png() })
    expect(await fetchFile(image, 'content/preview')).toMatchObject({ status: 200, type: 'image/png', bytes: png() })
    const video = await fetchFile(await send({ type: 'video', preparation: 5000 }), 'content/preview')
    expect([video.status, video.type, jpegSize(video.bytes)]).toEqual([200, 'image/jpeg', [1, 1]])
  })

  test.each<PersonMessage>([
    { type: 'audio' },
    { type: 'file', fileName: 'a' },
    { type: 'sticker', packageId: '1', stickerId: '1' },
  ])('do not exist for %j', async (message) => {
    const { send, line } = await withFiles()
    expect(await line(`GET ${data}/${await send(message)}/content/preview`)).toMatchObject(refusal(400))
  })
})

describe('unsending a message', () => {
  test('removes it from the chat, answers 410 for its content, and sends one event', async () => {
    const { send, line, person, account, userId } = await withFiles()
    const receiver = inbox()
    account.connect(receiver)
    await person.send(account, 'stays')
    const id = await send({ type: 'video' })
    expect(await person.unsend(id)).toMatchObject({ reason: 'ok', event: { type: 'unsend' } })
    expect(receiver.events().at(-1)).toMatchObject({
      type: 'unsend',
      unsend: { messageId: id },
      source: { type: 'user', userId },
    })
    for (const rest of ['content', 'content/preview', 'content/transcoding'])
      expect(await line(`GET ${data}/${id}/${rest}`)).toMatchObject(refusal(410))
    expect(person.chatWith(account)).toMatchObject([{ message: { text: 'stays' } }])
    expect(await person.unsend(id)).toBeUndefined()
  })

  test('in a group sends an event while the account is a member', async () => {
    const { emulator, account, person, userId } = await withFiles()
    account.settings.joinGroups = true
    const group = emulator.createGroup({ name: 'Us', members: [person] })
    await group.invite(account)
    const [one, two] = [await group.send(person, 'one'), await group.send(person, 'two')]
    expect(await person.unsend(one?.event.message.id ?? '')).toMatchObject({
      event: { source: { type: 'group', groupId: group.groupId, userId } },
    })
    await group.removeAccount()
    expect(await person.unsend(two?.event.message.id ?? '')).toBeUndefined()
    expect(group.chatWith(account)).toEqual([])
  })

  test('sends no event to a blocked account', async () => {
    const { send, person, account } = await withFiles()
    const id = await send({ type: 'image' })
    await person.block(account)
    expect(await person.unsend(id)).toBeUndefined()
    expect(person.chatWith(account)).toEqual([])
  })

  test('is refused for messages of others and unknown IDs', async () => {
    const { send, emulator, person } = await withFiles()
    const id = await send({ type: 'image' })
    await expect(emulator.createPerson({ displayName: 'Ken' }).unsend(id)).rejects.toEqual(inputError)
    await expect(person.unsend('461230966842064897')).rejects.toEqual(inputError)
  })
})

describe('content expires', () => {
  test('after 14 days, as if it had never been there', async () => {
    const { send, fetchFile, status, emulator } = await withFiles()
    const id = await send({ type: 'video' })
    await emulator.clock.advance(14 * 24 * 60 * 60 * 1000 - 1)
    expect((await fetchFile(id)).status).toBe(200)
    await emulator.clock.advance(1)
    expect((await fetchFile(id)).status).toBe(404)
    expect((await fetchFile(id, 'content/preview')).status).toBe(404)
    expect((await status(id)).status).toBe(404)
  })

  test('after another time, and an unsent one stays unsent', async () => {
    const { emulator, person, account, line } = await setup({ contentLife: 1000 })
    const [kept, unsent] = [
      await person.send(account, { type: 'image' }),
      await person.send(account, { type: 'image' }),
    ]
    await person.unsend(unsent.event.message.id)
    await emulator.clock.advance(1000)
    const statusOf = async ({ event }: typeof kept) => (await line(`GET ${data}/${event.message.id}/content`)).status
    expect([await statusOf(kept), await statusOf(unsent)]).toEqual([404, 410])
    for (const contentLife of [-1, Number.NaN, '1' as never])
      expect(() => createEmulator({ contentLife })).toThrow(inputError)
  })
})
