import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** What a user writes, how large it may become, and what must not come along. */
export interface Bundle {
  readonly name: string
  readonly code: string
  /** Bytes, minified and gzipped. */
  readonly limit: number
  /** Texts that only the library named stands for. */
  readonly without: readonly (keyof typeof marks)[]
}

/** Texts by which a library is recognised in a minified bundle. */
export const marks = {
  ky: 'throwHttpErrors',
  zod: '_zod',
  jose: 'JWSInvalid',
  schemas: 'invalid_union',
} as const

export const bundles: readonly Bundle[] = [
  {
    name: 'signature check',
    code: `import { verifySignature } from 'line-oa/webhook'; export { verifySignature }`,
    limit: 0.6 * 1024,
    without: ['ky', 'zod', 'jose', 'schemas'],
  },
  {
    name: 'webhook receiver',
    code: `import { createReceiver } from 'line-oa/webhook'; export { createReceiver }`,
    limit: 4 * 1024,
    without: ['ky', 'zod', 'jose', 'schemas'],
  },
  {
    name: 'caller with one operation',
    code: `import { createCaller } from 'line-oa/core'; import { pushMessage } from 'line-oa/operations'
export const push = (channelAccessToken, input) => createCaller({ channelAccessToken }).call(pushMessage, input)`,
    limit: 12 * 1024,
    without: ['zod', 'jose', 'schemas'],
  },
  {
    name: 'whole client',
    code: `import { createLineClient } from 'line-oa'; export { createLineClient }`,
    limit: 18 * 1024,
    without: ['zod', 'jose', 'schemas'],
  },
]

/** Bundles a code as a user's tool would, and gives it with its size in bytes after gzip. */
export async function measure(code: string): Promise<{ readonly text: string; readonly gzip: number }> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: process.cwd(), sourcefile: 'entry.js' },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2023',
  })
  const text = outputFiles[0]?.text ?? ''
  return { text, gzip: gzipSync(text, { level: 9 }).length }
}
