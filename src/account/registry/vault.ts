import { LineInputError } from '../../core/errors.js'
import type { Sealer } from '../seal.js'
import { type Content, type FindAssertionKey, readContent, restoreAccess } from './content.js'
import type { StoredConnection } from './storage.js'
import type { OpenConnection } from './work.js'

/** Seals and opens what a registry keeps of connections. */
export interface Vault {
  seal(id: string, content: Content): Promise<string>
  /** @throws {LineInputError} when the connection is disconnected, or what is sealed does not open. */
  content(row: StoredConnection): Promise<Content>
  open(row: StoredConnection): Promise<OpenConnection>
}

/** What a connection's secrets are sealed for: they open for no other. */
export const subjectOf = (id: string): string => `connection ${id}`

/** Makes a vault. */
export function createVault(sealer: Sealer, find: FindAssertionKey | undefined): Vault {
  const content = async ({ connection: { id }, sealed }: StoredConnection): Promise<Content> => {
    if (sealed === '')
      throw new LineInputError(
        `The connection ${id} is disconnected, and its credentials are gone: connect the account again`,
      )
    return readContent(await sealer.open(sealed, subjectOf(id)), subjectOf(id))
  }
  return {
    seal: (id, kept) => sealer.seal(JSON.stringify(kept), subjectOf(id)),
    content,
    async open(row) {
      const { messaging, login, webhookUrl, previousWebhookUrl } = await content(row)
      return {
        connection: row.connection,
        messaging: await restoreAccess(messaging, find),
        login: login && (await restoreAccess(login, find)),
        webhookUrl,
        previousWebhookUrl,
      }
    },
  }
}
