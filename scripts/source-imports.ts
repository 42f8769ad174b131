// Lets Node run the sources as they are: they import each other by `.js` names, and the package by its own name.
import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { entryAliases } from '../test/aliases.ts'

registerHooks({
  resolve(specifier, context, next) {
    const entry = entryAliases.find(({ find }) => find.test(specifier))
    if (entry) return next(pathToFileURL(entry.replacement).href, context)
    if (specifier.startsWith('.') && specifier.endsWith('.js') && context.parentURL) {
      const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL)
      if (existsSync(fileURLToPath(source))) return next(source.href, context)
    }
    return next(specifier, context)
  },
})
