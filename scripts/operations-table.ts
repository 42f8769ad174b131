// Generates docs/operations.md from the catalog. With --check, fails if the file is out of date. Requires a build.
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

// The token types that LINE accepts, and the channel that they must belong to.
function tokens(group: string, { auth = 'channel', tokens: kinds }: Endpoint): string {
  if (auth === 'none') return 'none'
  if (auth === 'user') return 'user'
  if (kinds)
    return `${kinds.join(', ')} (${group === 'login' ? 'LINE Login' : group === 'miniApp' ? 'LINE MINI App' : 'LINE Login or LINE MINI App'} channel)`
  if (group === 'module') return 'stateless, v2.1, short-lived (module channel)'
  return 'all'
}

const repeats = { safe: 'yes', keyed: 'yes, with a retry key', never: 'no' }

function table(group: string, records: { readonly [name: string]: Endpoint }): string {
  const rows = Object.entries(records).map(([name, record]) => {
    const call = `\`line.${group}.${name}()\``
    const link = `[page](https://developers.line.biz/en/reference/${record.docs})`
    return `| \`${name}\` | ${call} | \`${record.method} ${record.path}\` | ${tokens(group, record)} | ${record.rate ?? (group === 'login' ? 'not published' : '2000/s')} | ${repeats[record.repeat]} | ${link} |`
  })
  return [
    `## ${titles[group] ?? group}`,
    '',
    '| operation | call | request | tokens | rate limit | retried | LINE |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

const count = Object.values(catalog).reduce((sum, records) => sum + Object.keys(records).length, 0)
const text = `# Operations

All ${count} operations, with the names of LINE's OpenAPI files. \`npm run docs:operations\` generates this page from the catalog.

- \`line.withResponse.<group>.<operation>()\` also returns the request ID, outcome, retry key, status and headers.
- **tokens**: the types of channel access token that LINE accepts. "All" means stateless, v2.1, short-lived and long-lived. "User" means a user access token.
- **rate limit**: LINE's limit per channel, endpoint and method.
- **retried**: whether the SDK retries the operation after a lost connection, a timeout or a 5xx response. It retries every operation after a
  401 with a renewed token, and after a 429 for a rate limit that refills within a minute, because LINE did not process those requests.

${Object.entries(catalog)
  .map(([group, records]) => table(group, records))
  .join('\n')}`

if (!process.argv.includes('--check')) writeFileSync(file, text)
else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  console.error(`${file} is out of date; run npm run docs:operations`)
  process.exitCode = 1
}
