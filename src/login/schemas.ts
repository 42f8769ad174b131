import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../core/schema/schema.js'
import { filled, Nothing, openSet } from '../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

const optionalText = () => z.optional(z.string())

export const IssueUserTokenInput: Schema<T.IssueUserTokenInput> = /* @__PURE__ */ schema(() =>
  z.object({
    grant_type: z.literal('authorization_code'),
    code: filled(),
    redirect_uri: filled(),
    client_id: filled(),
    client_secret: filled(),
    code_verifier: z.optional(z.string().check(z.regex(/^[\w.~-]{43,128}$/, '43 to 128 letters, digits and - . _ ~'))),
  }),
)

export const RefreshUserTokenInput: Schema<T.RefreshUserTokenInput> = /* @__PURE__ */ schema(() =>
  z.object({
    grant_type: z.literal('refresh_token'),
    refresh_token: filled(),
    client_id: filled(),
    client_secret: z.optional(filled()),
  }),
)

const tokens = () => ({
  access_token: z.string(),
  expires_in: z.int(),
  refresh_token: z.string(),
  scope: z.string(),
  token_type: z.string(),
})

export const RefreshedUserToken: Schema<T.RefreshedUserToken> = /* @__PURE__ */ schema(() => z.object(tokens()))

export const IssuedUserToken: Schema<T.IssuedUserToken> = /* @__PURE__ */ schema(() =>
  z.object({ ...tokens(), id_token: optionalText() }),
)

export const UserTokenInput: Schema<T.UserTokenInput> = /* @__PURE__ */ schema(() =>
  z.object({ access_token: filled() }),
)

export const VerifiedUserToken: Schema<T.VerifiedUserToken> = /* @__PURE__ */ schema(() =>
  z.object({ scope: z.string(), client_id: z.string(), expires_in: z.int() }),
)

export const RevokeUserTokenInput: Schema<T.RevokeUserTokenInput> = /* @__PURE__ */ schema(() =>
  z.object({ access_token: filled(), client_id: filled(), client_secret: z.optional(filled()) }),
)

export const DeauthorizeUserInput: Schema<T.DeauthorizeUserInput> = /* @__PURE__ */ schema(() =>
  z.object({ userAccessToken: filled() }),
)

export const VerifyUserIdTokenInput: Schema<T.VerifyUserIdTokenInput> = /* @__PURE__ */ schema(() =>
  z.object({ id_token: filled(), client_id: filled(), nonce: z.optional(filled()), user_id: z.optional(filled()) }),
)

export const ProfilePlusAddress: Schema<T.ProfilePlusAddress> = /* @__PURE__ */ schema(() =>
  z.object({
    postal_code: optionalText(),
    region: optionalText(),
    locality: optionalText(),
    street_address: optionalText(),
    country: optionalText(),
  }),
)

export const IdTokenClaims: Schema<T.IdTokenClaims> = /* @__PURE__ */ schema(() =>
  z.object({
    iss: z.string(),
    sub: z.string(),
    aud: z.string(),
    exp: z.int(),
    iat: z.int(),
    auth_time: z.optional(z.int()),
    nonce: optionalText(),
    amr: z.optional(z.array(openSet('pwd', 'lineautologin', 'lineqr', 'linesso', 'mfa'))),
    name: optionalText(),
    picture: optionalText(),
    email: optionalText(),
    given_name: optionalText(),
    given_name_pronunciation: optionalText(),
    middle_name: optionalText(),
    family_name: optionalText(),
    family_name_pronunciation: optionalText(),
    gender: z.optional(openSet('male', 'female')),
    birthdate: optionalText(),
    phone_number: optionalText(),
    address: z.optional(ProfilePlusAddress()),
  }),
)

export const UserInfo: Schema<T.UserInfo> = /* @__PURE__ */ schema(() =>
  z.object({ sub: z.string(), name: optionalText(), picture: optionalText() }),
)

export const UserProfile: Schema<T.UserProfile> = /* @__PURE__ */ schema(() =>
  z.object({ userId: z.string(), displayName: z.string(), pictureUrl: optionalText(), statusMessage: optionalText() }),
)

export const FriendshipStatus: Schema<T.FriendshipStatus> = /* @__PURE__ */ schema(() =>
  z.object({ friendFlag: z.boolean() }),
)

export const IdTokenKeySet: Schema<T.IdTokenKeySet> = /* @__PURE__ */ schema(() =>
  z.object({
    keys: z.array(
      z.object({
        kty: z.string(),
        kid: z.string(),
        alg: optionalText(),
        use: optionalText(),
        crv: optionalText(),
        x: optionalText(),
        y: optionalText(),
      }),
    ),
  }),
)

export const OpenIdConfiguration: Schema<T.OpenIdConfiguration> = /* @__PURE__ */ schema(() =>
  z.object({
    issuer: z.string(),
    authorization_endpoint: z.string(),
    token_endpoint: z.string(),
    revocation_endpoint: optionalText(),
    userinfo_endpoint: optionalText(),
    jwks_uri: z.string(),
    scopes_supported: z.optional(z.array(z.string())),
    response_types_supported: z.array(z.string()),
    subject_types_supported: z.array(z.string()),
    id_token_signing_alg_values_supported: z.array(z.string()),
    code_challenge_methods_supported: z.optional(z.array(z.string())),
  }),
)

export const contracts: Contracts<typeof operations> = {
  issueUserToken: { input: IssueUserTokenInput, output: IssuedUserToken },
  refreshUserToken: { input: RefreshUserTokenInput, output: RefreshedUserToken },
  verifyUserToken: { input: UserTokenInput, output: VerifiedUserToken },
  revokeUserToken: { input: RevokeUserTokenInput, output: Nothing },
  deauthorizeUser: { input: DeauthorizeUserInput, output: Nothing },
  verifyUserIdToken: { input: VerifyUserIdTokenInput, output: IdTokenClaims },
  getUserInfo: { input: Nothing, output: UserInfo },
  getUserInfoByPost: { input: Nothing, output: UserInfo },
  getUserProfile: { input: Nothing, output: UserProfile },
  getFriendshipStatus: { input: Nothing, output: FriendshipStatus },
  getIdTokenKeys: { input: Nothing, output: IdTokenKeySet },
  getOpenIdConfiguration: { input: Nothing, output: OpenIdConfiguration },
}
