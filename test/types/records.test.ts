import type {
  AssertionGrant,
  AudioMessage,
  ChannelSecretGrant,
  CouponMessage,
  FlexMessage,
  Followers,
  GetFollowersInput,
  ImageMessage,
  ImagemapMessage,
  IssuedToken,
  ListOperation,
  LocationMessage,
  Message,
  MessageQuota,
  Methods,
  MethodsWithResponse,
  NarrowcastProgress,
  Operation,
  OperatorRecipient,
  PushMessageInput,
  Recipient,
  SentMessages,
  StickerMessage,
  TemplateMessage,
  TextMessage,
  TextMessageV2,
  VideoMessage,
  WithResponse,
} from 'line-oa'
import type * as catalog from 'line-oa/catalog'
import type * as operations from 'line-oa/operations'
import { describe, expectTypeOf, test } from 'vitest'

// The compiler checks these; the tests only name what it checks.
type Records = typeof operations
type InputOf<Name extends keyof Records> = Records[Name] extends Operation<infer Input, infer _> ? Input : never
type OutputOf<Name extends keyof Records> = Records[Name] extends Operation<infer _, infer Output> ? Output : never
type Line = Methods<(typeof catalog)['messaging']>
type Action = NonNullable<Message['quickReply']>['items'][number]['action']
type LineWithResponse = MethodsWithResponse<(typeof catalog)['messaging']>

describe('a record carries its types', () => {
  test('of its input', () => {
    expectTypeOf<InputOf<'pushMessage'>>().toEqualTypeOf<PushMessageInput>()
    expectTypeOf<InputOf<'getBotInfo'>>().toEqualTypeOf<Record<string, never>>()
    expectTypeOf<InputOf<'issueStatelessChannelToken'>>().toEqualTypeOf<ChannelSecretGrant | AssertionGrant>()
  })

  test('of its output', () => {
    expectTypeOf<OutputOf<'pushMessage'>>().toEqualTypeOf<SentMessages>()
    expectTypeOf<OutputOf<'multicast'>>().toEqualTypeOf<Record<string, never>>()
    expectTypeOf<OutputOf<'issueStatelessChannelToken'>>().toEqualTypeOf<IssuedToken>()
    expectTypeOf<Records['getFollowers']>().toEqualTypeOf<ListOperation<GetFollowersInput, Followers, string>>()
  })

  test('and is not assignable to a record of another input or output', () => {
    expectTypeOf<Records['pushMessage']>().not.toExtend<Records['replyMessage']>()
    expectTypeOf<Records['getMessageQuota']>().not.toExtend<Records['getMessageQuotaConsumption']>()
  })
})

describe('nothing is any', () => {
  type IsAny<T> = 0 extends 1 & T ? true : false
  // Ten levels are enough: recipients are recursive.
  type HoldsAny<T, Level extends readonly 0[] = []> =
    IsAny<T> extends true
      ? true
      : Level['length'] extends 10
        ? false
        : T extends object
          ? { [K in keyof T]-?: HoldsAny<T[K], [...Level, 0]> }[T extends readonly unknown[]
              ? number & keyof T
              : keyof T]
          : false
  type Names<Found> = { [Name in keyof Found]: true extends Found[Name] ? Name : never }[keyof Found]

  test('in an input or output, however deep', () => {
    expectTypeOf<Names<{ [Name in keyof Records]: HoldsAny<InputOf<Name>> }>>().toEqualTypeOf<never>()
    expectTypeOf<Names<{ [Name in keyof Records]: HoldsAny<OutputOf<Name>> }>>().toEqualTypeOf<never>()
  })

  test('as the search, which finds one, shows', () => {
    type Found = ReturnType<typeof JSON.parse>
    interface Hidden {
      readonly list: readonly { readonly deep?: { readonly here: Found } | undefined }[]
    }
    expectTypeOf<Names<{ hidden: HoldsAny<Hidden>; clean: HoldsAny<Message> }>>().toEqualTypeOf<'hidden'>()
  })

  test('in a method', () => {
    expectTypeOf<
      Names<{ [Name in keyof Line]: HoldsAny<Parameters<Line[Name]>[0] | Awaited<ReturnType<Line[Name]>>> }>
    >().toEqualTypeOf<never>()
  })
})

describe('a method', () => {
  test('requires an input only where the operation needs one', () => {
    expectTypeOf<Line['pushMessage']>().parameter(0).toEqualTypeOf<PushMessageInput>()
    expectTypeOf<Line['getFollowers']>().parameter(0).toEqualTypeOf<GetFollowersInput | undefined>()
    expectTypeOf<[]>().toExtend<Parameters<Line['getBotInfo']>>()
    expectTypeOf<[]>().not.toExtend<Parameters<Line['pushMessage']>>()
  })

  test('resolves to the output, or to the response around it', () => {
    expectTypeOf<Line['getMessageQuota']>().returns.resolves.toEqualTypeOf<MessageQuota>()
    expectTypeOf<LineWithResponse['pushMessage']>().returns.resolves.toEqualTypeOf<WithResponse<SentMessages>>()
  })
})

describe('a message', () => {
  test('is discriminated by its type', () => {
    expectTypeOf<Extract<Message, { type: 'image' }>>().toEqualTypeOf<ImageMessage>()
    expectTypeOf<Message['type']>().toEqualTypeOf<
      | 'text'
      | 'textV2'
      | 'sticker'
      | 'image'
      | 'video'
      | 'audio'
      | 'location'
      | 'coupon'
      | 'imagemap'
      | 'template'
      | 'flex'
    >()
    expectTypeOf<Message>().toEqualTypeOf<
      | TextMessage
      | TextMessageV2
      | StickerMessage
      | ImageMessage
      | VideoMessage
      | AudioMessage
      | LocationMessage
      | CouponMessage
      | ImagemapMessage
      | TemplateMessage
      | FlexMessage
    >()
  })

  test('may be in a readonly list', () => {
    const messages = [{ type: 'text', text: 'hi', emojis: [{ index: 0, productId: 'p', emojiId: 'e' }] }] as const
    expectTypeOf(messages).toExtend<PushMessageInput['messages']>()
  })

  test('may have a field set to undefined', () => {
    expectTypeOf<{ type: 'text'; text: string; quoteToken: undefined }>().toExtend<Message>()
  })

  test('has no field of another type', () => {
    // @ts-expect-error -- a sticker has no text
    const sticker: Message = { type: 'sticker', packageId: '1', stickerId: '1', text: 'x' }
    // @ts-expect-error -- no such kind
    const kind: Message = { type: 'carousel' }
    // @ts-expect-error -- IDs are text
    const numbers: Message = { type: 'sticker', packageId: 1, stickerId: 1 }
    // @ts-expect-error -- only rich menus switch rich menus
    const action: Action = { type: 'richmenuswitch', richMenuAliasId: 'a', data: 'd' }
    // @ts-expect-error -- a quick reply button needs a label
    const label: Action = { type: 'camera' }
    void [sticker, kind, numbers, action, label]
  })
})

describe('a recipient', () => {
  test('of type operator has exactly one of and, or, not', () => {
    const recipient: Recipient = {
      type: 'operator',
      and: [
        { type: 'audience', audienceGroupId: 1 },
        { type: 'operator', not: { type: 'redelivery', requestId: 'r' } },
      ],
    }
    // @ts-expect-error -- one of and, or, not
    const both: OperatorRecipient = { type: 'operator', and: [], or: [] }
    // @ts-expect-error -- one of and, or, not
    const none: OperatorRecipient = { type: 'operator' }
    void [recipient, both, none]
  })
})

describe('a token input', () => {
  test('is one of two sets of fields, not a mixture', () => {
    // @ts-expect-error -- half of one set
    const half: InputOf<'issueStatelessChannelToken'> = { grant_type: 'client_credentials', client_id: '1' }
    // @ts-expect-error -- half of each set
    const mixed: InputOf<'issueStatelessChannelToken'> = {
      grant_type: 'client_credentials',
      client_id: '1',
      client_assertion: 'x',
    }
    // @ts-expect-error -- one grant only
    const grant: InputOf<'issueChannelToken'> = { grant_type: 'password', client_id: '1', client_secret: 's' }
    void [half, mixed, grant]
  })
})

describe('an output', () => {
  test('offers the known values of an open set and takes others', () => {
    expectTypeOf<'succeeded'>().toExtend<NarrowcastProgress['phase']>()
    expectTypeOf<string>().toExtend<NarrowcastProgress['phase']>()
    expectTypeOf<NarrowcastProgress['phase']>().not.toEqualTypeOf<string>()
  })
})
