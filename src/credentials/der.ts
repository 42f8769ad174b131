import { LineInputError } from '../core/errors.js'

/** Counts the bits of an unsigned number. */
export function bitLength(bytes: Uint8Array): number {
  const first = bytes.findIndex((byte) => byte !== 0)
  return first < 0 ? 0 : (bytes.length - first) * 8 - Math.clz32(bytes[first] ?? 0) + 24
}

/** The key in a PKCS#8 structure: an RSA key, or a key of another algorithm. */
export type Pkcs8 = { readonly modulusBits: number; readonly exponent: number } | { readonly algorithm: string }

const algorithms: { readonly [oid: string]: string } = {
  '2a864886f70d01010a': 'RSA-PSS',
  '2a8648ce3d0201': 'EC',
  '2b6570': 'Ed25519',
  '2b656e': 'X25519',
}

const rsaEncryption = '2a864886f70d010101'
const tags = { integer: 0x02, bits: 0x03, octets: 0x04, oid: 0x06, sequence: 0x30 }

// Reads the DER element at `at`, which must have the given tag.
function element(bytes: Uint8Array, at: number, tag: number): { readonly start: number; readonly end: number } {
  let start = at + 2
  let length = bytes[at + 1] ?? 0
  if (length > 0x80) {
    const size = length - 0x80
    length = size > 3 ? Number.NaN : bytes.subarray(start, start + size).reduce((sum, byte) => sum * 256 + byte, 0)
    start += size
  }
  // The condition is negated so that NaN fails too.
  if (bytes[at] !== tag || !(start + length <= bytes.length)) throw new LineInputError('The key is not DER')
  return { start, end: start + length }
}

/** Whether bytes are the DER of a key or a certificate. A token in base64 can have a fitting length by chance, so a short one must have a version, too. */
export function isDer(bytes: Uint8Array): boolean {
  const hasVersion = bytes[2] === tags.integer && bytes[3] === 1 && (bytes[4] ?? 2) < 2
  try {
    return ((bytes[1] ?? 0) > 0x80 || hasVersion) && element(bytes, 0, tags.sequence).end === bytes.length
  } catch {
    return false
  }
}

/**
 * Reads the algorithm and the length of a key from PKCS#8, which WebCrypto does not expose.
 *
 * Returns `undefined` for data that is not PKCS#8.
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

/** Returns the label that a PEM of this DER would have, as far as the first elements tell. */
export function pemLabelOf(bytes: Uint8Array): string | undefined {
  try {
    const { start } = element(bytes, 0, tags.sequence)
    if (bytes[start] === tags.integer) {
      const next = bytes[element(bytes, start, tags.integer).end]
      if (next === tags.sequence) return 'PRIVATE KEY'
      return next === tags.integer ? 'RSA PRIVATE KEY' : 'EC PRIVATE KEY'
    }
    const inner = element(bytes, start, tags.sequence)
    if (bytes[inner.start] !== tags.oid) return 'CERTIFICATE'
    return bytes[inner.end] === tags.bits ? 'PUBLIC KEY' : 'ENCRYPTED PRIVATE KEY'
  } catch {
    return undefined
  }
}
