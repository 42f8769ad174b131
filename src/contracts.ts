import type * as z from 'zod/mini'
import { contracts as audienceGroup } from './audience/group/schemas.js'
import { contracts as audienceIds } from './audience/ids/schemas.js'
import { contracts as audienceRetargeting } from './audience/retargeting/schemas.js'
import * as catalog from './catalog.js'
import { bodyKind, type Endpoint } from './core/operation.js'
import { checkValue } from './core/schema/check-value.js'
import type { BrokenRule, Validator } from './core/schema/problems.js'
import type { Contracts } from './core/schema/schema.js'
import { contracts as insightAccount } from './insight/account/schemas.js'
import { contracts as insightMessage } from './insight/message/schemas.js'
import { contracts as insightRichMenu } from './insight/rich-menu/schemas.js'
import { contracts as liff } from './liff/schemas.js'
import { contracts as login } from './login/schemas.js'
import { contracts as accountLink } from './messaging/account-link/schemas.js'
import { contracts as aggregation } from './messaging/aggregation/schemas.js'
import { contracts as bot } from './messaging/bot/schemas.js'
import { contracts as content } from './messaging/content/schemas.js'
import { contracts as coupon } from './messaging/coupon/schemas.js'
import { contracts as delivery } from './messaging/delivery/schemas.js'
import { contracts as follower } from './messaging/follower/schemas.js'
import { contracts as group } from './messaging/group/schemas.js'
import { contracts as loading } from './messaging/loading/schemas.js'
import { contracts as membership } from './messaging/membership/schemas.js'
import { NarrowcastInput, contracts as narrowcast } from './messaging/narrowcast/schemas.js'
import { contracts as notification } from './messaging/notification/schemas.js'
import { contracts as profile } from './messaging/profile/schemas.js'
import { contracts as quota } from './messaging/quota/schemas.js'
import { contracts as read } from './messaging/read/schemas.js'
import { contracts as richMenu } from './messaging/rich-menu/schemas.js'
import { contracts as richMenuAlias } from './messaging/rich-menu-alias/schemas.js'
import { contracts as richMenuBatch } from './messaging/rich-menu-batch/schemas.js'
import { contracts as richMenuLink } from './messaging/rich-menu-link/schemas.js'
import { contracts as send, ValidateMessagesInput } from './messaging/send/schemas.js'
import { contracts as webhookEndpoint } from './messaging/webhook-endpoint/schemas.js'
import { contracts as miniApp } from './mini-app/schemas.js'
import { contracts as module } from './module/schemas.js'
import { contracts as shop } from './shop/schemas.js'
import { contracts as tokens } from './tokens/schemas.js'

export type { BrokenRule } from './core/schema/problems.js'

/** Checks inputs and outputs of every operation in the catalog. */
export interface ContractValidator extends Validator {
  /** Lists everything that is wrong; nothing for a record that is not in the catalog. */
  check(operation: Endpoint, part: 'input' | 'output', value: unknown): readonly BrokenRule[]
}

type Build = () => z.core.$ZodType
type Table = { readonly [name: string]: { readonly input: Build; readonly output: Build } }

const becomesJson = (operation: Endpoint) => bodyKind(operation) === 'json'

/**
 * Makes what checks inputs and outputs against LINE's documented fields, types and limits: for the client's option `validate`, and for the emulator.
 *
 * It only says what is wrong, and never changes a value. Fields that it does not know it lets pass, but for those in the contents of Flex Messages, where LINE refuses them.
 *
 * @example
 * const line = createLineClient({ channelAccessToken, validate: contracts() })
 */
export function contracts(): ContractValidator {
  const records: { readonly [group: string]: { readonly [name: string]: Endpoint } } = catalog
  const byRecord = new Map<Endpoint, Table[string]>()
  for (const [group, table] of Object.entries<Table>(contractTables())) {
    for (const [name, contract] of Object.entries(table)) {
      const record = records[group]?.[name]
      if (record) byRecord.set(record, contract)
    }
  }
  return {
    check(operation, part, value) {
      const contract = byRecord.get(operation)
      return contract ? checkValue(contract[part], value, part === 'input' && becomesJson(operation)) : []
    },
  }
}

/**
 * Checks messages against LINE's limits, without asking LINE: every limit that its pages document, and those between fields, such as a text that must be shorter
 * beside an image. It lists all that is wrong at once, each with its place, what is allowed and what was found, and throws for no value.
 *
 * Places are as in a send: `messages[0].text`. What hangs on where the messages go (mentions reach groups only) the operation's own input is checked for.
 *
 * @example
 * checkMessages([{ type: 'text', text: '' }])[0]?.message // "messages[0].text must be text that is not empty, but is empty text"
 */
export function checkMessages(messages: unknown): readonly BrokenRule[] {
  return checkValue(ValidateMessagesInput, { messages }, true)
}

/**
 * Checks the input of a narrowcast against LINE's limits, without asking LINE: its messages, at most 10 audiences and redeliveries and 10 filters, operators, limits.
 * How many people are reached only LINE knows: filters need a target reach of 100, and 50 people must be left by them.
 *
 * @example
 * checkNarrowcast({ messages, limit: { max: 0 } })[0]?.message // "limit.max must be at least 1, but is 0"
 */
export function checkNarrowcast(input: unknown): readonly BrokenRule[] {
  return checkValue(NarrowcastInput, input, true)
}

/** The contracts of every group in the catalog, complete by type. */
export type ContractTables = { readonly [Group in keyof typeof catalog]: Contracts<(typeof catalog)[Group]> }

/**
 * Collects the contracts of all operations, in the groups of the catalog.
 *
 * A function, because bundlers keep a spread that stands at the top of a module, and every schema with it.
 */
export function contractTables(): ContractTables {
  return {
    messaging: {
      ...accountLink,
      ...aggregation,
      ...bot,
      ...content,
      ...coupon,
      ...delivery,
      ...follower,
      ...group,
      ...loading,
      ...membership,
      ...narrowcast,
      ...notification,
      ...profile,
      ...quota,
      ...read,
      ...richMenu,
      ...richMenuAlias,
      ...richMenuBatch,
      ...richMenuLink,
      ...send,
      ...webhookEndpoint,
    },
    tokens,
    insight: { ...insightAccount, ...insightMessage, ...insightRichMenu },
    audience: { ...audienceGroup, ...audienceIds, ...audienceRetargeting },
    liff,
    login,
    module,
    shop,
    miniApp,
  }
}
