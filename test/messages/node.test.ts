// Every message of line-oa/node, whole. No other test asserts one.

import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { downloadTo } from 'line-oa/node'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { type ErrorRow, errorOf } from './error-of.js'

const folder = mkdtempSync(join(tmpdir(), 'line-oa-node-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.restoreAllMocks())

const download = (bytes: number, path: string) => {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      if (bytes > 0) controller.enqueue(new Uint8Array(bytes))
      controller.close()
    },
  })
  return downloadTo({ stream, contentType: 'video/mp4', contentLength: bytes }, path)
}

/** A download during which a call of the file fails, as on a full disk. */
const failing = async (method: 'writeFile' | 'sync') => {
  const file = await open(import.meta.filename)
  await file.close()
  const error = Object.assign(new Error(`ENOSPC: no space left on device, write '${folder}'`), { code: 'ENOSPC' })
  vi.spyOn(Object.getPrototypeOf(file), method).mockRejectedValue(error)
  return download(1, join(folder, 'video.mp4'))
}

test.each<readonly [what: string, call: () => unknown, ...ErrorRow]>([
  [
    'downloadTo: an empty file',
    () => download(0, join(folder, 'empty.mp4')),
    'LINE_INPUT',
    undefined,
    'downloadTo: LINE sent an empty file; use readContent, which waits for a video or audio file that is not ready',
  ],
  [
    'downloadTo: a missing folder',
    () => download(1, join(folder, 'none', 'video.mp4')),
    'LINE_INPUT',
    undefined,
    'downloadTo: path cannot be written (ENOENT)',
  ],
  [
    'downloadTo: a path with a null character',
    () => download(1, 'video\0.mp4'),
    'LINE_INPUT',
    undefined,
    'downloadTo: path cannot be written (ERR_INVALID_ARG_VALUE)',
  ],
  [
    'downloadTo: no path',
    () => download(1, ''),
    'LINE_INPUT',
    undefined,
    'downloadTo: path must be the path of a file',
  ],
  [
    'downloadTo: content that is no file',
    () => downloadTo({} as never, join(folder, 'video.mp4')),
    'LINE_INPUT',
    undefined,
    'downloadTo: content must be a file from LINE that was not read, such as readContent() returns',
  ],
  [
    'downloadTo: a full disk',
    () => failing('writeFile'),
    'LINE_INPUT',
    undefined,
    'downloadTo: path cannot be written (ENOSPC)',
  ],
  [
    'downloadTo: a disk that fails to keep the bytes',
    () => failing('sync'),
    'LINE_INPUT',
    undefined,
    'downloadTo: path cannot be written (ENOSPC)',
  ],
])('%s', async (_, call, ...expected) => {
  expect(await errorOf(call)).toEqual(expected)
})
