import { defineConfig } from 'vitest/config'
import { entryAliases } from '../aliases.js'
import ClosingLine from '../closing-line.js'

export default defineConfig({
  resolve: { alias: [...entryAliases] },
  test: {
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', new ClosingLine()],
  },
})
