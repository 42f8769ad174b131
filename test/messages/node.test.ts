// Every message of line-oa/node, whole. No other test asserts one.

import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { downloadTo } from 'line-oa/node'
import { expect, test } from 'vitest'
import { type ErrorRow, errorOf } from './error-of.js'

const empty = () => {
  const stream = new ReadableStream<Uint8Array>({ start: (controller) => controller.close() })
  return downloadTo({ stream, contentType: 'video/mp4', contentLength: 0 }, join(tmpdir(), 'line-oa-empty.mp4'))
}

test.each<readonly [what: string, call: () => unknown, ...ErrorRow]>([
  [
    'downloadTo: an empty file',
    empty,
    'LINE_INPUT',
    undefined,
    'downloadTo: LINE sent an empty file; use readContent, which waits for a video or audio file that is not ready',
  ],
])('%s', async (_, call, ...expected) => {
  expect(await errorOf(call)).toEqual(expected)
})
