// The build: JavaScript by tsup, declarations by tsc (tsup's own declarations lose the doc comments of methods).
import { readFile } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import { build, type Metafile, type Plugin } from 'esbuild'
import { defineConfig, type Options } from 'tsup'
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

// A bundler puts all used parts of a file into one chunk, even those that only code loaded on demand uses. Such code needs these modules, and a
// start that does not stays without them only if they are in no group.
const apart: ReadonlySet<string> = new Set([
  'src/core/response-errors.ts',
  'src/core/redact.ts',
  'src/core/reason.ts',
  'src/core/read-options.ts',
  'src/core/call/monthly-limit.ts',
])

const always: readonly string[] = ['src/webhook/body-limits.ts']

async function planGroups(): Promise<{
  readonly groups: readonly Group[]
  readonly needs: ReadonlyMap<string, readonly Group[]>
}> {
  const { load, starts } = await readLoads()
  const inAll = (...sets: readonly ReadonlySet<string>[]) => {
    const [first, ...others] = sets
    return [...(first ?? [])].filter((module) => others.every((set) => set.has(module)))
  }
  const without = (modules: Iterable<string>, ...sets: readonly ReadonlySet<string>[]) =>
    new Set([...modules].filter((module) => !sets.some((set) => set.has(module))))
  const [client, receiver, login, account, seal, emulator] = [
    load('src/index.ts'),
    load('src/webhook/index.ts'),
    load('src/login/index.ts'),
    load('src/account/index.ts'),
    load('src/login/seal.ts'),
    load('src/emulator/index.ts'),
  ]
  // Token sources belong to the caller, because the client loads them anyway and they are useless without one.
  const caller = new Set([...load('src/core/index.ts'), ...load('src/tokens/index.ts')])
  // These entries need a few small modules of the caller or the receiver, but neither of the two.
  const small = [
    'src/login/id-token/index.ts',
    'src/login/id-token/key-cache.ts',
    'src/store/sqlite.ts',
    'src/store/redis.ts',
    'src/node/index.ts',
  ]
  const shared = new Set([...receiver, ...small.flatMap((entry) => [...load(entry)])])
  // Small modules that adapters or errors need without the rest of their entry.
  const base = without([...inAll(caller, shared), ...inAll(receiver, login), ...always], apart)
  // What login, keys and credentials share with the client spares them all operations of the Messaging API.
  const core = without([...caller, ...inAll(seal, account), ...inAll(client, login), ...apart], base)
  const line = without(inAll(client, account), base, core)
  const root = without(client, base, core, line, receiver)
  // Each group of this list uses those before it, so that a start which needs one needs them too.
  const layers = [
    { name: 'base', modules: base },
    { name: 'core', modules: core },
    { name: 'client', modules: line },
    { name: 'root', modules: root },
  ]
  const others = [
    { name: 'webhook', modules: without(receiver, base) },
    { name: 'parsing', modules: without(load('src/credentials/index.ts'), base, core, line) },
    {
      name: 'accounts',
      modules: without(inAll(account, emulator), base, core, line, root, load('src/credentials/index.ts')),
    },
  ]
  const needs = starts.map((start) => {
    const loaded = [...load(start)]
    const uses = ({ modules }: Group) => loaded.some((module) => modules.has(module))
    const beside = others.filter(uses)
    // Every start loads the base, which then also has what esbuild itself adds to all files.
    const depth = Math.max(layers.findLastIndex(uses) + 1, 1)
    return [start, [...layers.slice(0, depth), ...beside]] as const
  })
  const groups = [...layers, ...others]
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
      // On the first line, so that the source map counts the lines of the file.
      const head = needed.map(({ name }) => `import 'group:${name}';`).join('')
      return { contents: `${head}${await readFile(path, 'utf8')}`, loader: 'ts', resolveDir: dirname(path) }
    })
  },
}

/**
 * Marks the namespaces of `export * as` as pure, so that a user's bundler drops those that are not used. esbuild fills them by a statement
 * with a side effect, which would keep every operation of the catalog. The lines stay where they are, for the source maps.
 */
const pureNamespaces: NonNullable<Options['plugins']>[number] = {
  name: 'pure-namespaces',
  renderChunk(code, { map = null }) {
    return {
      code: code
        .replace(/^var (\w+_exports\d*) = \{\};\n__export\(\1, \{$/gm, '\nvar $1 = /* @__PURE__ */ __export({}, {')
        .replace(/^(var __export = \(target, all\) => \{[\s\S]*?)^\};$/m, '$1return target; };'),
      map,
    }
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
  removeNodeProtocol: false,
  external: [/^node:/],
  esbuildPlugins: [grouped],
  plugins: [pureNamespaces],
  esbuildOptions(options) {
    options.chunkNames = 'shared/[hash]'
    options.legalComments = 'none'
    options.minifySyntax = true
    // The package ships src, so the maps need no copy of it.
    options.sourcesContent = false
  },
})
