import { describe, expect, test } from 'vitest'
import { inbox, inputError, refusal, setup } from '../setup.js'

const nonce = 'bm9uY2UtMTIz'

async function linking() {
  const world = await setup()
  const receiver = inbox()
  world.account.connect(receiver)
  const issue = async () => {
    const { body } = await world.line(`POST /v2/bot/user/${world.userId}/linkToken`)
    return (body as { linkToken: string }).linkToken
  }
  const page = (linkToken: string, with_ = nonce) =>
    `https://access.line.me/dialog/bot/accountLink?linkToken=${linkToken}&nonce=${with_}`
  return { ...world, receiver, issue, page }
}

describe('account link', () => {
  test('a link token leads to one event with the nonce', async () => {
    const { issue, page, person, receiver, userId } = await linking()
    const linkToken = await issue()
    expect(await person.linkAccount(page(linkToken))).toMatchObject({ reason: 'ok' })
    expect(receiver.events()).toMatchObject([
      {
        type: 'accountLink',
        source: { type: 'user', userId },
        link: { result: 'ok', nonce },
        replyToken: expect.any(String),
      },
    ])
    expect(await person.linkAccount(page(linkToken))).toBeUndefined()
    expect(receiver.events()).toHaveLength(1)
  })

  test('every link token is unique', async () => {
    const { issue } = await linking()
    expect(new Set([await issue(), await issue(), await issue()]).size).toBe(3)
  })

  test('a link token is valid for 10 minutes', async () => {
    const { issue, page, person, emulator } = await linking()
    const [early, late] = [await issue(), await issue()]
    await emulator.clock.advance(10 * 60_000 - 1)
    expect(await person.linkAccount(page(early))).toBeDefined()
    await emulator.clock.advance(1)
    expect(await person.linkAccount(page(late))).toBeUndefined()
  })

  test('a link token that another user opens leads to a failed event without source', async () => {
    const { issue, page, emulator, receiver, person } = await linking()
    const linkToken = await issue()
    await emulator.createPerson({ displayName: 'Ken' }).linkAccount(page(linkToken))
    const [event] = receiver.events()
    expect(event).toMatchObject({ type: 'accountLink', link: { result: 'failed', nonce } })
    expect(event).not.toHaveProperty('source')
    expect(event).not.toHaveProperty('replyToken')
    expect(await person.linkAccount(page(linkToken))).toBeUndefined()
  })

  test.each([
    ['n'.repeat(9), false],
    ['n'.repeat(10), true],
    ['n'.repeat(255), true],
    ['n'.repeat(256), false],
  ])('the nonce %.12s… is accepted: %s', async (with_, taken) => {
    const { issue, page, person } = await linking()
    const opened = person.linkAccount(page(await issue(), with_))
    if (taken) expect(await opened).toBeDefined()
    else await expect(opened).rejects.toEqual(inputError)
  })

  test('another path is refused, and another host is accepted', async () => {
    const { issue, person } = await linking()
    const linkToken = await issue()
    await expect(person.linkAccount(`https://access.line.me/?linkToken=${linkToken}&nonce=${nonce}`)).rejects.toEqual(
      inputError,
    )
    const proxied = new URL(`http://localhost:3000/dialog/bot/accountLink?linkToken=${linkToken}&nonce=${nonce}`)
    expect(await person.linkAccount(proxied)).toBeDefined()
  })

  test('a link token is issued for known users only', async () => {
    const { line } = await linking()
    expect(await line('POST /v2/bot/user/mika/linkToken')).toMatchObject(refusal(400))
    expect(await line(`POST /v2/bot/user/U${'0'.repeat(32)}/linkToken`)).toMatchObject(refusal(404))
  })
})
