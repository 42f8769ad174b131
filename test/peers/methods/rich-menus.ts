import { png } from '../../emulator/messaging/rich-menus.js'
import type { PeerWorld } from './table.js'

/** A valid rich menu. */
export const menu = {
  ...{ size: { width: 2500, height: 1686 }, selected: false, name: 'Tea', chatBarText: 'Menu' },
  areas: [{ bounds: { x: 0, y: 0, width: 2500, height: 1686 }, action: { type: 'postback' as const, data: 'tea' } }],
}

/** An image of its size. */
export const image: Blob = new Blob([png()], { type: 'image/png' })

/** Creates a rich menu with its image. */
export async function createMenu({ line }: PeerWorld): Promise<string> {
  const { richMenuId } = await line.messaging.createRichMenu(menu)
  await line.messaging.setRichMenuImage({ richMenuId, image })
  return richMenuId
}
