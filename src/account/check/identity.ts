import type { LineApiError } from '../../core/errors.js'
import type { Secret } from '../../credentials/secret.js'
import { getBotInfo } from '../../messaging/bot/operations.js'
import type { BotInfo } from '../../messaging/bot/types.js'
import type { ReadAccess } from '../access.js'
import { ask } from '../ask.js'
import { type Finding, found, notMade, passed } from '../checks.js'
import type { Calls, Run } from '../run.js'
import { isLoginChannel, type Opened, openByKey, openBySecret } from './channel.js'
import { deadToken, judgeToken, lookUpToken, type TokenFacts } from './token.js'

/** Whose channel it is, and how to call for it. */
export interface Identity {
  readonly calls: Calls
  /** The token that {@link calls} go under. */
  readonly token: string
  readonly bot: BotInfo
  /** Missing when nothing but a stateless token was pasted, which LINE tells nothing about. */
  readonly channelId: string | undefined
}

const answeredBy = (bot: BotInfo): Finding =>
  passed('It is the Messaging API channel of an Official Account', {
    name: bot.displayName,
    basicId: bot.basicId,
    botUserId: bot.userId,
  })

// LINE documents no text for an address that is not allowed, so it is only believed when it is plain.
const namesAddress = /\bip\b|address|allow.?list|white.?list/i

async function notABot(callsWithToken: Calls, refusal: LineApiError): Promise<Finding> {
  const facts = { line: refusal.lineMessage, status: refusal.status }
  if (await isLoginChannel(callsWithToken))
    return found('failed', 'login_channel_given', 'It is a LINE Login channel, not a Messaging API channel', facts)
  if (namesAddress.test(refusal.lineMessage))
    return found('failed', 'ip_denied', 'LINE does not take the token from this address', facts)
  return found(
    'failed',
    'account_suspended',
    'The token is good, and LINE refuses it all the same: the account may be suspended',
    facts,
  )
}

// Only a token that lasts can be bound to addresses: where a stateless one of the same channel passes and it does not, that is why.
async function tokenBesideSecret(run: Run, token: Secret, channelId: string | undefined): Promise<Finding> {
  const { facts, refusal } = await lookUpToken(run.with(undefined), token.reveal(), run.clock.now())
  if (!facts) return deadToken(refusal)
  const judged = judgeToken(facts, channelId)
  if (judged.status === 'failed') return judged
  const use = await ask(run.with(token.reveal())(getBotInfo, {}))
  if (!use.refusal) return judged
  const seen = { line: use.refusal.lineMessage, status: use.refusal.status, kind: facts.kind }
  return found(
    'failed',
    'ip_denied',
    'LINE refuses this token where it takes another one of the same channel: its allow list lacks this address',
    seen,
  )
}

async function byToken(run: Run, token: Secret, wanted: string | undefined): Promise<Identity | undefined> {
  const calls = run.with(token.reveal())
  let facts: TokenFacts | undefined
  let bot: BotInfo | undefined
  const credentials = await run.check('credentials', async () => {
    const looked = await lookUpToken(run.with(undefined), token.reveal(), run.clock.now())
    facts = looked.facts
    if (facts) return judgeToken(facts, wanted)
    const use = await ask(calls(getBotInfo, {}))
    if (use.refusal) return deadToken(looked.refusal)
    bot = use.data
    return found(
      'failed',
      'token_expires',
      'It is a stateless token, which ends within 15 minutes; paste a long-lived one',
      {
        by: 'token',
        kind: 'stateless',
      },
    )
  })
  if (credentials.status === 'failed' || credentials.status === 'unknown') return undefined
  const kind = await run.check('channel-kind', async () => {
    const use = await ask(calls(getBotInfo, {}))
    if (use.refusal) return notABot(calls, use.refusal)
    bot = use.data
    return answeredBy(bot)
  })
  return kind.status === 'passed' && bot
    ? { calls, token: token.reveal(), bot, channelId: facts?.channelId }
    : undefined
}

/** Opens the Messaging API channel and looks whose it is: the checks `credentials`, `channel-kind` and `token`. */
export async function identify(run: Run, access: ReadAccess): Promise<Identity | undefined> {
  const { channelId, channelSecret, key, token: pasted } = access
  const open = async (): Promise<Opened> => {
    if (!channelId || !(key || channelSecret)) return { finding: notMade('There is nothing to open the channel with') }
    // A secret beside a key is for signatures, and as wrong as any other when it is wrong.
    const bySecret = channelSecret && (await openBySecret(run.with(undefined), channelId, channelSecret))
    if (!key || (bySecret && bySecret.token === undefined)) return bySecret ?? { finding: notMade('There is no key') }
    return openByKey(run.with(undefined), channelId, key.key, run.clock.now())
  }
  if (!key && !channelSecret && pasted) return byToken(run, pasted, channelId)
  let token: string | undefined
  await run.check('credentials', async () => {
    const opened = await open()
    token = opened.token
    return opened.finding
  })
  if (token === undefined) return undefined
  const calls = run.with(token)
  let bot: BotInfo | undefined
  await run.check('channel-kind', async () => {
    const use = await ask(calls(getBotInfo, {}))
    if (use.refusal) return notABot(calls, use.refusal)
    bot = use.data
    return answeredBy(bot)
  })
  if (!bot) return undefined
  if (pasted) await run.check('token', () => tokenBesideSecret(run, pasted, channelId))
  return { calls, token, bot, channelId }
}
