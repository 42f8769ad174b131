import { compactDecrypt } from 'jose/jwe/compact/decrypt'
import { CompactEncrypt } from 'jose/jwe/compact/encrypt'
import { LineInputError } from '../core/errors.js'
import { jsonObject } from '../core/property.js'
import { checkSealingKey, type SealingKey, sealingBytes } from '../credentials/sealing-key.js'

/** A key that seals what a registry keeps. */
export interface RegistryKey {
  /** Which key it is: it stands in the clear in everything that the key sealed, so that keys can be rotated. 1 to 64 letters, digits and `- . _`. */
  readonly id: string
  /** 32 random bytes, or a random text of 32 characters and more, such as `openssl rand -base64 32` prints. */
  readonly key: SealingKey
}

/** Seals texts and opens them again. */
export interface Sealer {
  /** The ID of the key that seals. */
  readonly keyId: string
  /** Seals a text; it opens for the same subject only. */
  seal(text: string, subject: string): Promise<string>
  /** Opens what was sealed. */
  open(sealed: string, subject: string): Promise<string>
  /** The ID of the key that something was sealed with; `undefined` when it is nothing sealed. */
  keyOf(sealed: string): string | undefined
}

const algorithm = { alg: 'dir', enc: 'A256GCM' } as const
const forms = { keyManagementAlgorithms: [algorithm.alg], contentEncryptionAlgorithms: [algorithm.enc] }

function checkKey({ id, key }: RegistryKey): void {
  if (typeof id !== 'string' || !/^[\w.-]{1,64}$/.test(id))
    throw new LineInputError('A sealing key has an id of 1 to 64 letters, digits and - . _')
  checkSealingKey(key, `The sealing key ${id}`)
}

function headerOf(sealed: string): { readonly kid?: unknown; readonly sub?: unknown } {
  try {
    return (
      jsonObject(
        atob(
          sealed
            .slice(0, Math.max(0, sealed.indexOf('.')))
            .replaceAll('-', '+')
            .replaceAll('_', '/'),
        ),
      ) ?? {}
    )
  } catch {
    return {}
  }
}

/**
 * Makes a sealer (JWE, `dir`, A256GCM). The first key seals and all of them open.
 *
 * @throws {LineInputError} without a key, with a key that is too short, and with two of one id.
 */
export function createSealer(keys: readonly RegistryKey[]): Sealer {
  for (const key of keys) checkKey(key)
  const byId = new Map(keys.map((key) => [key.id, key]))
  const [first] = keys
  if (!first) throw new LineInputError('A registry needs a key to seal credentials with')
  if (byId.size < keys.length) throw new LineInputError('Two sealing keys have the same id')
  const made = new Map<string, Promise<Uint8Array>>()
  const bytes = (key: RegistryKey) => {
    let own = made.get(key.id)
    if (!own) made.set(key.id, (own = sealingBytes(key.key, 'line-oa account registry', key.id)))
    return own
  }

  const keyOf = (sealed: string): string | undefined => {
    const { kid } = headerOf(sealed)
    return typeof kid === 'string' ? kid : undefined
  }

  return {
    keyId: first.id,
    keyOf,
    async seal(text, subject) {
      const header = { ...algorithm, kid: first.id, sub: subject }
      return new CompactEncrypt(new TextEncoder().encode(text)).setProtectedHeader(header).encrypt(await bytes(first))
    },
    async open(sealed, subject) {
      const id = keyOf(sealed)
      const key = id === undefined ? undefined : byId.get(id)
      if (!key)
        throw new LineInputError(
          id === undefined
            ? `What is kept for ${subject} is nothing that a registry sealed`
            : `What is kept for ${subject} was sealed with another key than those given (id ${JSON.stringify(id.slice(0, 64))})`,
        )
      const opened = await compactDecrypt(sealed, await bytes(key), forms).catch(() => undefined)
      // The header is sealed too: its subject cannot be changed, and nothing sealed for one connection opens for another.
      if (!opened || opened.protectedHeader['sub'] !== subject)
        throw new LineInputError(
          `What is kept for ${subject} does not open: it was altered, belongs to another connection, or the key ${key.id} is not the one that it was`,
        )
      return new TextDecoder().decode(opened.plaintext)
    },
  }
}
