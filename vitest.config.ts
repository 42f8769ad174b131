import { defineConfig } from 'vitest/config'
import ClosingLine from './test/closing-line.js'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/peers/**', 'test/browser/**', 'test/package/**', 'test/runtimes/**', '**/node_modules/**'],
    setupFiles: ['test/setup.ts'],
    reporters: ['default', new ClosingLine()],
  },
})
