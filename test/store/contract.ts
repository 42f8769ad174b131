import type { Store } from 'line-oa/store'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

/** A store under test, empty. */
export interface StoreSubject {
  readonly store: Store
  /** The same data through a second connection, where the store has connections. */
  readonly other?: Store
  /** A lifetime in milliseconds, long enough for a test and short enough for `pass`. */
  readonly ttl: number
  /** Lets milliseconds pass for the store, by its clock or by waiting. */
  pass(ms: number): void | Promise<void>
  close?(): void | Promise<void>
}

/** Registers the tests that every store must pass. */
export function storeContract(name: string, open: () => StoreSubject | Promise<StoreSubject>): void {
  describe(`${name} meets the contract of Store`, () => {
    let subject: StoreSubject
    let store: Store
    let other: Store

    beforeEach(async () => {
      subject = await open()
      store = subject.store
      other = subject.other ?? subject.store
    })
    afterEach(() => subject.close?.())

    test('get returns undefined for a key that was never written', async () => {
      expect(await store.get('token')).toBeUndefined()
    })

    test('set writes and overwrites', async () => {
      await store.set('token', 'one')
      expect(await other.get('token')).toBe('one')
      await store.set('token', 'two')
      expect(await other.get('token')).toBe('two')
    })

    test.each(['', ' ', '__proto__', 'constructor', 'a:b/c?d=é', '鍵🔑', 'k'.repeat(500)])(
      'any string can be a key: %j',
      async (key) => {
        expect(await store.get(key)).toBeUndefined()
        expect(await store.add(key, 'value')).toBe(true)
        expect(await store.get(key)).toBe('value')
        expect(await store.delete(key)).toBe(true)
      },
    )

    test.each(['', '0', 'null', '{"a":"é🔑"}', 'v'.repeat(100_000)])('any string can be a value', async (value) => {
      await store.set('key', value)
      expect(await store.get('key')).toBe(value)
      expect(await store.add('key', 'other')).toBe(false)
      expect(await store.replace('key', value, 'next')).toBe(true)
      expect(await store.delete('key', 'next')).toBe(true)
    })

    test('similar keys are separate', async () => {
      await store.set('a', '1')
      await store.set('A', '2')
      await store.set('a ', '3')
      await store.delete('A')
      expect([await store.get('a'), await store.get('A'), await store.get('a ')]).toEqual(['1', undefined, '3'])
    })

    test('add writes only where there is no value', async () => {
      expect(await store.add('lease', 'mine')).toBe(true)
      expect(await other.add('lease', 'yours')).toBe(false)
      expect(await store.get('lease')).toBe('mine')
    })

    test('delete returns whether there was a value', async () => {
      await store.set('lease', 'mine')
      expect(await other.delete('lease')).toBe(true)
      expect(await store.delete('lease')).toBe(false)
      expect(await store.get('lease')).toBeUndefined()
    })

    test('delete with an expected value keeps any other value', async () => {
      await store.set('lease', 'mine')
      expect(await store.delete('lease', 'yours')).toBe(false)
      expect(await store.delete('lease', '')).toBe(false)
      expect(await store.get('lease')).toBe('mine')
      expect(await store.delete('lease', 'mine')).toBe(true)
      expect(await store.delete('lease', 'mine')).toBe(false)
    })

    test('replace overwrites only the expected value', async () => {
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
    ])('a value that %s wrote with a lifetime has expired after it, for every method', async (_, write) => {
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
    ])('%s without a lifetime removes the previous lifetime', async (_, write) => {
      await store.set('key', 'before', subject.ttl)
      await write(store)
      await subject.pass(subject.ttl)
      expect(await store.get('key')).toBe('value')
    })

    test('a refused add, delete or replace does not change the lifetime', async () => {
      await store.set('key', 'value', subject.ttl)
      expect(await store.add('key', 'other')).toBe(false)
      expect(await store.replace('key', 'other', 'next')).toBe(false)
      expect(await store.delete('key', 'other')).toBe(false)
      await subject.pass(subject.ttl)
      expect(await store.get('key')).toBeUndefined()
    })

    test.each([0, -1])('a value with a lifetime of %i ms expires at once', async (ttl) => {
      await store.set('key', 'before')
      await store.set('key', 'value', ttl)
      expect(await store.get('key')).toBeUndefined()
      expect(await store.add('key', 'value', ttl)).toBe(true)
      expect(await store.get('key')).toBeUndefined()
    })

    test('one of forty concurrent add calls wins', async () => {
      const won = await Promise.all(
        Array.from({ length: 40 }, (_, i) => (i % 2 ? store : other).add('lease', `owner ${i}`)),
      )
      expect(won.filter(Boolean)).toHaveLength(1)
      expect(await store.get('lease')).toBe(`owner ${won.indexOf(true)}`)
    })

    test('one of forty concurrent replace calls wins', async () => {
      await store.set('lease', 'before')
      const won = await Promise.all(
        Array.from({ length: 40 }, (_, i) => (i % 2 ? store : other).replace('lease', 'before', `owner ${i}`)),
      )
      expect(won.filter(Boolean)).toHaveLength(1)
      expect(await store.get('lease')).toBe(`owner ${won.indexOf(true)}`)
    })

    test('one of forty concurrent delete calls wins', async () => {
      await store.set('lease', 'mine')
      const did = await Promise.all(
        Array.from({ length: 40 }, (_, i) => (i % 2 ? store : other).delete('lease', 'mine')),
      )
      expect(did.filter(Boolean)).toHaveLength(1)
    })
  })
}
