import { LineInputError } from '../../core/errors.js'
import { jsonObject } from '../../core/property.js'
import { Secret } from '../../credentials/secret.js'
import { assertionKey } from '../../keys/assertion-key.js'
import { importAssertionKey } from '../../keys/pair.js'
import type { AssertionKey } from '../../keys/types.js'
import type { ReadAccess, ReadKey } from '../access.js'

/** Access to a channel as it is kept: texts, since they are sealed. */
export interface KeptAccess {
  readonly channelId?: string | undefined
  readonly channelSecret?: string | undefined
  readonly channelAccessToken?: string | undefined
  /** Without a private key the key is held elsewhere, and the registry's `assertionKey` brings it. */
  readonly key?: { readonly kid: string; readonly privateKey?: string | undefined } | undefined
}

/** What is sealed of a connection. URLs are in it, because those of webhooks hold keys. */
export interface Content {
  readonly messaging: KeptAccess
  readonly login?: KeptAccess | undefined
  readonly webhookUrl?: string | undefined
  /** What stood at LINE before this tool set its own. */
  readonly previousWebhookUrl?: string | undefined
  /** Secrets that deliveries may still be signed with while a connection is renewed. */
  readonly formerSecrets?: readonly string[] | undefined
  /** Which run of connecting works on it, so that another one that took over is noticed. */
  readonly run?: string | undefined
}

/** Finds a key that is held elsewhere, such as in a key management service. */
export type FindAssertionKey = (about: {
  readonly channelId: string
  readonly kid: string
}) => AssertionKey | Promise<AssertionKey>

async function keptKey({ key, local }: ReadKey, canFind: boolean): Promise<KeptAccess['key']> {
  // A key that signs elsewhere has no private half here.
  const { privateKey } = local ?? { privateKey: undefined }
  if (privateKey !== undefined)
    return { kid: key.kid, privateKey: await (await importAssertionKey(privateKey)).exportPem() }
  if (canFind) return { kid: key.kid }
  throw new LineInputError(
    'A registry keeps the private half of an assertion key: give { kid, privateKey }, or let createRegistry find the key with `assertionKey`',
  )
}

/** Makes texts of access, to be sealed. */
export async function keepAccess(access: ReadAccess, canFind: boolean): Promise<KeptAccess> {
  return {
    ...(access.channelId && { channelId: access.channelId }),
    ...(access.channelSecret && { channelSecret: access.channelSecret.reveal() }),
    ...(access.token && { channelAccessToken: access.token.reveal() }),
    ...(access.key && { key: await keptKey(access.key, canFind) }),
  }
}

async function restoreKey(
  kept: NonNullable<KeptAccess['key']>,
  channelId: string,
  find: FindAssertionKey | undefined,
): Promise<ReadKey> {
  const { kid, privateKey } = kept
  if (privateKey !== undefined) {
    const local = { kid, privateKey }
    return { key: assertionKey(local), local }
  }
  if (!find)
    throw new LineInputError(
      `The assertion key ${kid} is held elsewhere: give createRegistry \`assertionKey\` to find it`,
    )
  return { key: await find({ channelId, kid }), local: undefined }
}

/** Makes access of the texts again. */
export async function restoreAccess(kept: KeptAccess, find: FindAssertionKey | undefined): Promise<ReadAccess> {
  return {
    channelId: kept.channelId,
    channelSecret: kept.channelSecret === undefined ? undefined : new Secret(kept.channelSecret),
    token: kept.channelAccessToken === undefined ? undefined : new Secret(kept.channelAccessToken),
    key: kept.key && (await restoreKey(kept.key, kept.channelId ?? '', find)),
  }
}

/** Reads what was sealed. */
export function readContent(text: string, subject: string): Content {
  const content = jsonObject(text)
  if (typeof content?.['messaging'] === 'object' && content['messaging'] !== null) return content as unknown as Content // sealed by this registry
  throw new LineInputError(`What is kept for ${subject} is not what a registry seals`)
}
