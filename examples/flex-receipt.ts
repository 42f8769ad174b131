// Sends a receipt as a Flex Message.
//
//   node examples/flex-receipt.ts               with the emulator
//   LINE_CHANNEL_ID=... LINE_CHANNEL_SECRET=... node examples/flex-receipt.ts --to U...
import { parseArgs } from 'node:util'
import { type FlexBox, type FlexBubble, flex } from 'line-oa'
import { checkMessages } from 'line-oa/contracts'
import { officialAccount } from './official-account.ts'

interface Receipt {
  readonly number: string
  readonly items: readonly { readonly name: string; readonly price: number }[]
}

const yen = (amount: number) => `¥${amount.toLocaleString('en')}`

function row(name: string, price: number, weight: 'regular' | 'bold' = 'regular'): FlexBox {
  return {
    type: 'box',
    layout: 'horizontal',
    contents: [
      { type: 'text', text: name, size: 'sm', weight, wrap: true, flex: 3 },
      { type: 'text', text: yen(price), size: 'sm', weight, align: 'end', flex: 1 },
    ],
  }
}

function receiptBubble({ number, items }: Receipt): FlexBubble {
  const total = items.reduce((sum, { price }) => sum + price, 0)
  return {
    type: 'bubble',
    body: {
      type: 'box',
      layout: 'vertical',
      contents: [
        { type: 'text', text: 'Tea House', size: 'xl', weight: 'bold' },
        { type: 'text', text: `Receipt ${number}`, size: 'xs', color: '#888888' },
        {
          type: 'box',
          layout: 'vertical',
          margin: 'lg',
          spacing: 'sm',
          contents: [
            ...items.map(({ name, price }) => row(name, price)),
            { type: 'separator', margin: 'md' },
            row('Total', total, 'bold'),
          ],
        },
      ],
    },
    footer: {
      type: 'box',
      layout: 'vertical',
      contents: [
        {
          type: 'button',
          style: 'link',
          action: { type: 'message', label: 'Report a problem', text: `About receipt ${number}` },
        },
      ],
    },
    styles: { footer: { separator: true } },
  }
}

const bubble = receiptBubble({
  number: '2026-0117',
  items: [
    { name: 'Sencha', price: 480 },
    { name: 'Matcha latte', price: 620 },
    { name: 'Strawberry daifuku', price: 350 },
  ],
})
// The second argument is the alt text, which notifications show. Without it, the alt text contains all texts of the receipt.
const messages = [flex(bubble, 'Your receipt from the Tea House: ¥1,450')]

const { values } = parseArgs({ options: { to: { type: 'string' } } })
const { line, demo } = await officialAccount()
const person = demo?.emulator.createPerson({ displayName: 'Mika' })
if (demo) await person?.addFriend(demo.account)
const to = values.to ?? (demo && person?.userIdFor(demo.account))
if (!to) throw new Error('Pass the user ID of the recipient with --to')

for (const { message } of checkMessages(messages)) console.warn(message)
const { outcome, data } = await line.withResponse.messaging.pushMessage({ to, messages })
console.log(`${outcome}: message ${data.sentMessages[0]?.id}, ${JSON.stringify(bubble).length} of 30,720 bytes`)
await demo?.close()
