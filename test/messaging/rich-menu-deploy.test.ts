import { describe, expect, test } from 'vitest'
import { createLineClient } from '../../src/client.js'
import { createEmulator } from '../../src/emulator/index.js'
import { deployRichMenu } from '../../src/messaging/rich-menu/deploy.js'
import { waitForRichMenuBatch } from '../../src/messaging/rich-menu-batch/wait.js'
import type { RichMenuInput } from '../../src/messaging/types.js'
import { png } from '../emulator/rich-menus.js'

function setup() {
  const emulator = createEmulator({ clock: 'manual' })
  const account = emulator.createAccount({ name: 'Tea House' })
  const { channelId, channelSecret } = account
  const line = createLineClient({ channelId, channelSecret, fetch: emulator.fetch, clock: emulator.clock, random: () => 0 })
  const ids = async () => (await line.messaging.getRichMenuList()).richmenus.map(({ richMenuId }) => richMenuId)
  const aliased = async () => (await line.messaging.getRichMenuAlias({ richMenuAliasId: 'main' })).richMenuId
  return { emulator, account, line, ids, aliased }
}

const menu: RichMenuInput = {
  size: { width: 2500, height: 1686 },
  selected: false,
  name: 'Tea',
  chatBarText: 'Menu',
  areas: [{ bounds: { x: 0, y: 0, width: 2500, height: 1686 }, action: { type: 'postback', data: 'tea' } }],
}
const next: RichMenuInput = { ...menu, name: 'Tea, autumn' }
const image = png()

describe('deploying a rich menu', () => {
  test('the first time creates menu, image and alias', async () => {
    const { line, aliased, ids } = setup()
    const deployed = await deployRichMenu(line, { menu, image, alias: 'main', makeDefault: true })
    expect(deployed).toEqual({ richMenuId: await aliased(), unchanged: false, previousRichMenuId: undefined, previous: 'none' })
    expect(await line.messaging.getDefaultRichMenuId()).toEqual({ richMenuId: deployed.richMenuId })
    expect(await ids()).toEqual([deployed.richMenuId])
  })

  test('again with the same menu and image creates nothing', async () => {
    const { line, ids } = setup()
    const { richMenuId } = await deployRichMenu(line, { menu, image, alias: 'main' })
    const reordered: RichMenuInput = {
      chatBarText: menu.chatBarText,
      areas: menu.areas,
      name: menu.name,
      selected: menu.selected,
      size: menu.size,
    }
    expect(await deployRichMenu(line, { menu: reordered, image, alias: 'main' })).toMatchObject({ richMenuId, unchanged: true })
    expect(await ids()).toEqual([richMenuId])
  })

  test('another menu, or the same one with another image, takes the place of the old', async () => {
    const { line, ids, aliased } = setup()
    const first = await deployRichMenu(line, { menu, image, alias: 'main' })
    const second = await deployRichMenu(line, { menu: next, image, alias: 'main' })
    expect(second).toMatchObject({ previousRichMenuId: first.richMenuId, previous: 'removed' })
    const third = await deployRichMenu(line, { menu: next, image: png(2500, 1686, 65), alias: 'main' })
    expect(await ids()).toEqual([third.richMenuId])
    expect(await aliased()).toBe(third.richMenuId)
  })

  test('the old menu stays when it is asked for, when another alias names it, and when it is the default', async () => {
    for (const [reason, previous] of [
      ['asked', 'kept'],
      ['alias', 'in use'],
      ['default', 'in use'],
    ] as const) {
      const { line, ids } = setup()
      const { richMenuId } = await deployRichMenu(line, { menu, image, alias: 'main', makeDefault: reason === 'default' })
      if (reason === 'alias') await line.messaging.createRichMenuAlias({ richMenuAliasId: 'other', richMenuId })
      expect(await deployRichMenu(line, { menu: next, image, alias: 'main', keepOld: reason === 'asked' })).toMatchObject({ previous })
      expect(await ids()).toContain(richMenuId)
    }
  })

  test('menus that the alias has never named are left alone', async () => {
    const { line, ids } = setup()
    const { richMenuId: foreign } = await line.messaging.createRichMenu(menu)
    await deployRichMenu(line, { menu, image, alias: 'main' })
    await deployRichMenu(line, { menu: next, image, alias: 'main' })
    expect(await ids()).toContain(foreign)
  })

  test.each(['setRichMenuImage', 'setDefaultRichMenu', 'updateRichMenuAlias'] as const)(
    'a failure of %s puts everything back',
    async (operation) => {
      const { emulator, line, ids, aliased } = setup()
      const { richMenuId } = await deployRichMenu(line, { menu, image, alias: 'main', makeDefault: true })
      emulator.faults.add({ operation, answer: 400, times: 1 })
      await expect(deployRichMenu(line, { menu: next, image, alias: 'main', makeDefault: true })).rejects.toMatchObject({
        code: 'LINE_API',
        status: 400,
      })
      expect(await ids()).toEqual([richMenuId])
      expect(await aliased()).toBe(richMenuId)
      expect(await line.messaging.getDefaultRichMenuId()).toEqual({ richMenuId })
    },
  )

  test('when the alias cannot be created, neither menu nor default nor alias is left', async () => {
    const { emulator, line, ids } = setup()
    emulator.faults.add({ operation: 'createRichMenuAlias', answer: 'reset', when: 'after', times: 1 })
    await expect(deployRichMenu(line, { menu, image, alias: 'main', makeDefault: true })).rejects.toMatchObject({ code: 'LINE_NETWORK' })
    expect(await ids()).toEqual([])
    await expect(line.messaging.getRichMenuAlias({ richMenuAliasId: 'main' })).rejects.toMatchObject({ status: 404 })
    await expect(line.messaging.getDefaultRichMenuId()).rejects.toMatchObject({ status: 404 })
  })

  test('when putting back fails too, the error names what is left', async () => {
    const { emulator, line, ids } = setup()
    emulator.faults.add({ operation: 'setRichMenuImage', answer: 400, times: 1 })
    emulator.faults.add({ operation: 'deleteRichMenu', answer: 400, times: 1 })
    const error: unknown = await deployRichMenu(line, { menu, image, alias: 'main' }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AggregateError)
    expect(String(error)).toContain((await ids())[0])
  })

  test('an old menu that cannot be removed spoils nothing', async () => {
    const { emulator, line, aliased } = setup()
    await deployRichMenu(line, { menu, image, alias: 'main' })
    emulator.faults.add({ operation: 'deleteRichMenu', answer: 400, times: 1 })
    const deployed = await deployRichMenu(line, { menu: next, image, alias: 'main' })
    expect(deployed.previous).toBe('not removed')
    expect(await aliased()).toBe(deployed.richMenuId)
  })

  test('a bad image or a bad menu creates nothing', async () => {
    const { line, ids } = setup()
    await expect(deployRichMenu(line, { menu, image: png(700, 300), alias: 'main' })).rejects.toMatchObject({ code: 'LINE_INPUT' })
    await expect(deployRichMenu(line, { menu: { ...menu, chatBarText: 'x'.repeat(15) }, image, alias: 'main' })).rejects.toMatchObject({
      status: 400,
    })
    expect(await ids()).toEqual([])
  })
})

describe('waiting for a batch', () => {
  test('ends when LINE has carried it out', async () => {
    const { emulator, line } = setup()
    const { richMenuId } = await deployRichMenu(line, { menu, image, alias: 'main' })
    const { requestId = '' } = await line.withResponse.messaging.richMenuBatch({ operations: [{ type: 'unlink', from: richMenuId }] })
    const waiting = waitForRichMenuBatch(line, requestId)
    await emulator.clock.advance(600_000)
    expect(await waiting).toMatchObject({ phase: 'succeeded' })
  })

  test('for a request that LINE does not know ends at once', async () => {
    const { line } = setup()
    await expect(waitForRichMenuBatch(line, 'unknown')).rejects.toMatchObject({ code: 'LINE_API', status: 400 })
  })
})
