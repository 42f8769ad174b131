import { ifFound } from '../../core/errors.js'
import type { CallOptions, Methods } from '../../core/operation.js'
import type * as aliases from '../rich-menu-alias/operations.js'
import { richMenuImage } from './image.js'
import type * as menus from './operations.js'
import type { RichMenuInput } from './types.js'

/** As much of a client as deploying a rich menu takes. */
export interface RichMenuClient {
  readonly messaging: Methods<typeof menus> & Methods<typeof aliases>
}

/** A rich menu, and where people find it. */
export interface RichMenuDeployment {
  readonly menu: RichMenuInput
  /** JPEG or PNG in the proportions of the menu's size; see `richMenuImage` for its bounds. */
  readonly image: Blob | Uint8Array<ArrayBuffer> | ArrayBuffer
  /** The alias that people's taps and your code name it by: 1 to 32 of `a-z 0-9 _ -`. */
  readonly alias: string
  /** Whether everyone without a menu of their own gets it. Default: no. */
  readonly makeDefault?: boolean | undefined
  /** Whether the menu that the alias pointed to before stays. Default: no. */
  readonly keepOld?: boolean | undefined
}

/** How a deployment went. */
export interface DeployedRichMenu {
  /** What the alias points to now. */
  readonly richMenuId: string
  /** Whether the alias pointed to the same menu with the same image already, so that nothing was created. */
  readonly unchanged: boolean
  /** What the alias pointed to before, if it was another menu. */
  readonly previousRichMenuId: string | undefined
  /** What became of that menu: a menu that another alias names, or that is still the default, is never removed. */
  readonly previous: 'none' | 'removed' | 'kept' | 'in use' | 'not removed'
}

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer()) // a stream of an answer is of plain buffers
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}

// Two descriptions of a menu are the same when LINE would make the same of them: order of keys and absent values aside.
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, member]) => [key, canonical(member)]),
  )
}

/**
 * Puts a rich menu in the place of another: creates it, uploads its image, moves the alias (and the default), then removes the menu that the alias
 * pointed to before. What is there already is not made again, so it can be run on every release.
 *
 * Links of single users to the old menu end when it is removed; they then see the default. With `keepOld` they stay.
 * When a step fails, or the signal ends it, the new menu is removed, and what this run has moved is put back, unless somebody else has moved it since.
 * LINE creates and removes 100 menus an hour; a run takes one of each, and none where nothing has changed. Beyond them it fails before it changes anything.
 *
 * @throws {LineInputError} when the image is not what LINE takes.
 * @throws {LineApiError} when LINE refuses. An answer to the creation that is lost (`unknown`) may leave a menu that nobody can name but LINE's list.
 * @throws {AggregateError} when putting back failed as well: the first error is the cause of it all.
 * @see https://developers.line.biz/en/docs/messaging-api/rich-menus-overview/
 */
export async function deployRichMenu(
  line: RichMenuClient,
  deployment: RichMenuDeployment,
  options: CallOptions = {},
): Promise<DeployedRichMenu> {
  const { menu, alias: richMenuAliasId, makeDefault = false, keepOld = false } = deployment
  const { messaging } = line
  const image = await richMenuImage(deployment.image, menu.size)
  await messaging.validateRichMenuObject(menu, options)
  const previousRichMenuId = await targetOf(line, richMenuAliasId, options)

  if (previousRichMenuId !== undefined && (await stands(line, previousRichMenuId, menu, image, options))) {
    if (makeDefault) await messaging.setDefaultRichMenu({ richMenuId: previousRichMenuId }, options)
    return { richMenuId: previousRichMenuId, unchanged: true, previousRichMenuId: undefined, previous: 'none' }
  }

  const { richMenuId } = await messaging.createRichMenu(menu, options)
  // What puts things back goes on when the caller's signal has ended the rest.
  const { signal: _, ...restOptions } = options
  const undo: (() => Promise<unknown>)[] = [() => messaging.deleteRichMenu({ richMenuId }, restOptions)]
  // What says something else by then was not moved here, or somebody else has moved it since.
  const onlyIfOurs = (now: Promise<string | undefined>, putBack: () => Promise<unknown>) =>
    now.then((current) => (current === richMenuId ? putBack() : undefined))
  try {
    await messaging.setRichMenuImage({ richMenuId, image }, options)
    if (makeDefault) {
      const before = await defaultOf(line, options)
      undo.unshift(() =>
        onlyIfOurs(defaultOf(line, restOptions), () =>
          before === undefined
            ? messaging.cancelDefaultRichMenu({}, restOptions)
            : messaging.setDefaultRichMenu({ richMenuId: before }, restOptions),
        ),
      )
      await messaging.setDefaultRichMenu({ richMenuId }, options)
    }
    undo.unshift(() =>
      onlyIfOurs(targetOf(line, richMenuAliasId, restOptions), () =>
        previousRichMenuId === undefined
          ? messaging.deleteRichMenuAlias({ richMenuAliasId }, restOptions)
          : messaging.updateRichMenuAlias({ richMenuAliasId, richMenuId: previousRichMenuId }, restOptions),
      ),
    )
    if (previousRichMenuId === undefined) await messaging.createRichMenuAlias({ richMenuAliasId, richMenuId }, options)
    else await messaging.updateRichMenuAlias({ richMenuAliasId, richMenuId }, options)
  } catch (error) {
    const failures: unknown[] = []
    for (const step of undo) await step().catch((failure: unknown) => failures.push(failure))
    if (failures.length)
      throw new AggregateError(
        [error, ...failures],
        `The rich menu was not deployed, and ${richMenuId} or the alias ${richMenuAliasId} was left behind`,
      )
    throw error
  }
  if (previousRichMenuId === undefined) return { richMenuId, unchanged: false, previousRichMenuId, previous: 'none' }
  const previous = keepOld ? 'kept' : await remove(line, previousRichMenuId, options)
  return { richMenuId, unchanged: false, previousRichMenuId, previous }
}

async function targetOf(
  { messaging }: RichMenuClient,
  richMenuAliasId: string,
  options: CallOptions,
): Promise<string | undefined> {
  return (await ifFound(messaging.getRichMenuAlias({ richMenuAliasId }, options)))?.richMenuId
}

async function stands(
  line: RichMenuClient,
  richMenuId: string,
  menu: RichMenuInput,
  image: Blob,
  options: CallOptions,
): Promise<boolean> {
  const found = await ifFound(line.messaging.getRichMenu({ richMenuId }, options))
  if (!found) return false
  const { richMenuId: _, ...description } = found
  if (JSON.stringify(canonical(description)) !== JSON.stringify(canonical(menu))) return false
  const content = await ifFound(line.messaging.getRichMenuImage({ richMenuId }, options))
  return content !== undefined && sameBytes(await bytesOf(content.stream), new Uint8Array(await image.arrayBuffer()))
}

// LINE answers 403 for a default that was set elsewhere than by the API; there is then nothing that we could put back.
async function defaultOf(line: RichMenuClient, options: CallOptions): Promise<string | undefined> {
  try {
    return (await ifFound(line.messaging.getDefaultRichMenuId({}, options)))?.richMenuId
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'LINE_PERMISSION')
      return undefined
    throw error
  }
}

// The new menu is in its place by now, so what goes wrong here is told and not thrown.
async function remove(
  line: RichMenuClient,
  richMenuId: string,
  options: CallOptions,
): Promise<'removed' | 'in use' | 'not removed'> {
  try {
    const { aliases: others } = await line.messaging.getRichMenuAliasList({}, options)
    if (others.some((other) => other.richMenuId === richMenuId) || (await defaultOf(line, options)) === richMenuId)
      return 'in use'
    await ifFound(line.messaging.deleteRichMenu({ richMenuId }, options)) // an alias may name a menu that is long gone
    return 'removed'
  } catch {
    return 'not removed'
  }
}
