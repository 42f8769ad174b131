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

/** A file that comes in parts and ends with `failure`, where it is given. */
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
  test('writes what a person sent to the disk', async () => {
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

  test('replaces an existing file once it is complete', async () => {
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

  test('that breaks off leaves the existing file and no other', async () => {
    const path = join(folder, 'photo.jpg')
    await writeFile(path, 'old')
    const failure = new Error('lost')
    await expect(downloadTo(content(['half'], failure).file, path)).rejects.toBe(failure)
    expect(await readdir(folder)).toEqual(['photo.jpg'])
    expect(await readFile(path, 'utf8')).toBe('old')
  })

  test('that never begins leaves no file', async () => {
    const failure = new Error('404')
    await expect(downloadTo(Promise.reject(failure), join(folder, 'photo.jpg'))).rejects.toBe(failure)
    expect(await readdir(folder)).toEqual([])
  })

  test('of no bytes is refused, because that is the response while a video is not ready', async () => {
    await expect(downloadTo(content([]).file, join(folder, 'video.mp4'))).rejects.toMatchObject({ code: 'LINE_INPUT' })
    expect(await readdir(folder)).toEqual([])
  })

  test('to a missing folder fails and closes the connection', async () => {
    const { file, isCancelled } = content(['a', 'b'])
    await expect(downloadTo(file, join(folder, 'none', 'photo.jpg'))).rejects.toMatchObject({ code: 'LINE_INPUT' })
    expect(isCancelled()).toBe(true)
  })

  test('to the path of a folder fails and leaves the folder as it was', async () => {
    await expect(downloadTo(content(['a']).file, folder)).rejects.toMatchObject({ code: 'LINE_INPUT' })
    expect(await readdir(folder)).toEqual([])
  })
})
