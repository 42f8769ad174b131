// The build: JavaScript by tsup, declarations by tsc (tsup's own declarations lose the doc comments of methods).
import { readFile } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import { build, type Metafile, type Plugin } from 'esbuild'
import { defineConfig } from 'tsup'
import manifest from './package.json' with { type: 'json' }

const entries: readonly string[] = Object.values(manifest.exports).flatMap((target) =>
  typeof target === 'string' ? [] : [target.default.replace('./dist/', 'src/').replace(/\.js$/, '.ts')],
)

const shared = { format: 'esm', target: 'es2023', platform: 'neutral' } as const

/** The path of a module as esbuild's metafile writes it, on Windows too. */
const moduleOf = (path: string) => relative(process.cwd(), path).replaceAll('\\', '/')

/** Modules that several entries load, gathered in one file each. A group is loaded whole or not at all. */
interface Group {
  readonly name: string
  readonly modules: ReadonlySet<string>
}

type Load = (entry: string) => ReadonlySet<string>

/** Reads from a build of all entries which source modules each entry loads before its first line runs; dynamic imports are left out. */
async function readLoads(): Promise<{ readonly load: Load; readonly starts: readonly string[] }> {
  const { metafile } = await build({
    ...shared,
    entryPoints: [...entries],
    outdir: 'dist',
    bundle: true,
    splitting: true,
    packages: 'external',
    metafile: true,
    write: false,
  })
  const outputs: Metafile['outputs'] = metafile.outputs
  const outputOf = new Map(Object.entries(outputs).map(([path, { entryPoint }]) => [entryPoint, path]))
  const load: Load = (entry) => {
    const modules = new Set<string>()
    const seen = new Set<string>()
    const follow = (path: string): void => {
      const output = outputs[path]
      if (!output || seen.has(path)) return
      seen.add(path)
      for (const [module, { bytesInOutput }] of Object.entries(output.inputs))
        if (bytesInOutput > 0) modules.add(module)
      for (const { path: to, kind, external } of output.imports)
        if (kind === 'import-statement' && !external) follow(to)
    }
    follow(outputOf.get(entry) ?? '')
    return modules
  }
  // Besides the entries of the package, every module that is imported dynamically starts a file of its own.
  return { load, starts: [...outputOf.keys()].filter((name) => name !== undefined) }
}

async function planGroups(): Promise<{
  readonly groups: readonly Group[]
  readonly needs: ReadonlyMap<string, readonly Group[]>
}> {
  const { load, starts } = await readLoads()
  const webhook = load('src/webhook/index.ts')
  const caller = load('src/core/index.ts')
  // The few modules that the ID token check shares with the caller are small; in this group they spare it the whole caller.
  const base = new Set([...webhook, ...[...load('src/login/id-token/index.ts')].filter((module) => caller.has(module))])
  // Token sources are part of this group, because the client loads them anyway and they are useless without a caller.
  const core = new Set([...caller, ...load('src/tokens/index.ts')].filter((module) => !base.has(module)))
  const rest = [...load('src/index.ts')].filter((module) => !base.has(module) && !core.has(module))
  // What login, keys and credentials share with the client spares them all operations of the Messaging API.
  const login = load('src/login/index.ts')
  const credentials = new Set(rest.filter((module) => login.has(module)))
  const root = new Set(rest.filter((module) => !credentials.has(module)))
  const groups = [
    { name: 'base', modules: base },
    { name: 'core', modules: core },
    { name: 'credentials', modules: credentials },
    { name: 'root', modules: root },
  ]
  const needs = starts.map((start) => {
    const loaded = load(start)
    const last = groups.findLastIndex(({ modules }) => [...loaded].some((module) => modules.has(module)))
    // A group uses the groups before it, so whoever loads one loads those too.
    return [start, groups.slice(0, last + 1)] as const
  })
  return { groups, needs: new Map(needs) }
}

/**
 * Puts the modules of each group into one file.
 *
 * esbuild splits by the set of entries that reach a module, which makes about 25 files for the root entry, and a cold import pays for each
 * file. Here every start that needs anything of a group imports the whole group, so all modules of a group are reached by the same starts.
 */
const grouped: Plugin = {
  name: 'grouped',
  async setup({ onResolve, onLoad, resolve: resolveImport }) {
    const { groups, needs } = await planGroups()
    const inGroup = new Set(groups.flatMap(({ modules }) => [...modules]))
    onResolve({ filter: /^group:/ }, ({ path }) => ({ path, namespace: 'group', sideEffects: true }))
    onLoad({ filter: /.*/, namespace: 'group' }, ({ path }) => {
      const group = groups.find(({ name }) => path === `group:${name}`)
      const contents = [...(group?.modules ?? [])].map((module) => `import './${module}'`).join('\n')
      return { contents, resolveDir: process.cwd(), loader: 'ts' }
    })
    // package.json says that no module has side effects, which would drop the bare imports of a group.
    onResolve({ filter: /^\./ }, async ({ path, pluginData, ...rest }) => {
      if (pluginData === 'grouped') return undefined
      const { errors, ...result } = await resolveImport(path, { ...rest, pluginData: 'grouped' })
      if (errors.length > 0) return { errors }
      return inGroup.has(moduleOf(result.path)) ? { path: result.path, sideEffects: true } : undefined
    })
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const needed = needs.get(moduleOf(path))
      if (!needed?.length) return undefined
      const head = needed.map(({ name }) => `import 'group:${name}'`).join('\n')
      return { contents: `${head}\n${await readFile(path, 'utf8')}`, loader: 'ts', resolveDir: dirname(path) }
    })
  },
}

export default defineConfig({
  ...shared,
  entry: Object.fromEntries(entries.map((entry) => [entry.slice('src/'.length, -'.ts'.length), entry])),
  splitting: true,
  treeshake: false,
  clean: true,
  sourcemap: true,
  dts: false,
  esbuildPlugins: [grouped],
  esbuildOptions(options) {
    options.chunkNames = 'shared/[hash]'
    options.legalComments = 'none'
    options.minifySyntax = true
    // The package ships src, so the maps need no copy of it.
    options.sourcesContent = false
  },
})
