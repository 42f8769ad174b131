import { accountLinkUrl, finishAccountLink, startAccountLink } from 'line-oa/login'
import { memoryStore } from 'line-oa/store'
import type { AccountLinkEvent } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'
import { TestClock } from '../clock.js'
import { userId } from './signed-tokens.js'

const linkToken = 'NMZTNuVrPTqlr2IF8Bnymkb7rXfYv5EY'

function event(nonce: string, changes: Partial<AccountLinkEvent> = {}): AccountLinkEvent {
  return {
    type: 'accountLink',
    link: { result: 'ok', nonce },
    source: { type: 'user', userId },
    replyToken: 'r',
    webhookEventId: '01',
    timestamp: 1,
    mode: 'active',
    deliveryContext: { isRedelivery: false },
    ...changes,
  }
}

const failed = (nonce: string) =>
  event(nonce, { link: { result: 'failed', nonce }, source: undefined, replyToken: undefined })

async function started(accountId = 'account-42') {
  const clock = new TestClock()
  const store = memoryStore({ clock })
  return { clock, store, ...(await startAccountLink({ linkToken, accountId, store })) }
}

describe('startAccountLink', () => {
  test('returns a URL with link token and nonce, without the account ID', async () => {
    const { url, nonce } = await started()
    expect(url).toBe(`https://access.line.me/dialog/bot/accountLink?linkToken=${linkToken}&nonce=${nonce}`)
    expect(url).not.toContain('account-42')
  })

  test('makes a new nonce of 256 bits each time, without characters that a URL must encode', async () => {
    const nonces = await Promise.all(Array.from({ length: 50 }, async () => (await started()).nonce))
    for (const nonce of nonces) expect(nonce).toMatch(/^[\w-]{43}$/)
    expect(new Set(nonces).size).toBe(50)
  })

  test('accountLinkUrl encodes the values and accepts a base URL', () => {
    const url = accountLinkUrl({ linkToken: 'a+b/c=', nonce: 'abc+/=0123', baseUrl: 'http://127.0.0.1:1/' })
    expect(url).toBe('http://127.0.0.1:1/dialog/bot/accountLink?linkToken=a%2Bb%2Fc%3D&nonce=abc%2B%2F%3D0123')
  })

  test('accountLinkUrl accepts nonces of 10 to 255 characters', () => {
    for (const length of [10, 255])
      expect(accountLinkUrl({ linkToken, nonce: 'a'.repeat(length) })).toContain('nonce=aaa')
    for (const length of [0, 9, 256])
      expect(() => accountLinkUrl({ linkToken, nonce: 'a'.repeat(length) })).toThrowError(
        expect.objectContaining({ code: 'LINE_INPUT' }),
      )
  })

  test('accountLinkUrl refuses half of a surrogate pair, which a URL cannot contain', () => {
    for (const input of [
      { linkToken: 'a\ud800', nonce: 'a'.repeat(10) },
      { linkToken, nonce: `${'a'.repeat(10)}\udc00` },
    ])
      expect(() => accountLinkUrl(input)).toThrowError(expect.objectContaining({ code: 'LINE_INPUT' }))
  })

  test('refuses an empty account ID or link token and stores nothing', async () => {
    const written: string[] = []
    const memory = memoryStore()
    const store = {
      ...memory,
      add: async (key: string, value: string, ttl?: number) => {
        written.push(key)
        return memory.add(key, value, ttl)
      },
      set: async (key: string, value: string, ttl?: number) => {
        written.push(key)
        return memory.set(key, value, ttl)
      },
    }
    await expect(startAccountLink({ linkToken, accountId: '', store })).rejects.toMatchObject({ code: 'LINE_INPUT' })
    await expect(startAccountLink({ linkToken: '', accountId: 'a', store })).rejects.toMatchObject({
      code: 'LINE_INPUT',
    })
    expect(written).toEqual([])
  })
})

describe('finishAccountLink', () => {
  test('returns the account that the nonce was made for', async () => {
    const { nonce, store } = await started()
    expect(await finishAccountLink(event(nonce), store)).toEqual({ status: 'linked', accountId: 'account-42', userId })
  })

  test('returns the same for a redelivered event, also after a day', async () => {
    const { nonce, store, clock } = await started()
    for (let i = 0; i < 3; i++) {
      expect(await finishAccountLink(event(nonce), store)).toMatchObject({ status: 'linked', accountId: 'account-42' })
      clock.jump(86_400_000)
    }
  })

  test('does not link a second user with the same nonce', async () => {
    const { nonce, store } = await started()
    await finishAccountLink(event(nonce), store)
    const other = event(nonce, { source: { type: 'user', userId: `U${'0'.repeat(32)}` } })
    expect(await finishAccountLink(other, store)).toEqual({ status: 'unknown' })
  })

  test('links one of two users that arrive at the same time', async () => {
    const { nonce, store } = await started()
    const other = event(nonce, { source: { type: 'user', userId: `U${'0'.repeat(32)}` } })
    const results = await Promise.all([finishAccountLink(event(nonce), store), finishAccountLink(other, store)])
    expect(results.map(({ status }) => status).sort()).toEqual(['linked', 'unknown'])
  })

  test('returns the same for two concurrent deliveries', async () => {
    const { nonce, store } = await started()
    const results = await Promise.all([finishAccountLink(event(nonce), store), finishAccountLink(event(nonce), store)])
    expect(results).toEqual(Array(2).fill({ status: 'linked', accountId: 'account-42', userId }))
  })

  test('returns a failed link, after which the nonce is used up', async () => {
    const { nonce, store } = await started()
    expect(await finishAccountLink(failed(nonce), store)).toEqual({ status: 'failed', accountId: 'account-42' })
    expect(await finishAccountLink(event(nonce), store)).toEqual({ status: 'unknown' })
    expect(await finishAccountLink(failed(nonce), store)).toEqual({ status: 'failed', accountId: undefined })
  })

  test('links nothing for an unknown nonce', async () => {
    const { store } = await started()
    for (const nonce of ['', 'guessed-nonce', '__proto__'])
      expect(await finishAccountLink(event(nonce), store)).toEqual({ status: 'unknown' })
  })

  test('links nothing after an hour', async () => {
    const { nonce, store, clock } = await started()
    clock.jump(3_600_000)
    expect(await finishAccountLink(event(nonce), store)).toEqual({ status: 'unknown' })
  })

  test.each([
    ['an event without a user', { source: undefined }],
    ['a result that LINE may add', { link: { result: 'postponed', nonce: '' } }],
  ])('links nothing for %s', async (_, changes) => {
    const { nonce, store } = await started()
    const odd = event(nonce, changes)
    expect((await finishAccountLink({ ...odd, link: { ...odd.link, nonce } }, store)).status).toBe('failed')
  })

  test('ignores another value under the same key of the store', async () => {
    const { store, nonce } = await started()
    await store.set(`line-oa:account-link:${nonce}`, 'text')
    expect(await finishAccountLink(event(nonce), store)).toEqual({ status: 'unknown' })
  })
})
