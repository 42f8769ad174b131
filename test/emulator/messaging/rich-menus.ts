import { expect } from 'vitest'
import { call, type Extras, read, setup } from '../setup.js'

const data = 'https://api-data.line.me'

/** The start of a PNG of a size, filled up to a length in bytes. */
export function png(width = 2500, height = 1686, length = 64): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  const view = new DataView(bytes.buffer)
  view.setUint32(16, width)
  view.setUint32(20, height)
  return bytes
}

/** A valid rich menu. */
export const menu = {
  size: { width: 2500, height: 1686 },
  selected: false,
  name: 'Tea',
  chatBarText: 'Menu',
  areas: [{ bounds: { x: 0, y: 0, width: 2500, height: 1686 }, action: { type: 'postback', data: 'tea' } }],
}

/** setup() with functions that create rich menus. */
export async function withMenus(...options: Parameters<typeof setup>) {
  const world = await setup(...options)
  const { emulator, token, line } = world
  const create = async (): Promise<string> =>
    ((await line('POST /v2/bot/richmenu', menu)).body as { richMenuId: string }).richMenuId
  const upload = async (richMenuId: string, body: BodyInit = png(), type = 'image/png') =>
    read(
      await emulator.fetch(`${data}/v2/bot/richmenu/${richMenuId}/content`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': type },
        body,
      }),
    )
  const createWithImage = async (): Promise<string> => {
    const richMenuId = await create()
    await upload(richMenuId)
    return richMenuId
  }
  const friend = async (displayName: string) => {
    const person = emulator.createPerson({ displayName })
    await person.addFriend(world.account)
    return { person, userId: person.userIdFor(world.account) }
  }
  const asOther = (what: string, body?: object, extras?: Extras) => {
    const other = emulator.createAccount({ name: 'Other' })
    return call(emulator, what, body, { token: other.issueLongLivedToken(), ...extras })
  }
  return { ...world, create, upload, createWithImage, friend, asOther }
}

/** A well-formed rich menu ID that does not exist. */
export const unknownMenu = `richmenu-${'0'.repeat(32)}`

/** The error response of some rich menu operations, which has an empty list of details. */
export const menuRefusal = (status: number) => ({ status, body: { message: expect.any(String), details: [] } })
