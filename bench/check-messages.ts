import { checkMessages } from 'line-oa/contracts'
import { median } from './rounds.ts'

const text = [{ type: 'text', text: 'Your order has been shipped and will arrive tomorrow.' }]

const row = (number: number) => ({
  type: 'box',
  layout: 'horizontal',
  margin: 'md',
  contents: [
    { type: 'text', text: `Darjeeling first flush, no. ${number}`, size: 'sm', color: '#555555', wrap: true, flex: 3 },
    { type: 'text', text: `¥${number}00`, size: 'sm', color: '#111111', align: 'end', flex: 1 },
  ],
})

/** A receipt of the maximum size that LINE accepts. */
function largeBubble(): readonly object[] {
  const make = (rows: number) => ({
    type: 'bubble',
    body: { type: 'box', layout: 'vertical', contents: Array.from({ length: rows }, (_, number) => row(number)) },
  })
  let rows = 1
  while (new TextEncoder().encode(JSON.stringify(make(rows + 1))).length <= 30 * 1024) rows += 1
  return [{ type: 'flex', altText: 'Receipt', contents: make(rows) }]
}

/** The time of one check after a warm-up, in microseconds: the median of the rounds. */
function timeOf(messages: unknown, count: number, rounds: number): number {
  const round = () => {
    const start = performance.now()
    for (let check = 0; check < count; check++)
      if (checkMessages(messages).length > 0) throw new Error('checkMessages reported a problem')
    return ((performance.now() - start) * 1000) / count
  }
  round()
  return median(Array.from({ length: rounds }, round))
}

/** The time to check a push of one text message, and of a 30 KB bubble, in microseconds. */
export function checkFigures(rounds: number): { readonly text: number; readonly flex: number } {
  return { text: timeOf(text, 20_000, rounds), flex: timeOf(largeBubble(), 200, rounds) }
}
