import { createEmulator } from 'line-oa/emulator'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { inbox, inputError, setup } from './setup.js'

const manualClock = () => createEmulator({ clock: 'manual' }).clock
const realClock = () => createEmulator().clock

afterEach(() => {
  vi.useRealTimers()
})

describe('a manual clock', () => {
  test('stands still until it is advanced', async () => {
    const clock = manualClock()
    expect(new Date(clock.now()).toISOString()).toBe('2026-01-01T00:00:00.000Z')
    await clock.advance(1500)
    expect(new Date(clock.now()).toISOString()).toBe('2026-01-01T00:00:01.500Z')
  })

  test('runs timers in order and each at its own time, including timers that a timer sets', async () => {
    const clock = manualClock()
    const start = clock.now()
    const ran: [string, number][] = []
    const note = (name: string) => () => void ran.push([name, clock.now() - start])
    clock.setTimeout(note('c'), 300)
    clock.setTimeout(note('a'), 100)
    clock.setTimeout(() => {
      note('b')()
      clock.setTimeout(note('b+50'), 50)
    }, 200)
    clock.setTimeout(note('later'), 1001)
    clock.setTimeout(note('a too'), 100)
    clock.clearTimeout(clock.setTimeout(note('never'), 100))
    await clock.advance(1000)
    expect(ran).toEqual([
      ['a', 100],
      ['a too', 100],
      ['b', 200],
      ['b+50', 250],
      ['c', 300],
    ])
    expect(clock.now() - start).toBe(1000)
    await clock.advance(1)
    expect(ran.at(-1)).toEqual(['later', 1001])
  })

  test('lets promises settle before and between timers', async () => {
    const clock = manualClock()
    const steps: string[] = []
    const sleep = (ms: number) => new Promise<void>((done) => void clock.setTimeout(done, ms))
    const work = async () => {
      for (let step = 1; step <= 3; step++) {
        await Promise.resolve()
        await sleep(10)
        steps.push(`step ${step} at ${clock.now() % 1000}`)
      }
    }
    const done = work()
    await clock.advance(30)
    await done
    expect(steps).toEqual(['step 1 at 10', 'step 2 at 20', 'step 3 at 30'])
  })

  test('runs concurrent calls of advance() one after the other', async () => {
    const clock = manualClock()
    const start = clock.now()
    await Promise.all([clock.advance(10), clock.advance(20)])
    expect(clock.now() - start).toBe(30)
  })

  test('refuses to go back, and keeps working after a timer throws', async () => {
    const clock = manualClock()
    for (const ms of [-1, Number.NaN]) await expect(clock.advance(ms)).rejects.toEqual(inputError)
    const thrown = new Error('mine')
    clock.setTimeout(() => {
      throw thrown
    }, 5)
    await expect(clock.advance(10)).rejects.toBe(thrown)
    const before = clock.now()
    await clock.advance(10)
    expect(clock.now()).toBe(before + 10)
  })
})

describe('the real clock', () => {
  test('runs with the system clock and is advanced from there', async () => {
    vi.useFakeTimers({ now: 5_000_000 })
    const clock = realClock()
    const ran: number[] = []
    clock.setTimeout(() => void ran.push(clock.now()), 1000)
    clock.setTimeout(() => void ran.push(clock.now()), 10_000)
    vi.advanceTimersByTime(1000)
    expect(ran).toEqual([5_001_000])
    await clock.advance(8000)
    expect(ran).toHaveLength(1)
    vi.advanceTimersByTime(999)
    expect(ran).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(ran).toEqual([5_001_000, 5_010_000])
    expect(clock.now()).toBe(5_010_000)
  })

  test('supports timers longer than the 31 bits of a runtime timer', async () => {
    vi.useFakeTimers({ now: 0 })
    const clock = realClock()
    let ran = false
    const life = 40 * 24 * 60 * 60 * 1000
    clock.setTimeout(() => {
      ran = true
    }, life)
    vi.advanceTimersByTime(life - 1)
    expect(ran).toBe(false)
    vi.advanceTimersByTime(1)
    expect(ran).toBe(true)
  })

  test('clears the runtime timer of a cleared timer', () => {
    vi.useFakeTimers()
    const clock = realClock()
    clock.clearTimeout(clock.setTimeout(() => {}, 1000))
    clock.clearTimeout('not one of ours')
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('the clock of an emulator', () => {
  test('runs on a custom clock', async () => {
    let time = 1_000_000
    const clock = { now: () => time, setTimeout: () => 0, clearTimeout: () => {} }
    const emulator = createEmulator({ clock })
    expect(emulator.clock.now()).toBe(1_000_000)
    time += 5
    await emulator.clock.advance(10)
    expect(emulator.clock.now()).toBe(1_000_015)
  })

  test('waits in advance() for work of the emulator itself, such as a redelivery to an asynchronous receiver', async () => {
    const { account, person, emulator } = await setup()
    let first = true
    const receiver = inbox(async () => {
      for (let turn = 0; turn < 50; turn++) await new Promise((next) => setImmediate(next))
      const status = first ? 500 : 200
      first = false
      return new Response(null, { status })
    })
    account.connect(receiver)
    account.settings.redelivery = true
    await person.send(account, 'hello')
    await emulator.clock.advance(60_000)
    expect(account.deliveries.slice(1).map(({ status }) => status)).toEqual([500, 200])
  })
})
