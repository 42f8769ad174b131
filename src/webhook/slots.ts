/** The concurrency limit of a receiver: each chat that is being handled holds one slot. */
export interface Slots {
  /** Takes a slot if one is free for the channel. */
  tryTake(channel: string): boolean
  /** Waits for a slot. Resolves to `false` if `cancel` was called on the ticket before. */
  wait(channel: string): Ticket
  /** Gives a slot back. */
  free(channel: string): void
}

/** A wait for a slot. */
export interface Ticket {
  /** Resolves to whether the slot was granted. */
  readonly granted: Promise<boolean>
  /** Ends the wait. */
  cancel(): void
}

// A channel may hold up to this many times the slots that it leaves free. With 16 slots, one busy channel gets 12, so that others still make progress
// when all its handlers hang; a second busy channel gets 3 of the other 4. Known as a dynamic threshold in shared buffers.
const share = 3

/**
 * Creates the slots. Channels that wait take turns, each in its own order of arrival.
 *
 * @param isShared whether several channels use the slots. A single channel may use all of them.
 */
export function createSlots(concurrency: number, isShared: boolean): Slots {
  let free = concurrency
  const held = new Map<string, number>()
  // Maps iterate in order of insertion: a channel that got a slot moves to the end.
  const waiting = new Map<string, Set<(granted: boolean) => void>>()

  const mayTake = (channel: string): boolean => free > 0 && (!isShared || (held.get(channel) ?? 0) < share * free)

  function take(channel: string): void {
    free--
    held.set(channel, (held.get(channel) ?? 0) + 1)
  }

  function grant(): void {
    for (const [channel, queue] of [...waiting]) {
      const [resolve] = queue
      if (!resolve || !mayTake(channel)) continue
      queue.delete(resolve)
      waiting.delete(channel)
      if (queue.size) waiting.set(channel, queue)
      take(channel)
      resolve(true)
      if (free <= 0) return
    }
  }

  return {
    tryTake(channel) {
      if (waiting.has(channel) || !mayTake(channel)) return false
      take(channel)
      return true
    },
    wait(channel) {
      const queue = waiting.get(channel) ?? new Set()
      waiting.set(channel, queue)
      let cancel = () => {}
      const granted = new Promise<boolean>((resolve) => {
        queue.add(resolve)
        cancel = () => {
          if (!queue.delete(resolve)) return
          if (!queue.size && waiting.get(channel) === queue) waiting.delete(channel)
          resolve(false)
        }
      })
      return { granted, cancel: () => cancel() }
    },
    free(channel) {
      free++
      const rest = (held.get(channel) ?? 1) - 1
      if (rest) held.set(channel, rest)
      else held.delete(channel)
      grant()
    },
  }
}
