import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test, vi } from 'vitest'
import { channelSecret, delivery, destination, signed, text } from './signed.js'

// The receiver loads the code that handles events with the first event. Its files may be renamed, so they are found in the source.
function lazyModules(): readonly string[] {
  const folder = resolve(import.meta.dirname, '../../src/webhook')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(({ name }) => name.endsWith('.ts'))
  return files.flatMap(({ name, parentPath }) =>
    [...readFileSync(resolve(parentPath, name), 'utf8').matchAll(/await import\('(\.[^']+)\.js'\)/g)].map(([, path]) =>
      resolve(parentPath, `${path}.ts`),
    ),
  )
}

test('a receiver answers 500 and reports the error when the code that handles events cannot be loaded', async () => {
  const modules = new Set(lazyModules())
  expect(modules.size).toBeGreaterThan(0)
  for (const path of modules)
    vi.doMock(path, () => {
      throw new Error('a file is missing')
    })
  vi.resetModules()
  try {
    const { createReceiver } = await import('line-oa/webhook')
    const errors: unknown[] = []
    const receiver = createReceiver({ channelSecret, onError: (error) => void errors.push(error) })
    const handler = vi.fn()
    receiver.on('message', handler)
    const body = signed(delivery(text('a')))
    expect((await receiver.handle({ ...body, waitUntil: () => {} })).status).toBe(500)
    await expect(receiver.process({ destination, events: [] })).rejects.toThrow()
    expect(errors).toHaveLength(1)
    await receiver.drain()
    expect(handler).not.toHaveBeenCalled()
  } finally {
    for (const path of modules) vi.doUnmock(path)
    vi.resetModules()
  }
})
