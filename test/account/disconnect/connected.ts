import type { DisconnectResult, Leftover, Registry } from 'line-oa/account'
import { createCaller } from 'line-oa/core'
import {
  createAudienceGroup,
  createRichMenu,
  createRichMenuAlias,
  setDefaultRichMenu,
  setRichMenuImage,
} from 'line-oa/operations'
import { statelessTokens } from 'line-oa/tokens'
import { allAttested, otherUrl, type Setup, setup, toolUrl } from '../setup.js'

const png = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAACcQAAAaXCAYAAAAAAAAA'), (character) =>
  character.charCodeAt(0),
)

const menu = (name: string) => ({
  size: { width: 2500, height: 1686 },
  selected: false,
  name,
  chatBarText: 'Menu',
  areas: [{ bounds: { x: 0, y: 0, width: 2500, height: 1686 }, action: { type: 'message' as const, text: 'tea' } }],
})

/** A connected account, with a caller that uses its token. */
export interface Connected extends Setup {
  readonly connectionId: string
  readonly api: ReturnType<typeof createCaller>
}

/** Connects an account whose webhook belonged to another tool. */
export async function connected(
  given: { readonly registry?: (subject: Setup) => Registry; readonly settings?: object } = {},
): Promise<Connected> {
  const subject = setup({ settings: { webhookUrl: otherUrl, webhook: true, ...given.settings } })
  const { account, clock, connect, fetch, values } = subject
  const registry = given.registry?.(subject) ?? subject.registry
  subject.servers.set(toolUrl, () => new Response('ok'))
  const { connection } = await connect({
    ...values,
    registry,
    team: 'tea',
    takeOver: true,
    answering: 'tool-only',
    confirmations: allAttested,
  })
  const api = createCaller({ channelAccessToken: statelessTokens(account), clock, fetch })
  return { ...subject, registry, connectionId: connection?.id ?? '', api }
}

/** Makes one of everything that a tool leaves behind and records it, and one of each that is not recorded. */
export async function furnish({ api, connectionId, registry, settle }: Connected) {
  const make = async (name: string) => {
    const { richMenuId } = await settle(api.call(createRichMenu, menu(name)))
    await settle(api.call(setRichMenuImage, { richMenuId, image: new Blob([png], { type: 'image/png' }) }))
    return richMenuId
  }
  const [ours, theirs] = [await make('Ours'), await make('Theirs')]
  await settle(api.call(createRichMenuAlias, { richMenuAliasId: 'ours', richMenuId: ours }))
  await settle(api.call(createRichMenuAlias, { richMenuAliasId: 'theirs', richMenuId: theirs }))
  await settle(api.call(setDefaultRichMenu, { richMenuId: ours }))
  const audience = async (description: string) =>
    String((await settle(api.call(createAudienceGroup, { description }))).audienceGroupId)
  const [ourAudience, theirAudience] = [await audience('Ours'), await audience('Theirs')]
  await registry.recordResource(connectionId, { kind: 'rich-menu', id: ours, name: 'Ours' })
  await registry.recordResource(connectionId, { kind: 'rich-menu-alias', id: 'ours' })
  await registry.recordResource(connectionId, { kind: 'audience', id: ourAudience })
  return { ours, theirs, ourAudience, theirAudience }
}

/** The leftovers of a result, one line each. */
export const listed = ({ leftovers }: Pick<DisconnectResult, 'leftovers'>) =>
  leftovers.map(({ kind, name, id, madeBy, action }: Leftover) =>
    `${kind} ${name ?? (kind === 'default-rich-menu' ? '' : id)} ${madeBy} ${action}`.replace('  ', ' '),
  )
