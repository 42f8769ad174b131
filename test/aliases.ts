// Tests import the package by its own name, as users do. This maps each entry of package.json to its source.
import { resolve } from 'node:path'
import manifest from '../package.json' with { type: 'json' }

/** Exact matches, so that `line-oa` does not also match `line-oa/core`. */
export const entryAliases: readonly { readonly find: RegExp; readonly replacement: string }[] = Object.entries(
  manifest.exports,
).flatMap(([name, target]) =>
  typeof target === 'string'
    ? []
    : [
        {
          find: new RegExp(`^line-oa${name.slice(1)}$`),
          replacement: resolve(
            import.meta.dirname,
            '..',
            target.default.replace('./dist/', 'src/').replace(/\.js$/, '.ts'),
          ),
        },
      ],
)
