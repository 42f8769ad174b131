import type { Office } from './office.js'

/** A mail as it lies in a mailbox. */
export interface Mail {
  readonly to: string
  readonly about:
    | 'sign-in-code'
    | 'password-reset'
    | 'provider-invitation'
    | 'channel-invitation'
    | 'developer-account-deleted'
  /** When, in milliseconds since 1970. */
  readonly at: number
  /** Of a sign-in. */
  readonly code?: string | undefined
  /** Of a password reset or an invitation. */
  readonly url?: string | undefined
}

/** How an address is told from others. */
export function sameAddress(one: string | undefined, other: string): boolean {
  return one?.trim().toLowerCase() === other.trim().toLowerCase()
}

/** Tells whether a text can be an e-mail address at all. */
export function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim())
}

/** Sends a mail, unless a fault loses it. */
export function sendMail(office: Office, mail: Omit<Mail, 'at'>): void {
  if (!office.faults.take('lostMail')) office.mails.push({ ...mail, at: office.world.clock.now() })
}
