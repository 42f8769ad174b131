import { defineConfig } from 'vitest/config'
import ClosingLine from '../closing-line.js'

export default defineConfig({
  test: { include: ['test/peers/**/*.test.ts'], setupFiles: ['test/setup.ts'], reporters: ['default', new ClosingLine()] },
})
