import { accountLinkUrl, finishAccountLink, startAccountLink } from 'line-oa/login'
import { memoryStore } from 'line-oa/store'
import type { AccountLinkEvent } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'
import { TestClock } from '../clock.js'
import { userId } from './tokens-by-hand.js'

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

describe('the way to LINE', () => {
  test('has link token and nonce, and nothing of the account', async () => {
    const { url, nonce } = await started()
    expect(url).toBe(`https://access.line.me/dialog/bot/accountLink?linkToken=${linkToken}&nonce=${nonce}`)
    expect(url).not.toContain('account-42')
  })

  test('nonces are of 256 bits, fit into a URL as they are, and are new each time', async () => {
    const nonces = await Promise.all(Array.from({ length: 50 }, async () => (await started()).nonce))
    for (const nonce of nonces) expect(nonce).toMatch(/^[\w-]{43}$/)
    expect(new Set(nonces).size).toBe(50)
  })

  test('values are encoded, and an emulator takes the place of LINE', () => {
    const url = accountLinkUrl({ linkToken: 'a+b/c=', nonce: 'abc+/=0123', baseUrl: 'http://127.0.0.1:1/' })
    expect(url).toBe('http://127.0.0.1:1/dialog/bot/accountLink?linkToken=a%2Bb%2Fc%3D&nonce=abc%2B%2F%3D0123')
  })

  test('a nonce has 10 to 255 characters', () => {
    for (const length of [10, 255])
      expect(accountLinkUrl({ linkToken, nonce: 'a'.repeat(length) })).toContain('nonce=aaa')
    for (const length of [0, 9, 256])
      expect(() => accountLinkUrl({ linkToken, nonce: 'a'.repeat(length) })).toThrowError(
        expect.objectContaining({ code: 'LINE_INPUT' }),
      )
  })

  test('an empty account or link token is refused, and nothing is kept', async () => {
    const store = memoryStore()
    await expect(startAccountLink({ linkToken, accountId: '', store })).rejects.toMatchObject({ code: 'LINE_INPUT' })
    await expect(startAccountLink({ linkToken: '', accountId: 'a', store })).rejects.toMatchObject({
      code: 'LINE_INPUT',
    })
  })
})

describe('the event', () => {
  test('leads to the account that the nonce was made for', async () => {
    const { nonce, store } = await started()
    expect(await finishAccountLink(event(nonce), store)).toEqual({ status: 'linked', accountId: 'account-42', userId })
  })

  test('gives the same when LINE delivers it again, a day later too', async () => {
    const { nonce, store, clock } = await started()
    for (let i = 0; i < 3; i++) {
      expect(await finishAccountLink(event(nonce), store)).toMatchObject({ status: 'linked', accountId: 'account-42' })
      clock.jump(86_400_000)
    }
  })

  test('does not link a second LINE user under the same nonce', async () => {
    const { nonce, store } = await started()
    await finishAccountLink(event(nonce), store)
    const other = event(nonce, { source: { type: 'user', userId: `U${'0'.repeat(32)}` } })
    expect(await finishAccountLink(other, store)).toEqual({ status: 'unknown' })
  })

  test('of two users at the same time, one is linked', async () => {
    const { nonce, store } = await started()
    const other = event(nonce, { source: { type: 'user', userId: `U${'0'.repeat(32)}` } })
    const results = await Promise.all([finishAccountLink(event(nonce), store), finishAccountLink(other, store)])
    expect(results.map(({ status }) => status).sort()).toEqual(['linked', 'unknown'])
  })

  test('delivered twice at the same time gives the same twice', async () => {
    const { nonce, store } = await started()
    const results = await Promise.all([finishAccountLink(event(nonce), store), finishAccountLink(event(nonce), store)])
    expect(results).toEqual(Array(2).fill({ status: 'linked', accountId: 'account-42', userId }))
  })

  test('says when it failed, and the nonce is used up', async () => {
    const { nonce, store } = await started()
    expect(await finishAccountLink(failed(nonce), store)).toEqual({ status: 'failed', accountId: 'account-42' })
    expect(await finishAccountLink(event(nonce), store)).toEqual({ status: 'unknown' })
    expect(await finishAccountLink(failed(nonce), store)).toEqual({ status: 'failed', accountId: undefined })
  })

  test('with an unknown nonce links nothing', async () => {
    const { store } = await started()
    for (const nonce of ['', 'guessed-nonce', '__proto__'])
      expect(await finishAccountLink(event(nonce), store)).toEqual({ status: 'unknown' })
  })

  test('after an hour links nothing', async () => {
    const { nonce, store, clock } = await started()
    clock.jump(3_600_000)
    expect(await finishAccountLink(event(nonce), store)).toEqual({ status: 'unknown' })
  })

  test.each([
    ['without a user', { source: undefined }],
    ['with a result that LINE may add', { link: { result: 'postponed', nonce: '' } }],
  ])('%s links nothing', async (_, changes) => {
    const { nonce, store } = await started()
    const odd = event(nonce, changes)
    expect((await finishAccountLink({ ...odd, link: { ...odd.link, nonce } }, store)).status).toBe('failed')
  })

  test('what else stands in the store is not taken for an account', async () => {
    const { store, nonce } = await started()
    await store.set(`line-oa:account-link:${nonce}`, 'text')
    expect(await finishAccountLink(event(nonce), store)).toEqual({ status: 'unknown' })
  })
})
