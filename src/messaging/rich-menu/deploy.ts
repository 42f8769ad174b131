import { checkClient } from '../../core/check-client.js'
import { ifFound, LineError, type LineErrorCode, LineInputError } from '../../core/errors.js'
import type { CallOptions, Methods } from '../../core/operation.js'
import { checkOptions } from '../../core/read-options.js'
import type * as aliases from '../rich-menu-alias/operations.js'
import { richMenuImage } from './image.js'
import type * as menus from './operations.js'
import type { RichMenuInput } from './types.js'

/** The part of a client that `deployRichMenu` uses. */
export interface RichMenuClient {
  /** The calls that `deployRichMenu` makes. */
  readonly messaging: Methods<typeof menus> & Methods<typeof aliases>
}

/** A rich menu to deploy. */
export interface RichMenuDeployment {
  /** The rich menu. */
  readonly menu: RichMenuInput
  /** JPEG or PNG in the aspect ratio of the menu's size. See `richMenuImage` for the other requirements. */
  readonly image: Blob | Uint8Array<ArrayBuffer> | ArrayBuffer
  /**
   * ID of the alias that rich menu switch actions and your code use for the menu: 1 to 32 characters from `a-z 0-9 _
   * -`.
   */
  readonly alias: string
  /** Whether to make it the default rich menu, for users without a linked one. Default: `false`. */
  readonly makeDefault?: boolean | undefined
  /** Whether to keep the menu that the alias pointed to before. Default: `false`. */
  readonly keepOld?: boolean | undefined
}

/** Result of a deployment. */
export interface DeployedRichMenu {
  /** ID of the rich menu that the alias points to now. */
  readonly richMenuId: string
  /** Whether the alias already pointed to the same menu with the same image. Nothing was created then. */
  readonly unchanged: boolean
  /** ID of the rich menu that the alias pointed to before. `undefined` if the alias did not exist, or if it is unchanged. */
  readonly previousRichMenuId: string | undefined
  /**
   * State of the previous menu: `none` if the alias did not exist, `removed`, `kept` because of `keepOld`, `in use` because
   * another alias points to it or it is the default, or `not removed` because the removal failed.
   */
  readonly previous: 'none' | 'removed' | 'kept' | 'in use' | 'not removed'
}

/** A deployment failed, and its rollback failed too. The `code` is that of the error that made the deployment fail. */
export class LineDeploymentError extends LineError {
  /** The error that made the deployment fail, followed by the errors of the rollback. */
  readonly errors: readonly unknown[]
  /** ID of the new rich menu, which the rollback may have left behind. */
  readonly richMenuId: string

  constructor(errors: readonly unknown[], richMenuId: string, alias: string) {
    if (!Array.isArray(errors) || typeof richMenuId !== 'string' || typeof alias !== 'string')
      throw new LineInputError('LineDeploymentError requires an array of errors, the ID of the rich menu and the alias')
    super(
      codeOf(errors[0]),
      `deployRichMenu: the deployment failed, and so did its rollback. Rich menu ${richMenuId} or a changed alias ${alias} may be left behind`,
      { outcome: 'unknown' },
    )
    this.errors = errors
    this.richMenuId = richMenuId
  }
}

// `instanceof` fails for an error from another copy of the package, so the field is read instead.
function codeOf(error: unknown): LineErrorCode {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined
  return typeof code === 'string' && code.startsWith('LINE_') ? (code as LineErrorCode) : 'LINE_API' // only LineErrors have such codes
}

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer()) // the stream of a response has no shared buffers
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}

// Two menus are equal if LINE treats them the same: key order and `undefined` values do not matter.
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, field]) => [key, canonical(field)]),
  )
}

/**
 * Replaces a rich menu: creates the new one, uploads its image, moves the alias (and the default), and removes the
 * menu that the alias pointed to before. If the same menu is already deployed, nothing is created, so you can run it
 * on every release.
 *
 * Links of individual users to the old menu end when it is removed, and these users see the default. With `keepOld`,
 * their links stay.
 *
 * If a step fails, or the signal aborts it, the new menu is removed, and everything that this run has moved is
 * restored, unless it has been moved again in the meantime. LINE allows 100 creations and 100 removals per hour. A run
 * uses one of each, or none if nothing has changed. Above the limit, it fails before it changes anything.
 *
 * @throws {LineInputError} if the image does not meet LINE's requirements.
 * @throws {LineApiError} if LINE rejects a call. If the response to the creation was lost (outcome `unknown`), a menu
 *   may remain whose ID is only in LINE's list.
 * @throws {LineDeploymentError} if the rollback failed too.
 *
 * @see https://developers.line.biz/en/docs/messaging-api/rich-menus-overview/
 */
export async function deployRichMenu(
  line: RichMenuClient,
  deployment: RichMenuDeployment,
  options: CallOptions = {},
): Promise<DeployedRichMenu> {
  checkClient('deployRichMenu', line, 'messaging', 'createRichMenu')
  checkOptions('deployRichMenu', options, { signal: 'with addEventListener' })
  checkOptions('deployRichMenu', deployment, { menu: 'object', alias: 'string' })
  const { menu, alias: richMenuAliasId, makeDefault = false, keepOld = false } = deployment
  if (!menu || !richMenuAliasId) throw new LineInputError('deployRichMenu: menu and alias are required')
  const { messaging } = line
  const image = await richMenuImage(deployment.image, menu.size)
  await messaging.validateRichMenuObject(menu, options)
  const previousRichMenuId = await targetOf(line, richMenuAliasId, options)

  if (previousRichMenuId !== undefined && (await isDeployed(line, previousRichMenuId, menu, image, options))) {
    if (makeDefault) await messaging.setDefaultRichMenu({ richMenuId: previousRichMenuId }, options)
    return { richMenuId: previousRichMenuId, unchanged: true, previousRichMenuId: undefined, previous: 'none' }
  }

  const { richMenuId } = await messaging.createRichMenu(menu, options)
  // The rollback continues even if the caller's signal is aborted.
  const { signal: _, ...rollbackOptions } = options
  const undo: (() => Promise<unknown>)[] = [() => messaging.deleteRichMenu({ richMenuId }, rollbackOptions)]
  // A different current value was not set by this run, or has been changed since.
  const onlyIfOurs = (now: Promise<string | undefined>, restore: () => Promise<unknown>) =>
    now.then((current) => (current === richMenuId ? restore() : undefined))
  try {
    await messaging.setRichMenuImage({ richMenuId, image }, options)
    if (makeDefault) {
      const before = await defaultOf(line, options)
      undo.unshift(() =>
        onlyIfOurs(defaultOf(line, rollbackOptions), () =>
          before === undefined
            ? messaging.cancelDefaultRichMenu({}, rollbackOptions)
            : messaging.setDefaultRichMenu({ richMenuId: before }, rollbackOptions),
        ),
      )
      await messaging.setDefaultRichMenu({ richMenuId }, options)
    }
    undo.unshift(() =>
      onlyIfOurs(targetOf(line, richMenuAliasId, rollbackOptions), () =>
        previousRichMenuId === undefined
          ? messaging.deleteRichMenuAlias({ richMenuAliasId }, rollbackOptions)
          : messaging.updateRichMenuAlias({ richMenuAliasId, richMenuId: previousRichMenuId }, rollbackOptions),
      ),
    )
    if (previousRichMenuId === undefined) await messaging.createRichMenuAlias({ richMenuAliasId, richMenuId }, options)
    else await messaging.updateRichMenuAlias({ richMenuAliasId, richMenuId }, options)
  } catch (error) {
    const failures: unknown[] = []
    for (const step of undo) await step().catch((failure: unknown) => failures.push(failure))
    if (failures.length) throw new LineDeploymentError([error, ...failures], richMenuId, richMenuAliasId)
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

async function isDeployed(
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

// LINE responds 403 if the default was not set through the API. It cannot be restored through the API then.
async function defaultOf(line: RichMenuClient, options: CallOptions): Promise<string | undefined> {
  try {
    return (await ifFound(line.messaging.getDefaultRichMenuId({}, options)))?.richMenuId
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'LINE_PERMISSION')
      return undefined
    throw error
  }
}

// The new menu is already deployed, so a failure is reported in the result instead of thrown.
async function remove(
  line: RichMenuClient,
  richMenuId: string,
  options: CallOptions,
): Promise<'removed' | 'in use' | 'not removed'> {
  try {
    const { aliases: others } = await line.messaging.getRichMenuAliasList({}, options)
    if (others.some((other) => other.richMenuId === richMenuId) || (await defaultOf(line, options)) === richMenuId)
      return 'in use'
    await ifFound(line.messaging.deleteRichMenu({ richMenuId }, options)) // an alias can point to a menu that no longer exists
    return 'removed'
  } catch {
    return 'not removed'
  }
}
