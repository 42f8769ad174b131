// The repository has a placeholder name until it is published. These tests keep the fields of package.json together, and the name out of most other files.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import manifest from '../../package.json' with { type: 'json' }

const address = /^git\+(https:\/\/github\.com\/([\w.-]+\/[\w.-]+))\.git$/.exec(manifest.repository.url)

/** Files that a reader of the repository sees. CONTRIBUTING.md tells how to change the name. */
const files = ['.github', 'docs', 'src']
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name)),
  )
  .concat(readdirSync('.').filter((name) => name.endsWith('.md') && name !== 'CONTRIBUTING.md'))

describe('package.json', () => {
  test('has homepage and bugs of its repository', () => {
    expect(address).not.toBeNull()
    expect(manifest.homepage).toBe(`${address?.[1]}#readme`)
    expect(manifest.bugs).toBe(`${address?.[1]}/issues`)
  })

  // npm shows the README outside of the repository, where only whole addresses lead somewhere.
  test('holds the name of the repository together with the README, whose links begin with its address', () => {
    const [, url = '', name = ''] = address ?? []
    expect(files.length).toBeGreaterThan(300)
    expect(files.filter((file) => readFileSync(file, 'utf8').includes(name))).toEqual(['README.md'])
    const targets = [...readFileSync('README.md', 'utf8').matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target)
    expect(targets.filter((target) => target.includes(name) && !target.startsWith(`${url}/`))).toEqual([])
    expect(targets.filter((target) => !target.startsWith('https://'))).toEqual([])
    const paths = targets.flatMap((target) => /^.*\/(?:blob|tree)\/main\/([^#]+)/.exec(target)?.[1] ?? [])
    expect(paths.filter((path) => !existsSync(path))).toEqual([])
  })

  test('names an author and publishes in public with provenance', () => {
    expect(manifest.author).toBe('line-oa contributors')
    expect(manifest.publishConfig).toEqual({ access: 'public', provenance: true })
  })
})

interface Job {
  readonly permissions?: unknown
  readonly 'timeout-minutes'?: number
  readonly uses?: string
  readonly strategy?: { readonly matrix?: { readonly node?: readonly number[]; readonly os?: readonly string[] } }
  readonly steps?: readonly { readonly uses?: string; readonly with?: { readonly [name: string]: unknown } }[]
}

interface Workflow {
  readonly permissions: unknown
  readonly concurrency: unknown
  readonly jobs: { readonly [name: string]: Job }
}

describe.each(['ci.yml', 'release.yml'])('.github/workflows/%s', (file) => {
  const workflow: Workflow = parse(readFileSync(join('.github/workflows', file), 'utf8')) // a file of this repository
  const jobs = Object.entries(workflow.jobs)

  test('grants no permission by default, and each job as little as it needs', () => {
    expect(workflow.permissions).toEqual({})
    for (const [name, { permissions }] of jobs)
      expect(permissions, name).toEqual(
        name === 'publish' ? { contents: 'read', 'id-token': 'write' } : { contents: 'read' },
      )
  })

  test('limits time and concurrency', () => {
    expect(workflow.concurrency).toBeDefined()
    for (const [name, job] of jobs.filter(([, { uses }]) => !uses))
      expect(job['timeout-minutes'], name).toBeGreaterThan(0)
  })

  test('pins actions to commits, and leaves no credentials behind', () => {
    const steps = jobs.flatMap(([, { steps = [] }]) => steps)
    for (const { uses, with: inputs } of steps.filter(({ uses }) => uses)) {
      expect(uses).toMatch(/@[0-9a-f]{40}$/)
      if (uses?.startsWith('actions/checkout@')) expect(inputs?.['persist-credentials']).toBe(false)
    }
  })
})

test('CI runs on every supported version of Node and on every system', () => {
  const { jobs }: Workflow = parse(readFileSync('.github/workflows/ci.yml', 'utf8')) // a file of this repository
  expect(jobs['test']?.strategy?.matrix).toEqual({
    node: [22, 24, 26],
    os: ['ubuntu-latest', 'macos-latest', 'windows-latest'],
  })
})
