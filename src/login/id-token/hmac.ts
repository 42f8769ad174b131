interface NodeCrypto {
  createHmac(algorithm: 'sha256', key: string): { update(data: string): { digest(encoding: 'base64url'): string } }
}

/** Makes an HMAC-SHA256 in base64url by `node:crypto`, or gives nothing where the runtime has none. It takes 3 µs where WebCrypto takes 100. */
export function nodeHmac(data: string, key: string): string | undefined {
  // The web's types know no `process`, and what a built-in module holds is known by its name alone.
  const node = (globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } }).process?.getBuiltinModule?.(
    'node:crypto',
  ) as NodeCrypto | undefined
  return node?.createHmac('sha256', key).update(data).digest('base64url')
}
