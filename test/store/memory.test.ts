import { memoryStore } from 'line-oa/store'
import { describe, expect, test } from 'vitest'
import { storeContract } from './contract.js'

function manualClock(at = 1_767_225_600_000) {
  return { now: () => at, pass: (ms: number) => void (at += ms) }
}

storeContract('memoryStore', () => {
  const clock = manualClock()
  return { store: memoryStore({ clock }), ttl: 60_000, pass: clock.pass }
})

describe('memoryStore', () => {
  test('an entry expires exactly at the end of its lifetime', async () => {
    const clock = manualClock()
    const store = memoryStore({ clock })
    await store.set('key', 'value', 1000)
    clock.pass(999)
    expect(await store.get('key')).toBe('value')
    clock.pass(1)
    expect(await store.get('key')).toBeUndefined()
  })

  test('uses the system clock by default', async () => {
    const store = memoryStore()
    await store.set('key', 'value', 60_000)
    expect(await store.get('key')).toBe('value')
  })

  test('a lifetime of NaN expires at once', async () => {
    const store = memoryStore()
    await store.set('key', 'value', Number.NaN)
    expect(await store.get('key')).toBeUndefined()
  })

  test('evicts the least recently written entry beyond maxEntries', async () => {
    const store = memoryStore({ maxEntries: 2 })
    await store.set('a', '1')
    await store.set('b', '2')
    await store.set('a', '3') // written again, so b is the oldest now
    await store.set('c', '4')
    expect([await store.get('a'), await store.get('b'), await store.get('c')]).toEqual(['3', undefined, '4'])
  })

  test('overwriting an entry of a full store evicts nothing', async () => {
    const store = memoryStore({ maxEntries: 2 })
    await store.set('a', '1')
    await store.set('b', '2')
    await store.set('b', '3')
    expect([await store.get('a'), await store.get('b')]).toEqual(['1', '3'])
  })

  test('keeps at most maxBytes, whatever the size of its entries is', async () => {
    const store = memoryStore({ maxBytes: 1_000_000 })
    for (let i = 0; i < 100; i++) await store.set(`${i}`, 'x'.repeat(100_000))
    const kept = await Promise.all(Array.from({ length: 100 }, (_, i) => store.get(`${i}`)))
    expect(kept.flatMap((value, i) => (value === undefined ? [] : [i]))).toEqual([96, 97, 98, 99])
    await store.delete('99')
    await store.set('small', 'x')
    expect(await store.get('96')).toBeDefined()
  })

  test.each([0, -1, Number.NaN])('refuses maxEntries of %s', (maxEntries) => {
    expect(() => memoryStore({ maxEntries })).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  })

  test('expired entries are removed although they are never read', async () => {
    const clock = manualClock()
    const store = memoryStore({ clock, maxEntries: 1000 })
    await store.set('lasting', 'value')
    for (let i = 0; i < 10_000; i++) {
      await store.set(`event ${i}`, 'done', 100)
      clock.pass(1)
    }
    // If expired entries stayed, they would have evicted the lasting one, which is the least recently written.
    expect(await store.get('lasting')).toBe('value')
  })
})
