// LINE's own SDK as an independent judge of signatures and of what our builders make.
import { validateSignature, type webhook } from '@line/bot-sdk'
import fc from 'fast-check'
import { events } from 'line-oa/testing'
import { signBody, verifySignature, verifySignatureSync } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'

const secret = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 })
const bytes = fc.uint8Array({ maxLength: 400 })
// A right signature, one of something else, and what is none.
const judged = fc.record({
  body: bytes,
  secret,
  other: bytes,
  kind: fc.constantFrom('right', 'another body', 'another secret', 'nonsense'),
})

describe('the check of signatures', () => {
  test('agrees with validateSignature on 10,000 random bodies', async () => {
    const verdicts = { true: 0, false: 0 }
    await fc.assert(
      fc.asyncProperty(judged, fc.base64String({ maxLength: 60 }), async ({ body, secret, other, kind }, nonsense) => {
        const signature =
          kind === 'nonsense'
            ? nonsense
            : await signBody(kind === 'another body' ? other : body, kind === 'another secret' ? `${secret}0` : secret)
        const theirs = validateSignature(Buffer.from(body), secret, signature)
        verdicts[`${theirs}`]++
        expect(verifySignatureSync(body, secret, signature)).toBe(theirs)
        expect(await verifySignature(body, secret, signature)).toBe(theirs)
      }),
      { numRuns: 10_000, seed: 1 },
    )
    // Both verdicts came often, so that agreeing means something.
    expect(Math.min(verdicts.true, verdicts.false)).toBeGreaterThan(1000)
  })

  test('agrees on 1,000 random texts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), secret, async (text, secret) => {
        expect(validateSignature(text, secret, await signBody(text, secret))).toBe(true)
      }),
      { numRuns: 1000, seed: 2 },
    )
  })

  test('refuses, as validateSignature does, a body changed in any one byte', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 64 }),
        secret,
        fc.integer({ min: 1, max: 255 }),
        async (body, secret, change) => {
          const signature = await signBody(body, secret)
          for (let at = 0; at < body.length; at++) {
            const changed = body.map((byte, index) => (index === at ? byte ^ change : byte))
            expect(verifySignatureSync(changed, secret, signature)).toBe(false)
            expect(validateSignature(Buffer.from(changed), secret, signature)).toBe(false)
          }
        },
      ),
      { numRuns: 100, seed: 3 },
    )
  })
})

// Of `'a' | (string & {})` only the words themselves: their types list what LINE's contract lists, and have no room for more.
type Words<T> = T extends string ? (string extends T ? never : T) : never
type Text<T> = [Words<T>] extends [never] ? string : Words<T>
// As it came through JSON, which knows no undefined. `Exclude`, since `NonNullable` makes a plain string of such a list of words.
type Sent<T> = T extends readonly (infer Item)[]
  ? Sent<Item>[]
  : T extends object
    ? { [K in keyof T]: Member<Exclude<T[K], undefined>> }
    : T
type Member<T> = [T] extends [string] ? Text<T> : Sent<T>
type Tokened<T> = Sent<T> & { replyToken: string }

// The builders write plain JSON, whatever the types of events leave room for.
const sent = <T extends object>(event: T): Sent<T> => event as Sent<T>

// Their types take a reply token for granted where standby has none.
function tokened<T extends { replyToken?: string | undefined }>(event: T): Tokened<T> {
  expect(event.replyToken).toEqual(expect.any(String))
  return event as Tokened<T> // the line above has looked
}

test('its types take every event that the builders make', () => {
  const taken: webhook.Event[] = [
    sent(events.text()),
    sent(events.image()),
    sent(events.video()),
    sent(events.audio()),
    sent(events.file()),
    sent(events.location()),
    sent(events.sticker()),
    sent(events.messageEdited()),
    sent(events.unsend()),
    tokened(events.follow()),
    sent(events.unfollow()),
    tokened(events.join()),
    sent(events.leave()),
    tokened(events.memberJoined()),
    sent(events.memberLeft()),
    sent(events.postback()),
    tokened(events.videoPlayComplete()),
    tokened(events.beacon()),
    sent(events.accountLink()),
    tokened(events.membership()),
    sent(events.delivery()),
    sent(events.activated()),
    sent(events.deactivated()),
    sent(events.botSuspended()),
    sent(events.botResumed()),
  ]
  // One type for both kinds of module events would hide which of them has a reason; LINE's own sample of the second has none.
  const attached = sent(events.moduleAttached())
  const detached = sent(events.moduleDetached())
  if (attached.module.type === 'attached') taken.push({ ...attached, module: attached.module })
  if (detached.module.type === 'detached' && detached.module.reason)
    taken.push({ ...detached, module: { ...detached.module, reason: detached.module.reason } })
  // What their types do not know: LINE Things, and what is new.
  const built = Object.keys(events).filter((name) => name !== 'things' && name !== 'unknown')
  expect(taken).toHaveLength(built.length)
  expect(new Set(taken.map(({ type }) => type)).size).toBe(
    new Set(taken.map((event) => JSON.parse(JSON.stringify(event)).type)).size,
  )
  // @ts-expect-error: without its message it is no message event
  const wrong: webhook.Event = sent({ ...events.text(), message: undefined })
  void wrong
})
