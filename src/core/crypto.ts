/**
 * Returns a built-in module of the runtime, such as `node:crypto`, or `undefined` if the runtime does not have it.
 * Node, Bun, Deno and Workers with `nodejs_compat` have it.
 */
export function nodeBuiltin<Module>(id: `node:${string}`): Module | undefined {
  // The web's types have no `process`, and the module's type follows from its name.
  const { process } = globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } }
  return process?.getBuiltinModule?.(id) as Module | undefined
}

type Encoding = 'hex' | 'base64' | 'base64url'

interface NodeHash {
  update(data: string | Uint8Array): { digest(encoding: Encoding): string }
}

/** The functions of `node:crypto` that the SDK uses. */
export interface NodeCrypto {
  createHash(algorithm: 'sha256'): NodeHash
  createHmac(algorithm: 'sha256', key: string): NodeHash
}

/** `node:crypto`: a hash or HMAC takes about 2 µs there, and about 100 µs in WebCrypto, which runs each operation on another thread. */
export const nodeCrypto = (): NodeCrypto | undefined => nodeBuiltin<NodeCrypto>('node:crypto')

/** Compares two strings in constant time, so that the duration does not reveal the position of the first difference. */
export function isSameText(one: string, other: string): boolean {
  let difference = one.length ^ other.length
  for (let i = 0; i < one.length; i++) difference |= one.charCodeAt(i) ^ other.charCodeAt(i)
  return difference === 0
}
