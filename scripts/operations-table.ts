// Writes docs/operations.md from the catalog, or with --check says whether it is up to date. Run after a build.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import * as catalog from 'line-oa/catalog'
import type { Endpoint } from 'line-oa/core'

const file = 'docs/operations.md'

const titles: { readonly [group in keyof typeof catalog]: string } & { readonly [group: string]: string | undefined } =
  {
    messaging: 'Messaging',
    tokens: 'Channel access tokens',
    insight: 'Insight',
    audience: 'Audiences',
    liff: 'LIFF apps',
    module: 'Module channels',
    shop: 'Mission stickers',
    login: 'LINE Login',
    miniApp: 'LINE MINI App',
  }

// Which kinds of channel access token LINE takes, and of which channel.
function tokens(group: string, { auth = 'channel', tokens: kinds }: Endpoint): string {
  if (auth === 'none') return 'none'
  if (auth === 'user') return 'user'
  if (kinds)
    return `${kinds.join(', ')} (of the ${group === 'login' ? 'Login' : group === 'miniApp' ? 'MINI App' : 'Login or MINI App'} channel)`
  if (group === 'module') return 'stateless, v2.1, short-lived (of the module channel)'
  return 'all four'
}

const repeats = { safe: 'yes', keyed: 'yes, under a retry key', never: 'no' }

function table(group: string, records: { readonly [name: string]: Endpoint }): string {
  const rows = Object.entries(records).map(([name, record]) => {
    const call = `\`line.${group}.${name}()\``
    const link = `[page](https://developers.line.biz/en/reference/${record.docs})`
    return `| \`${name}\` | ${call} | \`${record.method} ${record.path}\` | ${tokens(group, record)} | ${record.rate ?? (group === 'login' ? 'not published' : '2000/s')} | ${repeats[record.repeat]} | ${link} |`
  })
  return [
    `## ${titles[group] ?? group}`,
    '',
    '| operation | call | request | tokens | rate | repeated by itself | LINE |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

const count = Object.values(catalog).reduce((sum, records) => sum + Object.keys(records).length, 0)
const text = `# Operations

All ${count} operations, under LINE's own names. This page is made from the catalog by \`npm run docs:operations\`.

\`line.withResponse.<group>.<operation>()\` gives the same with request ID, outcome, retry key, status and headers. "All four" kinds of token are
stateless, v2.1, short-lived and long-lived. The rate is LINE's limit per channel, endpoint and method. An operation that is not repeated by itself
is still sent again after a 429 of its rate limit and after a renewed token, since nothing was done then.

${Object.entries(catalog)
  .map(([group, records]) => table(group, records))
  .join('\n')}`

if (!process.argv.includes('--check')) writeFileSync(file, text)
else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  console.error(`${file} is not what the catalog says; run npm run docs:operations`)
  process.exitCode = 1
}
