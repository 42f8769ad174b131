import type { Store } from 'line-oa/store'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

/** A store under test, empty. */
export interface StoreSubject {
  readonly store: Store
  /** The same data through another connection, where the store has such a thing. */
  readonly other?: Store
  /** A lifetime in milliseconds that is long enough for a test and that `pass` can get over. */
  readonly ttl: number
  /** Lets time pass for the store, by its clock or by waiting. */
  pass(ms: number): void | Promise<void>
  close?(): void | Promise<void>
}

/** What every store must do. */
export function storeContract(name: string, open: () => StoreSubject | Promise<StoreSubject>): void {
  describe(`${name} keeps the contract of Store`, () => {
    let subject: StoreSubject
    let store: Store
    let other: Store

    beforeEach(async () => {
      subject = await open()
      store = subject.store
      other = subject.other ?? subject.store
    })
    afterEach(() => subject.close?.())

    test('what was never written is undefined', async () => {
      expect(await store.get('token')).toBeUndefined()
    })

    test('set writes, and writes over', async () => {
      await store.set('token', 'one')
      expect(await other.get('token')).toBe('one')
      await store.set('token', 'two')
      expect(await other.get('token')).toBe('two')
    })

    test.each(['', ' ', '__proto__', 'constructor', 'a:b/c?d=é', '鍵🔑', 'k'.repeat(500)])(
      'any text is a key: %j',
      async (key) => {
        expect(await store.get(key)).toBeUndefined()
        expect(await store.add(key, 'value')).toBe(true)
        expect(await store.get(key)).toBe('value')
        expect(await store.delete(key)).toBe(true)
      },
    )

    test.each(['', '0', 'null', '{"a":"é🔑"}', 'v'.repeat(100_000)])('any text is a value', async (value) => {
      await store.set('key', value)
      expect(await store.get('key')).toBe(value)
      expect(await store.add('key', 'other')).toBe(false)
      expect(await store.replace('key', value, 'next')).toBe(true)
      expect(await store.delete('key', 'next')).toBe(true)
    })

    test('keys do not touch each other', async () => {
      await store.set('a', '1')
      await store.set('A', '2')
      await store.set('a ', '3')
      await store.delete('A')
      expect([await store.get('a'), await store.get('A'), await store.get('a ')]).toEqual(['1', undefined, '3'])
    })

    test('add writes only where nothing is', async () => {
      expect(await store.add('lease', 'mine')).toBe(true)
      expect(await other.add('lease', 'yours')).toBe(false)
      expect(await store.get('lease')).toBe('mine')
    })

    test('delete says whether there was something', async () => {
      await store.set('lease', 'mine')
      expect(await other.delete('lease')).toBe(true)
      expect(await store.delete('lease')).toBe(false)
      expect(await store.get('lease')).toBeUndefined()
    })

    test('delete with an expected value leaves any other', async () => {
      await store.set('lease', 'mine')
      expect(await store.delete('lease', 'yours')).toBe(false)
      expect(await store.delete('lease', '')).toBe(false)
      expect(await store.get('lease')).toBe('mine')
      expect(await store.delete('lease', 'mine')).toBe(true)
      expect(await store.delete('lease', 'mine')).toBe(false)
    })

    test('replace writes only over the expected value', async () => {
      expect(await store.replace('lease', 'mine', 'done')).toBe(false)
      expect(await store.get('lease')).toBeUndefined()
      await store.set('lease', 'mine')
      expect(await store.replace('lease', 'yours', 'done')).toBe(false)
      expect(await other.replace('lease', 'mine', 'done')).toBe(true)
      expect(await store.get('lease')).toBe('done')
    })

    test.each<[string, (store: Store, ttl: number) => Promise<unknown>]>([
      ['set', (store, ttl) => store.set('key', 'value', ttl)],
      ['add', (store, ttl) => store.add('key', 'value', ttl)],
      ['replace', (store, ttl) => store.set('key', 'before').then(() => store.replace('key', 'before', 'value', ttl))],
    ])('what %s wrote for a time is gone after it, for every method', async (_, write) => {
      await write(store, subject.ttl)
      expect(await store.get('key')).toBe('value')
      await subject.pass(subject.ttl)
      expect(await store.get('key')).toBeUndefined()
      expect(await store.delete('key')).toBe(false)
      expect(await store.replace('key', 'value', 'again')).toBe(false)
      expect(await store.add('key', 'another')).toBe(true)
    })

    test.each<[string, (store: Store) => Promise<unknown>]>([
      ['set', (store) => store.set('key', 'value')],
      ['replace', (store) => store.replace('key', 'before', 'value')],
    ])('%s without a lifetime takes away the one before', async (_, write) => {
      await store.set('key', 'before', subject.ttl)
      await write(store)
      await subject.pass(subject.ttl)
      expect(await store.get('key')).toBe('value')
    })

    test('a refused add, delete or replace does not touch the lifetime', async () => {
      await store.set('key', 'value', subject.ttl)
      expect(await store.add('key', 'other')).toBe(false)
      expect(await store.replace('key', 'other', 'next')).toBe(false)
      expect(await store.delete('key', 'other')).toBe(false)
      await subject.pass(subject.ttl)
      expect(await store.get('key')).toBeUndefined()
    })

    test.each([0, -1])('a lifetime of %i ms keeps nothing', async (ttl) => {
      await store.set('key', 'before')
      await store.set('key', 'value', ttl)
      expect(await store.get('key')).toBeUndefined()
      expect(await store.add('key', 'value', ttl)).toBe(true)
      expect(await store.get('key')).toBeUndefined()
    })

    test('of forty that add at once, one wins', async () => {
      const won = await Promise.all(
        Array.from({ length: 40 }, (_, i) => (i % 2 ? store : other).add('lease', `owner ${i}`)),
      )
      expect(won.filter(Boolean)).toHaveLength(1)
      expect(await store.get('lease')).toBe(`owner ${won.indexOf(true)}`)
    })

    test('of forty that replace one value at once, one wins', async () => {
      await store.set('lease', 'before')
      const won = await Promise.all(
        Array.from({ length: 40 }, (_, i) => (i % 2 ? store : other).replace('lease', 'before', `owner ${i}`)),
      )
      expect(won.filter(Boolean)).toHaveLength(1)
      expect(await store.get('lease')).toBe(`owner ${won.indexOf(true)}`)
    })

    test('of forty that delete one value at once, one did it', async () => {
      await store.set('lease', 'mine')
      const did = await Promise.all(
        Array.from({ length: 40 }, (_, i) => (i % 2 ? store : other).delete('lease', 'mine')),
      )
      expect(did.filter(Boolean)).toHaveLength(1)
    })
  })
}
