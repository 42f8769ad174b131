/** Lets work of one chat run one at a time in order of arrival, and of different chats side by side up to a bound. */
export type Turns = (channel: string, chat: unknown, work: () => Promise<void>) => Promise<void>

/** Makes turns. The bound holds over all that goes through them. */
export function createTurns(bound: number): Turns {
  // The last of each chat, by channel.
  const last = new Map<string, Map<unknown, Promise<void>>>()
  const waiting = new Set<() => void>()
  let free = bound

  return (channel, chat, work) => {
    const chats = last.get(channel) ?? new Map<unknown, Promise<void>>()
    const run = async () => {
      if (free > 0) free--
      else await new Promise<void>((go) => waiting.add(go))
      try {
        await work()
      } finally {
        const [next] = waiting
        if (next) {
          waiting.delete(next)
          next()
        } else free++
        if (chats.get(chat) === turn) chats.delete(chat)
        if (!chats.size) last.delete(channel)
      }
    }
    // Whoever waits for the one before takes no place meanwhile.
    const turn: Promise<void> = chats.get(chat)?.then(run, run) ?? run()
    chats.set(chat, turn)
    last.set(channel, chats)
    return turn
  }
}
