import type { RichMenuInput } from 'line-oa'
import { createLineClient, deployRichMenu, LineDeploymentError, waitForRichMenuBatch } from 'line-oa'
import { createEmulator, type EmulatorOptions, type Fault, type OperationName } from 'line-oa/emulator'
import { describe, expect, test } from 'vitest'
import { png } from '../emulator/messaging/rich-menus.js'

function setup(options: EmulatorOptions = {}) {
  const emulator = createEmulator({ clock: 'manual', ...options })
  const account = emulator.createAccount({ name: 'Tea House' })
  const { channelId, channelSecret } = account
  const line = createLineClient({
    channelId,
    channelSecret,
    fetch: emulator.fetch,
    clock: emulator.clock,
    random: () => 0,
  })
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

describe('deployRichMenu()', () => {
  test('creates menu, image and alias the first time', async () => {
    const { line, aliased, ids } = setup()
    const deployed = await deployRichMenu(line, { menu, image, alias: 'main', makeDefault: true })
    expect(deployed).toEqual({
      richMenuId: await aliased(),
      unchanged: false,
      previousRichMenuId: undefined,
      previous: 'none',
    })
    expect(await line.messaging.getDefaultRichMenuId()).toEqual({ richMenuId: deployed.richMenuId })
    expect(await ids()).toEqual([deployed.richMenuId])
  })

  test('creates nothing for the same menu and image', async () => {
    const { line, ids } = setup()
    const { richMenuId } = await deployRichMenu(line, { menu, image, alias: 'main' })
    const reordered: RichMenuInput = {
      chatBarText: menu.chatBarText,
      areas: menu.areas,
      name: menu.name,
      selected: menu.selected,
      size: menu.size,
    }
    expect(await deployRichMenu(line, { menu: reordered, image, alias: 'main' })).toMatchObject({
      richMenuId,
      unchanged: true,
    })
    expect(await ids()).toEqual([richMenuId])
  })

  test('replaces the old menu when the menu or its image differs', async () => {
    const { line, ids, aliased } = setup()
    const first = await deployRichMenu(line, { menu, image, alias: 'main' })
    const second = await deployRichMenu(line, { menu: next, image, alias: 'main' })
    expect(second).toMatchObject({ previousRichMenuId: first.richMenuId, previous: 'removed' })
    const third = await deployRichMenu(line, { menu: next, image: png(2500, 1686, 65), alias: 'main' })
    expect(await ids()).toEqual([third.richMenuId])
    expect(await aliased()).toBe(third.richMenuId)
  })

  test('keeps the old menu with keepOld, under another alias, and as the default', async () => {
    for (const [reason, previous] of [
      ['asked', 'kept'],
      ['alias', 'in use'],
      ['default', 'in use'],
    ] as const) {
      const { line, ids } = setup()
      const { richMenuId } = await deployRichMenu(line, {
        menu,
        image,
        alias: 'main',
        makeDefault: reason === 'default',
      })
      if (reason === 'alias') await line.messaging.createRichMenuAlias({ richMenuAliasId: 'other', richMenuId })
      expect(
        await deployRichMenu(line, { menu: next, image, alias: 'main', keepOld: reason === 'asked' }),
      ).toMatchObject({ previous })
      expect(await ids()).toContain(richMenuId)
    }
  })

  test('does not change menus that the alias never referred to', async () => {
    const { line, ids } = setup()
    const { richMenuId: foreign } = await line.messaging.createRichMenu(menu)
    await deployRichMenu(line, { menu, image, alias: 'main' })
    await deployRichMenu(line, { menu: next, image, alias: 'main' })
    expect(await ids()).toContain(foreign)
  })

  const steps = [
    ...['validateRichMenuObject', 'getRichMenuAlias', 'getRichMenu', 'createRichMenu', 'setRichMenuImage'],
    ...['getDefaultRichMenuId', 'setDefaultRichMenu', 'updateRichMenuAlias'],
  ] as OperationName[]
  // A refusal is not retried, and a loss that repeats exhausts the retries.
  const failures: readonly Omit<Fault, 'operation'>[] = [
    { answer: 400 },
    { answer: 'reset', times: 20 },
    { answer: 'reset', when: 'after', times: 20 },
  ]

  test.each(steps.flatMap((operation) => failures.map((fault) => ({ when: 'before' as const, ...fault, operation }))))(
    'rolls back after a failure ($answer, $when it is carried out) of $operation',
    async ({ operation, ...fault }) => {
      const { emulator, line, ids, aliased } = setup()
      const { richMenuId } = await deployRichMenu(line, { menu, image, alias: 'main', makeDefault: true })
      emulator.faults.add({ operation, times: 1, ...fault })
      const deploying = deployRichMenu(line, { menu: next, image, alias: 'main', makeDefault: true }).catch(
        (error: unknown) => error,
      )
      await emulator.clock.advance(600_000)
      expect(await deploying).toMatchObject(fault.answer === 400 ? { status: 400 } : {})
      emulator.faults.clear()
      // A menu whose creation response was lost has no known ID to delete it by.
      const isLost = operation === 'createRichMenu' && fault.when === 'after'
      expect(await ids()).toEqual([richMenuId, ...(isLost ? [expect.any(String)] : [])])
      expect(await aliased()).toBe(richMenuId)
      expect(await line.messaging.getDefaultRichMenuId()).toEqual({ richMenuId })
    },
  )

  test.each([{ answer: 400 }, { answer: 'reset', when: 'after' }] as const)(
    'leaves neither menu nor default nor alias when the first alias cannot be created (%j)',
    async (fault) => {
      const { emulator, line, ids } = setup()
      emulator.faults.add({ operation: 'createRichMenuAlias', ...fault, times: 1 })
      await expect(deployRichMenu(line, { menu, image, alias: 'main', makeDefault: true })).rejects.toMatchObject({
        code: fault.answer === 400 ? 'LINE_API' : 'LINE_NETWORK',
      })
      expect(await ids()).toEqual([])
      await expect(line.messaging.getRichMenuAlias({ richMenuAliasId: 'main' })).rejects.toMatchObject({ status: 404 })
      await expect(line.messaging.getDefaultRichMenuId()).rejects.toMatchObject({ status: 404 })
    },
  )

  test('of two concurrent deployments, the later one removes nothing of the other', async () => {
    const { line, ids, aliased } = setup()
    const both = await Promise.allSettled([
      deployRichMenu(line, { menu, image, alias: 'main' }),
      deployRichMenu(line, { menu: next, image, alias: 'main' }),
    ])
    const deployed = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value.richMenuId] : []))
    expect(deployed).toHaveLength(1)
    expect(await aliased()).toBe(deployed[0])
    expect(await ids()).toEqual(deployed)
  })

  test('does not roll back what another process changed meanwhile', async () => {
    const { emulator, account, line, aliased, ids } = setup()
    await deployRichMenu(line, { menu, image, alias: 'main', makeDefault: true })
    const theirs = (await deployRichMenu(line, { menu: { ...menu, name: 'Theirs' }, image, alias: 'theirs' }))
      .richMenuId
    const { channelId, channelSecret } = account
    const interrupted: typeof fetch = async (input, init) => {
      const request = new Request(input, init)
      if (request.method === 'POST' && request.url.endsWith('/richmenu/alias/main')) {
        await line.messaging.setDefaultRichMenu({ richMenuId: theirs })
        await line.messaging.updateRichMenuAlias({ richMenuAliasId: 'main', richMenuId: theirs })
        return new Response('{"message":"no"}', { status: 400 })
      }
      return emulator.fetch(request)
    }
    const late = createLineClient({
      channelId,
      channelSecret,
      fetch: interrupted,
      clock: emulator.clock,
      random: () => 0,
    })
    await expect(deployRichMenu(late, { menu: next, image, alias: 'main', makeDefault: true })).rejects.toMatchObject({
      status: 400,
    })
    expect(await aliased()).toBe(theirs)
    expect(await line.messaging.getDefaultRichMenuId()).toEqual({ richMenuId: theirs })
    expect(await ids()).toHaveLength(2)
  })

  test('rolls back after an abort, with the same token', async () => {
    const { emulator, line, ids, account } = setup()
    const other = emulator.createAccount({ name: 'Other' })
    const { channelId, channelSecret } = other
    const ending = new AbortController()
    const aborting: typeof fetch = async (input, init) => {
      const request = new Request(input, init)
      const response = await emulator.fetch(request)
      if (request.url.endsWith('/content')) ending.abort()
      return response
    }
    const foreign = createLineClient({
      channelId,
      channelSecret,
      fetch: aborting,
      clock: emulator.clock,
      random: () => 0,
    })
    const options = { accessToken: account.issueLongLivedToken(), signal: ending.signal }
    await expect(deployRichMenu(foreign, { menu, image, alias: 'main' }, options)).rejects.toMatchObject({
      code: 'LINE_ABORTED',
    })
    expect(await ids()).toEqual([])
    expect((await deployRichMenu(line, { menu, image, alias: 'main' })).unchanged).toBe(false)
  })

  test('makes 100 changes an hour: an unchanged menu counts for none, and the 101st is refused before anything changes', async () => {
    const { line, ids, aliased, emulator } = setup({ enforceRateLimits: true })
    const named = (number: number) => ({ menu: { ...menu, name: `Tea ${number}` }, image, alias: 'main' })
    for (let number = 1; number <= 100; number++) {
      await deployRichMenu(line, named(number))
      expect(await deployRichMenu(line, named(number))).toMatchObject({ unchanged: true })
    }
    const before = await aliased()
    await expect(deployRichMenu(line, named(101))).rejects.toMatchObject({
      code: 'LINE_RATE_LIMIT',
      outcome: 'rejected',
    })
    expect([await ids(), await aliased()]).toEqual([[before], before])
    await emulator.clock.advance(60 * 60 * 1000)
    expect(await deployRichMenu(line, named(101))).toMatchObject({ previousRichMenuId: before, previous: 'removed' })
  })

  test('updates an alias whose menu no longer exists', async () => {
    const { line, ids } = setup()
    const { richMenuId } = await deployRichMenu(line, { menu, image, alias: 'main' })
    await line.messaging.deleteRichMenu({ richMenuId })
    const deployed = await deployRichMenu(line, { menu, image, alias: 'main' })
    expect(deployed).toMatchObject({ unchanged: false, previousRichMenuId: richMenuId, previous: 'removed' })
    expect(await ids()).toEqual([deployed.richMenuId])
  })

  test('has the ID of the remaining menu if the rollback fails too', async () => {
    const { emulator, line, ids } = setup()
    emulator.faults.add({ operation: 'setRichMenuImage', answer: 400, times: 1 })
    emulator.faults.add({ operation: 'deleteRichMenu', answer: 400, times: 1 })
    const error: unknown = await deployRichMenu(line, { menu, image, alias: 'main' }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(LineDeploymentError)
    const [left] = await ids()
    expect(error).toMatchObject({
      code: 'LINE_API',
      outcome: 'unknown',
      richMenuId: left,
      errors: [
        expect.objectContaining({ code: 'LINE_API', operation: 'POST /v2/bot/richmenu/{richMenuId}/content' }),
        expect.objectContaining({ code: 'LINE_API', operation: 'DELETE /v2/bot/richmenu/{richMenuId}' }),
      ],
    })
    expect(String(error)).toContain(left)
  })

  test('succeeds when the old menu cannot be removed', async () => {
    const { emulator, line, aliased } = setup()
    await deployRichMenu(line, { menu, image, alias: 'main' })
    emulator.faults.add({ operation: 'deleteRichMenu', answer: 400, times: 1 })
    const deployed = await deployRichMenu(line, { menu: next, image, alias: 'main' })
    expect(deployed.previous).toBe('not removed')
    expect(await aliased()).toBe(deployed.richMenuId)
  })

  test('creates nothing for an invalid image or menu', async () => {
    const { line, ids } = setup()
    await expect(deployRichMenu(line, { menu, image: png(700, 300), alias: 'main' })).rejects.toMatchObject({
      code: 'LINE_INPUT',
    })
    await expect(
      deployRichMenu(line, { menu: { ...menu, chatBarText: 'x'.repeat(15) }, image, alias: 'main' }),
    ).rejects.toMatchObject({
      status: 400,
    })
    expect(await ids()).toEqual([])
  })
})

describe('waitForRichMenuBatch()', () => {
  test('ends when LINE has carried the batch out', async () => {
    const { emulator, line } = setup()
    const { richMenuId } = await deployRichMenu(line, { menu, image, alias: 'main' })
    const { requestId = '' } = await line.withResponse.messaging.richMenuBatch({
      operations: [{ type: 'unlink', from: richMenuId }],
    })
    const waiting = waitForRichMenuBatch(line, requestId)
    await emulator.clock.advance(600_000)
    expect(await waiting).toMatchObject({ phase: 'succeeded' })
  })

  test('fails at once for an unknown request', async () => {
    const { line } = setup()
    await expect(waitForRichMenuBatch(line, 'unknown')).rejects.toMatchObject({ code: 'LINE_API', status: 400 })
  })
})
