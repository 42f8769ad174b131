// The compile-time cost of the types, in type instantiations.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const tsc = resolve('node_modules/.bin/tsc')

function countInstantiations(project: string, ...parameters: readonly string[]): number {
  const text = execFileSync(tsc, ['-p', project, '--extendedDiagnostics', '--incremental', 'false', ...parameters], {
    encoding: 'utf8',
  })
  const count = /^Instantiations:\s+(\d+)/m.exec(text)?.[1]
  if (count === undefined) throw new Error('The output of tsc has no count of instantiations')
  return Number(count)
}

/**
 * Checks that the types stay within their budgets, and prints the counts.
 *
 * @param consumer a folder that contains nine-calls.ts and has the package installed.
 * @throws {Error} when a count exceeds its budget.
 */
export function checkBudgets(consumer: string): void {
  const project = join(consumer, 'tsconfig.budget.json')
  const strict = { strict: true, noEmit: true, skipLibCheck: true, exactOptionalPropertyTypes: true, types: ['node'] }
  const compilerOptions = { ...strict, target: 'ES2023', lib: ['ES2023'], module: 'NodeNext' }
  writeFileSync(project, JSON.stringify({ compilerOptions, files: ['nine-calls.ts'] }))
  const costs = [
    { what: 'a consumer with nine calls', cost: countInstantiations(project), most: 10_000 },
    // Includes the schemas and their comparison with the interfaces.
    {
      what: 'the project itself',
      cost: countInstantiations('tsconfig.build.json', '--noEmit', '--emitDeclarationOnly', 'false'),
      most: 1_500_000,
    },
  ]
  for (const { what, cost, most } of costs) console.log(`type instantiations of ${what}: ${cost} of ${most}`)
  const over = costs.filter(({ cost, most }) => cost > most)
  if (over.length > 0) throw new Error(`Type budget exceeded: ${over.map(({ what }) => what).join(', ')}`)
}
