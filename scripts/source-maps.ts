import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { SourceMap, type SourceMapPayload } from 'node:module'
import { dirname, join } from 'node:path'

/** Returns what is wrong with the maps in `dist`: a file without a map, a source that does not exist, or a name that leads to another line. */
export function findMapErrors(): readonly string[] {
  const errors: string[] = []
  for (const file of readdirSync('dist', { recursive: true, encoding: 'utf8' })) {
    const path = join('dist', file)
    if (!/\.(?:js|d\.ts)$/.test(file)) continue
    if (!existsSync(`${path}.map`)) {
      errors.push(`${path} has no map`)
      continue
    }
    const payload = JSON.parse(readFileSync(`${path}.map`, 'utf8')) as SourceMapPayload // written by esbuild or tsc
    const sources = new Map(payload.sources.map((source) => [source, join(dirname(path), source)]))
    const missing = [...sources.values()].filter((source) => !source.startsWith('src') || !existsSync(source))
    errors.push(...missing.map((source) => `${path}.map leads to ${source}, which does not exist`))
    if (missing.length > 0 || !file.endsWith('.js')) continue
    const map = new SourceMap(payload)
    const textOf = new Map([...sources].map(([source, place]) => [source, readFileSync(place, 'utf8').split('\n')]))
    for (const [at, line] of readFileSync(path, 'utf8').split('\n').entries()) {
      // esbuild appends a number to a name that exists twice.
      const [, name] = /^(?:async )?(?:function\*?|var|const|class) ([A-Za-z]+)/.exec(line) ?? []
      const entry = map.findEntry(at, 0)
      if (name === undefined || !('originalSource' in entry) || /_exports/.test(line)) continue
      const source = textOf.get(entry.originalSource)?.[entry.originalLine]
      if (source?.includes(name) === false)
        errors.push(`${path}:${at + 1} ${name} leads to ${sources.get(entry.originalSource)}:${entry.originalLine + 1}`)
    }
  }
  return errors
}
