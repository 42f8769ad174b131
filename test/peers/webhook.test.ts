// LINE's official SDK as an independent check of signatures and of the event builders.
import { validateSignature, type webhook } from '@line/bot-sdk'
import fc from 'fast-check'
import { events } from 'line-oa/testing'
import { signBody, verifySignature, verifySignatureSync } from 'line-oa/webhook'
import { describe, expect, test } from 'vitest'

const secret = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 })
const bytes = fc.uint8Array({ maxLength: 400 })
// A valid signature, one of another body or secret, and a string that is not a signature.
const judged = fc.record({
  body: bytes,
  secret,
  other: bytes,
  kind: fc.constantFrom('right', 'another body', 'another secret', 'nonsense'),
})

describe('signature verification', () => {
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
    // Both results occurred often enough for the agreement to be meaningful.
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

// The literals of `'a' | (string & {})`: the types of the official SDK are closed unions.
type Words<T> = T extends string ? (string extends T ? never : T) : never
type Text<T> = [Words<T>] extends [never] ? string : Words<T>
// The type of a value after JSON, without undefined. `Exclude` is used because `NonNullable` widens such unions to string.
type Sent<T> = T extends readonly (infer Item)[]
  ? Sent<Item>[]
  : T extends object
    ? { [K in keyof T]: Member<Exclude<T[K], undefined>> }
    : T
type Member<T> = [T] extends [string] ? Text<T> : Sent<T>
type Tokened<T> = Sent<T> & { replyToken: string }

// The builders return plain JSON, although the types of events are wider.
const sent = <T extends object>(event: T): Sent<T> => event as Sent<T>

// The types of the official SDK require a reply token, which events in standby mode do not have.
function tokened<T extends { replyToken?: string | undefined }>(event: T): Tokened<T> {
  expect(event.replyToken).toEqual(expect.any(String))
  return event as Tokened<T> // the line above has checked it
}

test('the event types of the official SDK accept every event of the builders', () => {
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
  // Two variables, because only detached events have a reason, which LINE's example does not have.
  const attached = sent(events.moduleAttached())
  const detached = sent(events.moduleDetached())
  if (attached.module.type === 'attached') taken.push({ ...attached, module: attached.module })
  if (detached.module.type === 'detached' && detached.module.reason)
    taken.push({ ...detached, module: { ...detached.module, reason: detached.module.reason } })
  // The official SDK has no types for LINE Things and for unknown events.
  const built = Object.keys(events).filter((name) => name !== 'things' && name !== 'unknown')
  expect(taken).toHaveLength(built.length)
  expect(new Set(taken.map(({ type }) => type)).size).toBe(
    new Set(taken.map((event) => JSON.parse(JSON.stringify(event)).type)).size,
  )
  // @ts-expect-error: a message event requires a message
  const wrong: webhook.Event = sent({ ...events.text(), message: undefined })
  void wrong
})
