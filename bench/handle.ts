import { createEvents, signedDelivery } from 'line-oa/testing'
import { createReceiver } from 'line-oa/webhook'

const channelSecret = '8c570fa6dd201bb328f1c1eac23a96d8'
const further = 20

/** The time from the signed bytes to the end of the handlers, in microseconds: the median of the rounds. */
export interface HandleFigures {
  readonly one: number
  readonly each: number
}

/** Measures `receiver.handle` with deliveries of 1 event, and of 21 events from different chats. */
export async function handleFigures(count: number, rounds: number): Promise<HandleFigures> {
  const events = createEvents()
  let handled = 0
  const receiver = createReceiver({ channelSecret }).on('message:text', () => {
    handled++
  })
  const make = (size: number) =>
    Promise.all(
      Array.from({ length: count }, async () => {
        const list = Array.from({ length: size }, (_, i) =>
          events.text({ text: 'hello', source: { type: 'user', userId: `U${i}` } }),
        )
        const { body, signature } = await signedDelivery({ channelSecret, events: list })
        return { body: new TextEncoder().encode(body), signature }
      }),
    )
  const time = async (size: number) => {
    const deliveries = await make(size)
    const start = performance.now()
    for (const delivery of deliveries) {
      const { status } = await receiver.handle(delivery)
      if (status !== 200) throw new Error(`the receiver responded with ${status}`)
    }
    return ((performance.now() - start) * 1000) / count
  }
  const ones: number[] = []
  const eachs: number[] = []
  await time(1)
  await time(1 + further)
  for (let round = 0; round < rounds; round++) {
    const one = await time(1)
    ones.push(one)
    eachs.push(((await time(1 + further)) - one) / further)
  }
  if (handled !== (rounds + 1) * count * (2 + further)) throw new Error(`${handled} events were handled`)
  const median = (values: readonly number[]) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
  return { one: median(ones), each: median(eachs) }
}
