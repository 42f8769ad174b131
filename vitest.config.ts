import { defineConfig } from 'vitest/config'
import { entryAliases } from './test/aliases.js'
import ClosingLine from './test/closing-line.js'

// These files need a process of their own.
const isolated = [
  'test/account/registry/listing.test.ts', // measures the heap
  'test/webhook/loading-failure.test.ts', // replaces modules
]

export default defineConfig({
  resolve: { alias: [...entryAliases] },
  test: {
    exclude: ['test/peers/**', 'test/browser/**', 'test/package/**', 'test/runtimes/**', '**/node_modules/**'],
    setupFiles: ['test/setup.ts'],
    // By default vitest leaves one core free, which is half of the cores on a machine with two.
    maxWorkers: '100%',
    // No test waits for real time. The limit only ends a test that hangs, and leaves room for a busy machine.
    testTimeout: 30_000,
    // The logs of a passed test are part of what it tests.
    silent: 'passed-only',
    reporters: ['default', new ClosingLine()],
    projects: [
      {
        extends: true,
        // Files share a process and its loaded modules, which takes a third of the time. test/setup.ts restores globals after each test.
        test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: isolated, isolate: false },
      },
      { extends: true, test: { name: 'isolated', include: isolated } },
    ],
  },
})
