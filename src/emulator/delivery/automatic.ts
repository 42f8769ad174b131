import type { AccountSettings, ResponseHours } from '../settings.js'

const utcPlus9 = 9 * 60 * 60 * 1000

function isWithin({ from, to, days }: ResponseHours, now: number): boolean {
  const local = new Date(now + utcPlus9)
  const time = local.toISOString().slice(11, 16)
  return (days?.includes(local.getUTCDay()) ?? true) && time >= from && time < to
}

/** What the account answers a message with by itself: nothing while its auto-response is off, or the chat is left to people. */
export function automaticAnswer(settings: AccountSettings, now: number): string | undefined {
  const { autoResponse, autoResponseMessage, chat, responseHours, chatResponse, chatResponseOutside } = settings
  if (!autoResponse) return undefined
  const method = !responseHours || isWithin(responseHours, now) ? chatResponse : chatResponseOutside
  return chat && method === 'manual' ? undefined : autoResponseMessage
}
