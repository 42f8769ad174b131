/** Decodes base64url, base64 too; gives `undefined` for what is neither. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const plain = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
  if (!/^[A-Za-z0-9+/]*$/.test(plain) || plain.length % 4 === 1) return undefined
  return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0))
}

/** The length of an unsigned number in bits. */
export function bitLength(bytes: Uint8Array): number {
  const first = bytes.findIndex((byte) => byte !== 0)
  return first < 0 ? 0 : (bytes.length - first) * 8 - Math.clz32(bytes[first] ?? 0) + 24
}

/** What a PKCS#8 structure holds: an RSA key, or one of another algorithm. */
export type Pkcs8 = { readonly modulusBits: number; readonly exponent: number } | { readonly algorithm: string }

const algorithms: { readonly [oid: string]: string } = {
  '2a864886f70d01010a': 'RSA-PSS',
  '2a8648ce3d0201': 'EC',
  '2b6570': 'Ed25519',
  '2b656e': 'X25519',
}

const rsaEncryption = '2a864886f70d010101'
const tags = { integer: 0x02, octets: 0x04, oid: 0x06, sequence: 0x30 }

// One element of DER at `at`, of the tag that must stand there.
function element(bytes: Uint8Array, at: number, tag: number): { readonly start: number; readonly end: number } {
  let start = at + 2
  let length = bytes[at + 1] ?? 0
  if (length > 0x80) {
    const size = length - 0x80
    length = size > 3 ? Number.NaN : bytes.subarray(start, start + size).reduce((sum, byte) => sum * 256 + byte, 0)
    start += size
  }
  // Written so that a length that is no number fails too.
  if (bytes[at] !== tag || !(start + length <= bytes.length)) throw new RangeError('not DER')
  return { start, end: start + length }
}

/**
 * Looks into PKCS#8 for what WebCrypto does not tell: which algorithm the key is of, and how long.
 *
 * Gives `undefined` for what is no PKCS#8.
 */
export function lookIntoPkcs8(bytes: Uint8Array): Pkcs8 | undefined {
  try {
    const version = element(bytes, element(bytes, 0, tags.sequence).start, tags.integer)
    const algorithm = element(bytes, version.end, tags.sequence)
    const oid = element(bytes, algorithm.start, tags.oid)
    const name = Array.from(bytes.subarray(oid.start, oid.end), (byte) => byte.toString(16).padStart(2, '0')).join('')
    if (name !== rsaEncryption) return { algorithm: algorithms[name] ?? 'unknown' }
    const key = element(bytes, element(bytes, algorithm.end, tags.octets).start, tags.sequence)
    const modulus = element(bytes, element(bytes, key.start, tags.integer).end, tags.integer)
    const exponent = element(bytes, modulus.end, tags.integer)
    return {
      modulusBits: bitLength(bytes.subarray(modulus.start, modulus.end)),
      exponent: bytes.subarray(exponent.start, exponent.end).reduce((sum, byte) => sum * 256 + byte, 0),
    }
  } catch {
    return undefined
  }
}
