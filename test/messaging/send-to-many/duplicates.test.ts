// Duplicates over a whole list, with dedupe: 'all': exact for IDs of any form, in 16 bytes an ID and room to grow.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { createLineClient, sendToMany } from 'line-oa'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { jobId, messages, nobody } from './setup.js'

afterEach(() => vi.unstubAllGlobals())

const line = createLineClient({
  channelAccessToken: 'token',
  fetch: async () => Response.json({ type: 'none', totalUsage: 0 }),
})

/** How many users and duplicates a list has. A dry run reads the whole list and sends nothing. */
async function count(list: Iterable<string>): Promise<{ recipients: number; duplicates: number }> {
  const { recipients, duplicates } = await sendToMany(line, list, messages, { jobId, dedupe: 'all', dryRun: true })
  return { recipients, duplicates }
}

// More than a batch of 500, so that what comes before and after lies in different batches.
const batches = nobody(1000, 2 ** 40)

describe('duplicates over a whole list', () => {
  test.each<[string, (number: number) => string]>([
    ['like LINE’s own', (number) => `U${createHash('md5').update(String(number)).digest('hex')}`],
    ['that count up', (number) => `U${number.toString(16).padStart(32, '0')}`],
    ['that differ at their start only', (number) => `U${number.toString(16).padStart(8, '0')}${'0'.repeat(24)}`],
  ])('are found among 200,000 IDs %s', async (_, make) => {
    const ids = Array.from({ length: 200_000 }, (__, number) => make(number))
    expect(await count([...ids, ...ids])).toEqual({ recipients: 200_000, duplicates: 200_000 })
  })

  test('are the same as with a Set, for IDs of any form', async () => {
    const digit = fc.constantFrom(...'0123456789abcdef')
    // Few digits, so that many are equal and many differ in one place only.
    const id = fc.oneof(
      fc.string({ unit: fc.constantFrom('0', 'f'), minLength: 32, maxLength: 32 }).map((hex) => `U${hex}`),
      fc.string({ unit: digit, minLength: 32, maxLength: 32 }).map((hex) => `U${hex}`),
      fc.string({ unit: fc.constantFrom('U', '0', 'A', 'f'), minLength: 1, maxLength: 3 }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(id, { maxLength: 300 }), fc.array(id, { maxLength: 300 }), async (before, after) => {
        const list = [...before, ...batches, ...after]
        const { size } = new Set(list)
        expect(await count(list)).toEqual({ recipients: size, duplicates: list.length - size })
      }),
    )
  })

  test.each([
    ['of zeros', `U${'0'.repeat(32)}`],
    ['in upper case', `U${'A'.repeat(32)}`],
    ['of a module channel', `LU${'0'.repeat(32)}-U${'1'.repeat(32)}`],
    ['of one character', 'U'],
  ])('are found for an ID %s', async (_, id) => {
    expect(await count([id, ...batches, id])).toEqual({ recipients: batches.length + 1, duplicates: 1 })
  })

  test('take 16 bytes per ID, and up to 22 with the free slots', async () => {
    // The process's own count of its buffers lags behind its garbage collector. A buffer that was given back has no length.
    const arrays: Uint32Array[] = []
    class CountedArray extends Uint32Array {
      constructor(length: number) {
        super(length)
        arrays.push(this)
      }
    }
    vi.stubGlobal('Uint32Array', CountedArray)
    const bytes = () => arrays.reduce((sum, array) => sum + array.byteLength, 0)
    const sizes: number[] = []
    function* measured() {
      let number = 0
      for (const id of nobody(300_000)) {
        yield id
        number += 1
        if (number % 10_000 === 0) sizes.push(bytes() / number)
      }
    }
    await count(measured())
    expect(sizes).toHaveLength(30)
    for (const size of sizes) {
      expect(size).toBeGreaterThan(16 / 0.92)
      expect(size).toBeLessThan(16 / 0.73)
    }
  })
})
