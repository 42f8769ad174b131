import { defineConfig } from 'vitest/config'
import { entryAliases } from './test/aliases.js'
import ClosingLine from './test/closing-line.js'

export default defineConfig({
  resolve: { alias: [...entryAliases] },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/peers/**', 'test/browser/**', 'test/package/**', 'test/runtimes/**', '**/node_modules/**'],
    setupFiles: ['test/setup.ts'],
    // By itself vitest leaves one core free, which of two is half of them.
    maxWorkers: '100%',
    // No test waits for the time of day; this only ends one that hangs, also where two cores have much else to do.
    testTimeout: 30_000,
    // What a test that passed has logged belongs to what it tests.
    silent: 'passed-only',
    reporters: ['default', new ClosingLine()],
  },
})
