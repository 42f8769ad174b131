import { defineConfig } from 'tsup'
import manifest from './package.json' with { type: 'json' }

// Each entry of `exports` is one file below src, so package.json is the only list of them.
const entry = Object.fromEntries(
  Object.values(manifest.exports).flatMap((target) => {
    if (typeof target === 'string') return []
    const name = target.default.slice('./dist/'.length, -'.js'.length)
    return [[name, `src/${name}.ts`]]
  }),
)

export default defineConfig({
  entry,
  format: ['esm'],
  target: 'es2023',
  platform: 'neutral',
  splitting: true,
  clean: true,
  dts: false,
  // The demo and the bench run the JavaScript alone.
  ...(!process.env['JS_ONLY'] && { onSuccess: 'tsc -p tsconfig.build.json' }),
})
