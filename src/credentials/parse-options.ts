import { property } from '../core/property.js'
import { checkOptions, type OptionKind } from '../core/read-options.js'

/** Options of all parsers. */
export interface ParseOptions {
  /** The name of the value in problems, for example the name of a form field. Default: the name of the identifier, such as `channelId`. */
  readonly path?: string | undefined
}

/**
 * Returns the path of a parser's options, and checks the other options.
 *
 * @throws {LineInputError} with the name of the option.
 */
export function pathOf(options: unknown, usual: string, kinds: { readonly [option: string]: OptionKind } = {}): string {
  // `ids.map(parseUserId)` passes the index of each ID.
  if (typeof options === 'number') return usual
  checkOptions(usual, options, { path: 'string', ...kinds })
  const path = property(options, 'path')
  return typeof path === 'string' ? path : usual
}
