import { signedDelivery } from 'line-oa/testing'
import { createReceiver, type UnknownEvent } from 'line-oa/webhook'

const channelSecret = '8c570fa6dd201bb328f1c1eac23a96d8'
const chats = 500

/** The result of a long run. */
export interface SoakFigures {
  readonly completedOnce: number
  readonly completedTwice: number
  readonly overlapping: number
  readonly wronglyFlagged: number
  readonly late: number
  readonly failures: number
  /** Used heap after a garbage collection, in megabytes, after 60% of the deliveries and at the end. */
  readonly heap: readonly [number, number]
  readonly seconds: number
}

/** Delivers events, 64 concurrently: 5% are duplicates, 5% are out of order, and for 1% the handler fails the first time. */
export async function soak(count: number): Promise<SoakFigures> {
  const completed = new Uint8Array(count)
  const failed = new Uint8Array(count)
  const running = new Set<string>()
  const newest = new Map<string, number>()
  const figures = { overlapping: 0, wronglyFlagged: 0, late: 0, failures: 0 }
  const receiver = createReceiver({ channelSecret, onError: () => {} })
  receiver.on('unknown', async ({ event, chatId = '', isOutOfOrder }) => {
    if (running.has(chatId)) figures.overlapping++
    running.add(chatId)
    const number = Number(event['webhookEventId'])
    const time = Number(event['timestamp'])
    const before = newest.get(chatId) ?? time
    if (isOutOfOrder !== time < before) figures.wronglyFlagged++
    if (isOutOfOrder) figures.late++
    newest.set(chatId, Math.max(time, before))
    await null
    running.delete(chatId)
    if (number % 100 === 7 && !failed[number]) {
      failed[number] = 1
      figures.failures++
      throw new Error('the first attempt fails')
    }
    completed[number] = (completed[number] ?? 0) + 1
  })

  const eventOf = (number: number): UnknownEvent => ({
    type: 'soak',
    webhookEventId: String(number),
    timestamp: number,
    source: { type: 'user', userId: `U${number % chats}` },
  })
  const deliver = async (number: number) => {
    const delivery = await signedDelivery({ channelSecret, events: [eventOf(number)] })
    // LINE redelivers if webhook redelivery is turned on.
    for (let tries = 0; tries < 5 && (await receiver.handle(delivery)).status !== 200; tries++);
  }
  // One in twenty events is swapped with the next event of its chat, and one in twenty is delivered twice.
  let at = 0
  const next = (): number[] => {
    const place = at++
    const round = Math.floor(place / chats)
    const turned = place % 20 === 3 && round % 2 === 0 ? place + chats : place % 20 === 3 ? place - chats : place
    const number = turned < count ? turned : place
    return place % 20 === 11 ? [number, number] : [number]
  }
  const heaps: number[] = []
  const measure = () => {
    globalThis.gc?.()
    heaps.push(process.memoryUsage().heapUsed / 1_048_576)
  }
  const start = performance.now()
  for (const end of [count * 0.6, count]) {
    await Promise.all(
      Array.from({ length: 64 }, async () => {
        while (at < end) await Promise.all(next().map(deliver))
      }),
    )
    await receiver.drain()
    measure()
  }
  return {
    ...figures,
    completedOnce: completed.filter((times) => times === 1).length,
    completedTwice: completed.filter((times) => times > 1).length,
    heap: [heaps[0] ?? 0, heaps[1] ?? 0],
    seconds: (performance.now() - start) / 1000,
  }
}
