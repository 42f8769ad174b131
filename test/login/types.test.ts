import { type AssertionKey, proveAssertionKey } from 'line-oa/keys'
import {
  createLoginClient,
  type IdTokenClaims,
  type LiffAuthentication,
  type LineLoginError,
  type LoginBackend,
  type LoginClient,
  type LoginSession,
  type UserIdOf,
  type VerifyIdTokenOptions,
  verifyIdToken,
} from 'line-oa/login'
import { describe, expectTypeOf, test } from 'vitest'

const channel = { channelId: '1', channelSecret: 's' }
const web = () => createLoginClient({ ...channel, redirectUri: 'https://example.com', provider: 'japan' })

describe('createLoginClient', () => {
  test('returns a client for a web app when there is a callback URL', () => {
    expectTypeOf(web).returns.toEqualTypeOf<LoginClient<'japan'>>()
    expectTypeOf<Awaited<ReturnType<LoginClient<'japan'>['finish']>>>().toEqualTypeOf<LoginSession<'japan'>>()
  })

  test('returns a client without start and finish when there is none', () => {
    const backend = () => createLoginClient({ channelId: '1' })
    expectTypeOf(backend).returns.toEqualTypeOf<LoginBackend<string>>()
    expectTypeOf<LoginBackend>().not.toHaveProperty('start')
  })

  test('does not compile for a web app without a channel secret', () => {
    // @ts-expect-error LINE requires the channel secret to exchange a code
    expectTypeOf(() => createLoginClient({ channelId: '1', redirectUri: 'https://example.com' })).toBeFunction()
  })
})

describe('user IDs', () => {
  test('of one provider are not assignable to those of another', () => {
    expectTypeOf<UserIdOf<'japan'>>().not.toExtend<UserIdOf<'taiwan'>>()
    expectTypeOf<UserIdOf<'japan'>>().toExtend<UserIdOf>()
    expectTypeOf<UserIdOf<'japan'>>().toExtend<string>()
  })

  test('have the provider of their client', () => {
    expectTypeOf<LoginSession<'japan'>['userId']>().toEqualTypeOf<UserIdOf<'japan'> | undefined>()
    expectTypeOf<Awaited<ReturnType<LoginClient<'japan'>['profile']>>['userId']>().toExtend<UserIdOf<'japan'>>()
    expectTypeOf<Extract<LiffAuthentication<'japan'>, { ok: true }>['user']['userId']>().toEqualTypeOf<
      UserIdOf<'japan'>
    >()
  })
})

test('proveAssertionKey takes a key or its parts, not both', () => {
  const key = {} as AssertionKey // only its type is looked at
  expectTypeOf(() => proveAssertionKey({ channelId: '1', key })).toBeFunction()
  expectTypeOf(() => proveAssertionKey({ channelId: '1', kid: '', privateKey: '' })).toBeFunction()
  // @ts-expect-error the key has a kid
  expectTypeOf(() => proveAssertionKey({ channelId: '1', kid: '', key })).toBeFunction()
  // @ts-expect-error there is no key
  expectTypeOf(() => proveAssertionKey({ channelId: '1' })).toBeFunction()
})

test('a jwt response mode does not compile', () => {
  // @ts-expect-error LINE does not document its content
  expectTypeOf(() => web().start({ responseMode: 'query.jwt' })).toBeFunction()
})

test('claims are typed, and none is `any`', () => {
  expectTypeOf(verifyIdToken).toEqualTypeOf<(token: string, options: VerifyIdTokenOptions) => Promise<IdTokenClaims>>()
  expectTypeOf<IdTokenClaims['email']>().toEqualTypeOf<string | undefined>()
  for (const _ of ['sub', 'amr', 'address', 'gender'] as const) expectTypeOf<IdTokenClaims[typeof _]>().not.toBeAny()
  expectTypeOf<LineLoginError['code']>().toEqualTypeOf<'LINE_LOGIN'>()
})
