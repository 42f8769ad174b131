import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** The code of a user, the size limit of its bundle, and the libraries that the bundle must not contain. */
export interface Bundle {
  readonly name: string
  readonly code: string
  /** Maximum size of the code that is loaded at the start, minified and gzipped, in bytes. */
  readonly limit: number
  /** The libraries that the bundle must not contain. */
  readonly without: readonly (keyof typeof marks)[]
}

/** Texts that identify a library in a minified bundle. */
export const marks = {
  ky: 'throwHttpErrors',
  zod: '_zod',
  jose: 'ERR_JWS_INVALID',
  schemas: 'invalid_union',
} as const

export const bundles: readonly Bundle[] = [
  {
    name: 'signature check',
    code: `import { verifySignature } from 'line-oa/webhook'; export { verifySignature }`,
    limit: 1.65 * 1024,
    without: ['ky', 'zod', 'jose', 'schemas'],
  },
  {
    name: 'webhook receiver',
    code: `import { createReceiver } from 'line-oa/webhook'; export { createReceiver }`,
    limit: 4.1 * 1024,
    without: ['ky', 'zod', 'jose', 'schemas'],
  },
  {
    name: 'caller with one operation',
    code: `import { createCaller } from 'line-oa/core'; import { pushMessage } from 'line-oa/operations'
export const push = (channelAccessToken, input) => createCaller({ channelAccessToken }).call(pushMessage, input)`,
    limit: 9 * 1024,
    without: ['zod', 'jose', 'schemas'],
  },
  {
    name: 'whole client',
    code: `import { createLineClient } from 'line-oa'; export { createLineClient }`,
    limit: 15.5 * 1024,
    without: ['zod', 'jose', 'schemas'],
  },
  {
    name: 'ID token check',
    code: `import { verifyIdToken } from 'line-oa/id-token'; export { verifyIdToken }`,
    limit: 7.5 * 1024,
    without: ['ky', 'zod', 'schemas'],
  },
  {
    name: 'login client',
    code: `import { createLoginClient } from 'line-oa/login'; export { createLoginClient }`,
    limit: 22 * 1024,
    without: ['zod', 'schemas'],
  },
]

/** The sizes of a bundle, in bytes after gzip. */
export interface Weight {
  /** The text that is loaded at the start. */
  readonly text: string
  /** The code that a page or a process loads before the first line runs. */
  readonly start: number
  /** The code that is loaded on demand, such as ky with the first retry. */
  readonly later: number
}

/** Bundles code as a user's bundler would. */
export async function measure(code: string): Promise<Weight> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: process.cwd(), sourcefile: 'entry.js' },
    // Without the paths of tsconfig.json the package resolves to dist, which is what users bundle.
    tsconfigRaw: '{}',
    // A bundler drops the bare imports between the package's files, and says so.
    logLevel: 'error',
    bundle: true,
    splitting: true,
    outdir: '/bundle',
    write: false,
    metafile: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2023',
  })
  const outputs = new Map(
    Object.entries(metafile.outputs).map(([path, output]) => [path.split('/').at(-1) ?? path, output]),
  )
  const start = new Set<string>()
  const load = (name: string): void => {
    if (start.has(name)) return
    start.add(name)
    for (const { path, kind } of outputs.get(name)?.imports ?? [])
      if (kind === 'import-statement') load(path.split('/').at(-1) ?? path)
  }
  for (const [name, { entryPoint }] of outputs) if (entryPoint === 'entry.js') load(name)
  const weight = { text: '', start: 0, later: 0 }
  for (const { path, text } of outputFiles) {
    const part = start.has(path.split('/').at(-1) ?? path) ? 'start' : 'later'
    if (part === 'start') weight.text += text
    weight[part] += gzipSync(text, { level: 9 }).length
  }
  return weight
}
