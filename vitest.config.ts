import { existsSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { entryAliases } from './test/aliases.js'
import ClosingLine from './test/closing-line.js'

// These files need a process of their own.
const isolated = [
  'test/account/registry/listing.test.ts', // measures the heap
  'test/attacks/fuzz.test.ts', // listens for what would end the process, and replaces fetch
  'test/testing/msw.test.ts', // its mocked TLS sockets leave an error in OpenSSL's queue, at which the next import of a key fails
  'test/webhook/loading-failure.test.ts', // replaces modules
]

// These files load the TypeScript compiler. They share it and the parsed sources, whose memory would slow other files down.
const compiling = [
  'test/conformance/webhook-events.test.ts',
  'test/docs-login.test.ts',
  'test/docs-testing.test.ts',
  'test/import-graph.test.ts',
  'test/project/adding-an-endpoint.test.ts',
  'test/project/doc-comments.test.ts',
  'test/project/module-state.test.ts',
  'test/project/public-surface.test.ts',
  'test/types/hover.test.ts',
  'test/types/public-types.test.ts',
]

// A renamed file would silently move to the shared project.
for (const file of [...isolated, ...compiling])
  if (!existsSync(file)) throw new Error(`vitest.config.ts: ${file} is missing`)

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
    // Projects run in the order of their names. Files without isolation share a process and its loaded modules, which more than halves the time
    // of a run; test/setup.ts restores globals after each test.
    projects: [
      { extends: true, test: { name: 'compiler', include: compiling, isolate: false } },
      { extends: true, test: { name: 'isolated', include: isolated } },
      {
        extends: true,
        test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: [...isolated, ...compiling], isolate: false },
      },
    ],
  },
})
