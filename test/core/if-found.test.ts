import type { Operation } from 'line-oa'
import { ifFound } from 'line-oa'
import { createCaller } from 'line-oa/core'
import { expect, test } from 'vitest'

const read: Operation<Record<string, never>, { id: string }> = { method: 'GET', path: '/x', repeat: 'safe', docs: '' }

const call = (status: number) =>
  createCaller({
    channelAccessToken: 'token',
    fetch: async () => new Response('{"id":"1","message":"no"}', { status }),
  }).call(read, {})

test('ifFound() returns a result unchanged, and undefined for 404', async () => {
  expect(await ifFound(call(200))).toMatchObject({ id: '1' })
  expect(await ifFound(call(404))).toBeUndefined()
})

test('ifFound() throws every other error', async () => {
  await expect(ifFound(call(403))).rejects.toMatchObject({ code: 'LINE_PERMISSION' })
  await expect(ifFound(Promise.reject(null))).rejects.toBeNull()
})
