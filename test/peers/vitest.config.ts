import { defineConfig } from 'vitest/config'
import { entryAliases } from '../aliases.js'
import ClosingLine from '../closing-line.js'

export default defineConfig({
  resolve: { alias: [...entryAliases] },
  test: {
    include: ['test/peers/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    reporters: ['default', new ClosingLine()],
  },
})
