import { decode } from 'jose/base64url'
import { jsonObject } from '../../core/property.js'

/** Reads the JSON object in one part of a JWT. Nothing in it is proven. */
export function readPart(part: string | undefined): { readonly [name: string]: unknown } | undefined {
  try {
    return jsonObject(new TextDecoder('utf-8', { fatal: true }).decode(decode(part ?? '')))
  } catch {
    return undefined
  }
}
