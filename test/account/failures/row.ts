import type { ConnectResult, FailureCode } from 'line-oa/account'
import type { LoginChannel } from 'line-oa/emulator'
import type { AssertionKeyPair } from 'line-oa/keys'
import { testPair } from '../../keys/fixed-key.js'
import type { Setup } from '../setup.js'

type Result = Pick<ConnectResult, 'checks'>
/** A failure: its code, the check that finds it, the status of the check, a description, and a function that produces it. */
export type Row = readonly [
  code: FailureCode,
  check: string,
  status: string,
  how: string,
  produce: () => Promise<Result>,
]

/** Registers a key on a channel. */
export async function keyOf(
  subject: Setup,
  channel: { readonly channelId: string } = subject.account,
  pair: Promise<AssertionKeyPair> = testPair(),
) {
  const privateKey = await pair
  return { kid: subject.emulator.console.registerAssertionKey(channel, privateKey.publicJwk), privateKey }
}

/** Returns the values of the form, with those of a LINE Login channel. */
export function withLogin(subject: Setup, channel: LoginChannel) {
  const { channelId, channelSecret } = channel
  return { ...subject.values, login: { channelId, channelSecret } }
}

/** Logs a new user in, who may be a friend of an account. */
export async function loggedIn(subject: Setup, channel: LoginChannel, friendOf: Setup['account'] | undefined) {
  const person = subject.emulator.createPerson({ displayName: 'Mika' })
  if (friendOf) await subject.settle(person.addFriend(friendOf))
  const { accessToken } = await subject.emulator.issueLiffTokens(person, channel)
  return { userId: person.userIdFor(channel), accessToken, hasRole: false }
}
