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
  test('an entry lives until the last millisecond of its time, and no longer', async () => {
    const clock = manualClock()
    const store = memoryStore({ clock })
    await store.set('key', 'value', 1000)
    clock.pass(999)
    expect(await store.get('key')).toBe('value')
    clock.pass(1)
    expect(await store.get('key')).toBeUndefined()
  })

  test('works by the system clock when it is given none', async () => {
    const store = memoryStore()
    await store.set('key', 'value', 60_000)
    expect(await store.get('key')).toBe('value')
  })

  test('a lifetime that is no number keeps nothing rather than all', async () => {
    const store = memoryStore()
    await store.set('key', 'value', Number.NaN)
    expect(await store.get('key')).toBeUndefined()
  })

  test('past maxEntries the entry written longest ago goes', async () => {
    const store = memoryStore({ maxEntries: 2 })
    await store.set('a', '1')
    await store.set('b', '2')
    await store.set('a', '3') // written again, so b is the oldest now
    await store.set('c', '4')
    expect([await store.get('a'), await store.get('b'), await store.get('c')]).toEqual(['3', undefined, '4'])
  })

  test('writing over an entry of a full store takes no other away', async () => {
    const store = memoryStore({ maxEntries: 2 })
    await store.set('a', '1')
    await store.set('b', '2')
    await store.set('b', '3')
    expect([await store.get('a'), await store.get('b')]).toEqual(['1', '3'])
  })

  test.each([0, -1, Number.NaN])('refuses maxEntries of %s', (maxEntries) => {
    expect(() => memoryStore({ maxEntries })).toThrow(expect.objectContaining({ code: 'LINE_INPUT' }))
  })

  test('entries past their time do not pile up while nobody asks for them', async () => {
    const clock = manualClock()
    const store = memoryStore({ clock, maxEntries: 1000 })
    await store.set('lasting', 'value')
    for (let i = 0; i < 10_000; i++) {
      await store.set(`event ${i}`, 'done', 100)
      clock.pass(1)
    }
    // Had the dead entries stayed, the lasting one, written longest ago, would have been pushed out by them.
    expect(await store.get('lasting')).toBe('value')
  })
})
