// Every block of TypeScript in docs/testing.md compiles, and runs as it stands.
import { expect, test } from 'vitest'
import { codeBlocks, compileBlocks, runBlock } from './code-blocks.js'

const blocks = codeBlocks('docs/testing.md')
const run = (title: string) =>
  runBlock(blocks.find((block) => block.title === title)?.code ?? expect.unreachable(title), {})

test('the page has these blocks, each with a test below', () => {
  expect(blocks.map(({ title }) => title)).toEqual([
    'Testing a bot',
    'Observing a bot',
    'Groups, mentions and images',
    'Other events',
    'Resetting between tests',
    'Controlling time',
    'Simulating failures',
    'Data outside of the API',
    'Testing without the emulator',
  ])
})

test('the blocks compile against the types of the package', { timeout: 60_000 }, () =>
  expect(compileBlocks(blocks, {})).toEqual([]),
)

test('a bot answers a text and a tap', async () => {
  const { chat } = await run('Testing a bot')
  expect(chat).toMatchObject([
    ['person', { text: 'Hello' }],
    ['account', { text: 'Which tea?' }],
    ['account', { text: 'Ordered: sencha' }],
  ])
})

test('calls are listed, and a later push is awaited', async () => {
  const { calls, via, message } = await run('Observing a bot')
  expect(calls).toEqual(['replyMessage 200', 'pushMessage 200'])
  expect([via, message]).toEqual(['push', { type: 'text', text: 'Your tea is ready' }])
})

test('a mention reaches the bot, and images are a set', async () => {
  const { questions, photos, shared } = await run('Groups, mentions and images')
  expect(questions).toEqual(['@Tea House tea!'])
  expect(photos).toMatchObject([{ event: { message: { imageSet: { index: 1 } } } }, { reason: 'ok' }])
  expect(shared).toHaveLength(1)
})

test('events are delivered as they are given', async () => {
  const { chat, duplicates, event, reports } = await run('Other events')
  expect(chat).toMatchObject([{ text: 'Hello' }, { text: 'You said: Hello' }, { text: 'You said: From a builder' }])
  expect(duplicates).toEqual([{ ...(event as object), deliveryContext: { isRedelivery: true } }]) // an event, made by the block
  expect(reports).toMatchObject([{ status: 200 }])
})

test('a reset with a seed gives the same IDs again', async () => {
  const { first, second } = await run('Resetting between tests')
  expect(first).toMatch(/^\d{10}$/)
  expect(second).toBe(first)
})

test('timeouts take no time', async () => {
  const { basicId, account } = await run('Controlling time')
  expect(basicId).toBe((account as { basicId: string }).basicId) // an account, made by the block
})

test('a lost response sends nothing twice', async () =>
  expect(await run('Simulating failures')).toMatchObject({ outcome: 'already-accepted', received: 1 }))

test('audiences and figures are set without the API', async () =>
  expect(await run('Data outside of the API')).toMatchObject({
    audienceGroup: { description: 'Regulars', status: 'READY', audienceCount: 1 },
    followers: 1200,
  }))

test('deliveries and responses work without an emulator', async () =>
  expect(await run('Testing without the emulator')).toMatchObject({
    texts: ['hello'],
    status: 200,
    profile: { userId: expect.any(String) },
  }))
