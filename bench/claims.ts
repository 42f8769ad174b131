import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteStore } from 'line-oa/store/sqlite'
import { createEvents, signedDelivery } from 'line-oa/testing'
import { createReceiver } from 'line-oa/webhook'
import { type Case, compare, timed } from './rounds.ts'

const channelSecret = '8c570fa6dd201bb328f1c1eac23a96d8'

/** Claims per second of a receiver, by the durability of its SQLite store, and the ratio of the times per claim. */
export interface ClaimFigures {
  readonly perSecond: { readonly full: number; readonly normal: number }
  /** The time of a claim with `full` divided by that with `normal`. */
  readonly ratio: number
}

/** Measures deliveries of one event each, which a receiver claims in a SQLite file on disk and marks as handled. */
export async function claimFigures(count: number, rounds: number): Promise<ClaimFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'line-oa-claims-'))
  const events = createEvents()
  const stores = (['full', 'normal'] as const).map((durability) => ({
    durability,
    store: sqliteStore(join(folder, `${durability}.db`), { durability }),
  }))
  try {
    const cases = stores.map(({ durability, store }): Case => {
      let handled = 0
      const receiver = createReceiver({ channelSecret, store }).on('message:text', () => {
        handled++
      })
      return {
        name: durability,
        run: async () => {
          const deliveries = await Promise.all(
            Array.from({ length: count }, () => signedDelivery({ channelSecret, events: [events.text('hello')] })),
          )
          const before = handled
          let at = 0
          const microseconds = await timed(count, async () => {
            const delivery = deliveries[at++]
            if (!delivery || (await receiver.handle(delivery)).status !== 200) throw new Error('an event was refused')
          })
          if (handled - before !== count) throw new Error(`${handled - before} of ${count} events were handled`)
          return microseconds
        },
      }
    })
    const { ratios, figures } = await compare(cases, { rounds })
    const perSecond = (name: string) => 1e6 / (figures.get(name) ?? Number.NaN)
    return {
      perSecond: { full: perSecond('full'), normal: perSecond('normal') },
      ratio: ratios[0]?.median ?? Number.NaN,
    }
  } finally {
    for (const { store } of stores) store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
