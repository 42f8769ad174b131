import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/peers/**', 'test/package/**', 'test/runtimes/**', '**/node_modules/**'],
    setupFiles: ['test/setup.ts'],
  },
})
