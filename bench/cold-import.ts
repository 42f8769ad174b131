import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { startServer } from './child.ts'
import { compare, type Ratio } from './rounds.ts'

const run = promisify(execFile)

/** The time that code takes in a new process, without the start of the process, in milliseconds. */
async function milliseconds(code: string): Promise<number> {
  const script = `const start = performance.now(); ${code}; process.stdout.write(String(performance.now() - start)); process.exit()`
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: import.meta.dirname })
  return Number(stdout)
}

/** Measures imports, and an import with the first push, in new processes. */
export async function importRatios(
  rounds: number,
): Promise<{ imports: Ratio[]; firstPush: Ratio[]; milliseconds: ReadonlyMap<string, number> }> {
  const official = `await import('@line/bot-sdk')`
  const imports = await compare(
    [
      { name: 'line-oa', run: () => milliseconds(`await import('line-oa')`) },
      { name: 'line-oa/webhook', run: () => milliseconds(`await import('line-oa/webhook')`) },
      { name: '@line/bot-sdk', run: () => milliseconds(official) },
    ],
    { rounds },
  )
  const server = await startServer('./line-stub.ts')
  const message = `{ to: 'U8e742f61d673b39c7fff3cecb7536ef0', messages: [{ type: 'text', text: 'hello' }] }`
  try {
    const firstPush = await compare(
      [
        {
          name: 'line-oa',
          run: () =>
            milliseconds(
              `const { createLineClient } = await import('line-oa'); await createLineClient({ channelAccessToken: 't', baseUrl: '${server.url}' }).messaging.pushMessage(${message})`,
            ),
        },
        {
          name: '@line/bot-sdk',
          run: () =>
            milliseconds(
              `const { LineBotClient } = ${official}; await LineBotClient.fromChannelAccessToken({ channelAccessToken: 't', apiBaseURL: '${server.url}' }).pushMessage(${message})`,
            ),
        },
      ],
      { rounds },
    )
    return { imports: imports.ratios, firstPush: firstPush.ratios, milliseconds: imports.figures }
  } finally {
    server.stop()
  }
}
