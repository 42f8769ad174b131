// What the types cost whoever compiles against them, counted as the compiler does: in type instantiations.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const tsc = resolve('node_modules/.bin/tsc')

function countInstantiations(project: string, ...parameters: readonly string[]): number {
  const text = execFileSync(tsc, ['-p', project, '--extendedDiagnostics', '--incremental', 'false', ...parameters], {
    encoding: 'utf8',
  })
  const count = /^Instantiations:\s+(\d+)/m.exec(text)?.[1]
  if (count === undefined) throw new Error('The compiler does not tell how many types it instantiated')
  return Number(count)
}

/**
 * Holds the types to what the project promises, and says what each costs.
 *
 * @param consumer a folder in which the package is installed, with nine-calls.ts in it.
 * @throws when one costs more.
 */
export function checkBudgets(consumer: string): void {
  const project = join(consumer, 'tsconfig.budget.json')
  const strict = { strict: true, noEmit: true, skipLibCheck: true, exactOptionalPropertyTypes: true, types: ['node'] }
  const compilerOptions = { ...strict, target: 'ES2023', lib: ['ES2023'], module: 'NodeNext' }
  writeFileSync(project, JSON.stringify({ compilerOptions, files: ['nine-calls.ts'] }))
  const costs = [
    { what: 'a consumer with nine calls', cost: countInstantiations(project), most: 10_000 },
    // Checked whole, schemas and their pins included.
    {
      what: 'the project itself',
      cost: countInstantiations('tsconfig.build.json', '--noEmit', '--emitDeclarationOnly', 'false'),
      most: 1_500_000,
    },
  ]
  for (const { what, cost, most } of costs) console.log(`type instantiations of ${what}: ${cost} of ${most}`)
  const over = costs.filter(({ cost, most }) => cost > most)
  if (over.length > 0) throw new Error(`The types cost too much: ${over.map(({ what }) => what).join(', ')}`)
}
