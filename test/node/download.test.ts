import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLineClient, readContent } from 'line-oa'
import type { BinaryContent } from 'line-oa/core'
import { createEmulator } from 'line-oa/emulator'
import { downloadTo } from 'line-oa/node'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'line-oa-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** A file in parts; `failure` ends it. */
function content(parts: readonly string[], failure?: Error) {
  let cancelled = false
  let next = 0
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const part = parts[next++]
        if (part !== undefined) controller.enqueue(new TextEncoder().encode(part))
        else if (failure) controller.error(failure)
        else controller.close()
      },
      cancel() {
        cancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  const file: BinaryContent = { stream, contentType: 'image/jpeg', contentLength: undefined }
  return { file, isCancelled: () => cancelled }
}

describe('a download', () => {
  test('of what a person has sent is on the disk', async () => {
    const emulator = createEmulator()
    const account = emulator.createAccount({ name: 'Tea House' })
    account.connect({ fetch: () => new Response() })
    const line = createLineClient({ channelAccessToken: account.issueLongLivedToken(), fetch: emulator.fetch })
    const person = emulator.createPerson({ displayName: 'Mika' })
    const bytes = new Uint8Array(200_000).map((_, at) => at % 251)
    const { event } = await person.send(account, { type: 'file', fileName: 'a.bin', content: bytes })
    const path = join(folder, 'a.bin')
    expect(await downloadTo(readContent(line, event.message.id), path)).toEqual({
      path,
      bytes: 200_000,
      contentType: 'application/octet-stream',
    })
    expect(await readFile(path)).toEqual(Buffer.from(bytes))
    expect(await readdir(folder)).toEqual(['a.bin'])
  })

  test('takes the place of what stood there, and not before it is whole', async () => {
    const path = join(folder, 'photo.jpg')
    await writeFile(path, 'old')
    const { file } = content(['n', 'ew'])
    const seen: string[] = []
    const watched = file.stream.pipeThrough(
      new TransformStream({
        async transform(part, controller) {
          seen.push(await readFile(path, 'utf8'))
          controller.enqueue(part)
        },
      }),
    )
    await downloadTo({ ...file, stream: watched }, path)
    expect(seen).toEqual(['old', 'old'])
    expect(await readFile(path, 'utf8')).toBe('new')
  })

  test('that breaks off leaves nothing behind, and what stood there as it was', async () => {
    const path = join(folder, 'photo.jpg')
    await writeFile(path, 'old')
    const failure = new Error('lost')
    await expect(downloadTo(content(['half'], failure).file, path)).rejects.toBe(failure)
    expect(await readdir(folder)).toEqual(['photo.jpg'])
    expect(await readFile(path, 'utf8')).toBe('old')
  })

  test('that never begins leaves nothing behind', async () => {
    await expect(downloadTo(Promise.reject(new Error('404')), join(folder, 'photo.jpg'))).rejects.toThrow('404')
    expect(await readdir(folder)).toEqual([])
  })

  test('of no bytes is refused, for that is how LINE answers while a video is not ready', async () => {
    const error = { code: 'LINE_INPUT', message: expect.stringContaining('readContent') }
    await expect(downloadTo(content([]).file, join(folder, 'video.mp4'))).rejects.toMatchObject(error)
    expect(await readdir(folder)).toEqual([])
  })

  test('to where no file can be lets go of the connection', async () => {
    const { file, isCancelled } = content(['a', 'b'])
    await expect(downloadTo(file, join(folder, 'none', 'photo.jpg'))).rejects.toMatchObject({ code: 'ENOENT' })
    expect(isCancelled()).toBe(true)
  })

  test('onto a folder fails and leaves the folder alone', async () => {
    await expect(downloadTo(content(['a']).file, folder)).rejects.toMatchObject({ syscall: 'rename' })
    expect(await readdir(folder)).toEqual([])
  })
})
