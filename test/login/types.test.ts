import type { AssertionKey } from 'line-oa/keys'
import {
  createLoginClient,
  type IdTokenClaims,
  type LiffAuthentication,
  type LineLoginError,
  type LoginBackend,
  type LoginClient,
  type LoginSession,
  proveAssertionKey,
  type UserIdOf,
  type VerifyIdTokenOptions,
  verifyIdToken,
} from 'line-oa/login'
import { describe, expectTypeOf, test } from 'vitest'

const channel = { channelId: '1', channelSecret: 's' }
const web = () => createLoginClient({ ...channel, redirectUri: 'https://example.com', provider: 'japan' })

describe('what kind of client it is', () => {
  test('a callback URL makes it that of a web app', () => {
    expectTypeOf(web).returns.toEqualTypeOf<LoginClient<'japan'>>()
    expectTypeOf<Awaited<ReturnType<LoginClient<'japan'>['finish']>>>().toEqualTypeOf<LoginSession<'japan'>>()
  })

  test('without one it can neither start nor finish a login', () => {
    const backend = () => createLoginClient({ channelId: '1' })
    expectTypeOf(backend).returns.toEqualTypeOf<LoginBackend<string>>()
    expectTypeOf<LoginBackend>().not.toHaveProperty('start')
  })

  test('a web app without a secret does not compile', () => {
    // @ts-expect-error LINE's exchange of a code takes the secret
    expectTypeOf(() => createLoginClient({ channelId: '1', redirectUri: 'https://example.com' })).toBeFunction()
  })
})

describe('user IDs', () => {
  test('of one provider do not pass for those of another', () => {
    expectTypeOf<UserIdOf<'japan'>>().not.toExtend<UserIdOf<'taiwan'>>()
    expectTypeOf<UserIdOf<'japan'>>().toExtend<UserIdOf>()
    expectTypeOf<UserIdOf<'japan'>>().toExtend<string>()
  })

  test('come from the client of their provider', () => {
    expectTypeOf<LoginSession<'japan'>['userId']>().toEqualTypeOf<UserIdOf<'japan'> | undefined>()
    expectTypeOf<Awaited<ReturnType<LoginClient<'japan'>['profile']>>['userId']>().toExtend<UserIdOf<'japan'>>()
    expectTypeOf<Extract<LiffAuthentication<'japan'>, { ok: true }>['user']['userId']>().toEqualTypeOf<
      UserIdOf<'japan'>
    >()
  })
})

test('a key is proven by what it is made of, or by itself, and not by both', () => {
  const key = {} as AssertionKey // only its type is looked at
  expectTypeOf(() => proveAssertionKey({ channelId: '1', key })).toBeFunction()
  expectTypeOf(() => proveAssertionKey({ channelId: '1', kid: '', privateKey: '' })).toBeFunction()
  // @ts-expect-error the kid is that of the key
  expectTypeOf(() => proveAssertionKey({ channelId: '1', kid: '', key })).toBeFunction()
  // @ts-expect-error there is nothing to prove
  expectTypeOf(() => proveAssertionKey({ channelId: '1' })).toBeFunction()
})

test('a jwt response mode does not compile', () => {
  // @ts-expect-error LINE does not say what is in it
  expectTypeOf(() => web().start({ responseMode: 'query.jwt' })).toBeFunction()
})

test('claims are typed, and none is any', () => {
  expectTypeOf(verifyIdToken).toEqualTypeOf<(token: string, options: VerifyIdTokenOptions) => Promise<IdTokenClaims>>()
  expectTypeOf<IdTokenClaims['email']>().toEqualTypeOf<string | undefined>()
  for (const _ of ['sub', 'amr', 'address', 'gender'] as const) expectTypeOf<IdTokenClaims[typeof _]>().not.toBeAny()
  expectTypeOf<LineLoginError['code']>().toEqualTypeOf<'LINE_LOGIN'>()
})
