import { Secret } from 'line-oa/credentials'
import type { LoginAttempt } from 'line-oa/login'
import { openAttempt, type SealingKey, sealAttempt } from 'line-oa/login/seal'
import { describe, expect, test } from 'vitest'
import { TestClock } from '../clock.js'
import { redirectUri, setup } from './fake-line.js'
import { now, userId } from './signed-tokens.js'

const text = 'rk3Cq0lVwzqZb0m1Cj5m7yqf3sXo0N1d'
const bytes = (fill: number) => new Uint8Array(32).fill(fill)

async function sealed(key: SealingKey = text, lifetime?: number) {
  const clock = new TestClock(now * 1000)
  const attempt = await setup().login.start({ returnTo: '/shop' })
  return { clock, attempt, value: await sealAttempt(attempt, key, { clock, lifetime }) }
}

describe('a sealed attempt', () => {
  test.each<[string, SealingKey]>([
    ['a string', text],
    ['a secret', new Secret(text)],
    ['32 bytes', bytes(1)],
  ])('can be opened with %s', async (_, key) => {
    const { attempt, value, clock } = await sealed(key)
    expect(await openAttempt(value, key, { clock })).toEqual(attempt)
  })

  test('is a JWE that fits into a cookie and differs each time', async () => {
    const { attempt, value, clock } = await sealed()
    expect(value).toMatch(/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/)
    expect(JSON.parse(Buffer.from(value.split('.')[0] ?? '', 'base64url').toString())).toEqual({
      alg: 'dir',
      enc: 'A256GCM',
    })
    expect(value.length).toBeLessThan(2000)
    expect(await sealAttempt(attempt, text, { clock })).not.toBe(value)
  })

  test('carries a login through a server without sessions', async () => {
    const { login, start, clock } = setup()
    const cookie = await sealAttempt(await start(), text, { clock })
    const attempt = await openAttempt(cookie, text, { clock })
    const callback = `${redirectUri}&code=1&state=${attempt?.state}`
    await expect(login.finish(callback, attempt)).resolves.toMatchObject({ userId })
  })
})

describe('a sealed attempt does not open', () => {
  test('after 30 minutes or the given lifetime', async () => {
    for (const [lifetime, ms] of [[undefined, 1_800_000] as const, [5000, 5000] as const]) {
      const { value, clock } = await sealed(text, lifetime)
      clock.jump(ms - 1)
      expect(await openAttempt(value, text, { clock })).toBeDefined()
      clock.jump(1)
      expect(await openAttempt(value, text, { clock })).toBeUndefined()
    }
  })

  test('with another key', async () => {
    const { value, clock } = await sealed()
    for (const key of [`${text}0`, bytes(1)]) expect(await openAttempt(value, key, { clock })).toBeUndefined()
    const other = await sealed(bytes(1))
    expect(await openAttempt(other.value, bytes(2), other)).toBeUndefined()
  })

  test('when a part was changed', async () => {
    const { value, clock } = await sealed()
    const parts = value.split('.')
    for (const at of [0, 2, 3, 4]) {
      const changed = parts
        .map((part, i) => (i === at ? `${part.startsWith('A') ? 'B' : 'A'}${part.slice(1)}` : part))
        .join('.')
      expect(await openAttempt(changed, text, { clock })).toBeUndefined()
    }
  })

  test.each([undefined, null, '', 'text', 'a.b.c', '....', 'x'.repeat(5000)])('when the value is %j', async (value) => {
    expect(await openAttempt(value, text)).toBeUndefined()
  })

  test('when the sealed content is not an attempt', async () => {
    const { CompactEncrypt } = await import('jose')
    for (const content of ['null', '{}', '{"attempt":{},"until":9e15}', 'text']) {
      const value = await new CompactEncrypt(new TextEncoder().encode(content))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .encrypt(bytes(1))
      expect(await openAttempt(value, bytes(1))).toBeUndefined()
    }
  })

  test.each([
    { alg: 'A256KW', enc: 'A256GCM' },
    { alg: 'dir', enc: 'A128CBC-HS256' },
  ])('when another JWE algorithm was used with the same key: %o', async (header) => {
    const { CompactEncrypt } = await import('jose')
    const { attempt, clock } = await sealed()
    const content = new TextEncoder().encode(JSON.stringify({ attempt, until: (now + 100) * 1000 }))
    const value = await new CompactEncrypt(content).setProtectedHeader(header).encrypt(bytes(1))
    expect(await openAttempt(value, bytes(1), { clock })).toBeUndefined()
  })
})

describe('sealing keys', () => {
  test('can be rotated: the first seals, and all open', async () => {
    const old = await sealed(bytes(1))
    expect(await openAttempt(old.value, [bytes(2), bytes(1)], old)).toEqual(old.attempt)
    const value = await sealAttempt(old.attempt, [bytes(2), bytes(1)], old)
    expect(await openAttempt(value, bytes(2), old)).toEqual(old.attempt)
    expect(await openAttempt(value, bytes(1), old)).toBeUndefined()
  })

  const missing: unknown = undefined
  test.each<[string, SealingKey]>([
    ['31 characters', text.slice(1)],
    ['16 bytes', new Uint8Array(16)],
    ['33 bytes', new Uint8Array(33)],
    ['no characters', ''],
    ['undefined', missing as string],
  ])('of %s are refused', async (_, key) => {
    const { attempt } = await sealed()
    await expect(sealAttempt(attempt, key)).rejects.toMatchObject({ code: 'LINE_INPUT' })
    await expect(openAttempt('a..b.c.d', key)).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })

  test('are not contained in the error when they are refused', async () => {
    const { attempt } = await sealed()
    const error: unknown = await sealAttempt(attempt, 'short-password').catch((thrown: unknown) => thrown)
    expect(JSON.stringify(error)).not.toContain('short-password')
  })

  test('do not seal a value that is not an attempt', async () => {
    const wrong: unknown = { state: '1' }
    await expect(sealAttempt(wrong as LoginAttempt, text)).rejects.toMatchObject({ code: 'LINE_INPUT' })
  })
})
