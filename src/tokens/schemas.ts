import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../core/schema/schema.js'
import { filled, Nothing } from '../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

const grantType = () => z.literal('client_credentials')

const proof = () => ({
  client_assertion_type: z.literal('urn:ietf:params:oauth:client-assertion-type:jwt-bearer'),
  client_assertion: filled(),
})

export const ChannelSecretGrant: Schema<T.ChannelSecretGrant> = /* @__PURE__ */ schema(() =>
  z.object({ grant_type: grantType(), client_id: filled(), client_secret: filled() }),
)

export const AssertionProof: Schema<T.AssertionProof> = /* @__PURE__ */ schema(() => z.object(proof()))

export const AssertionGrant: Schema<T.AssertionGrant> = /* @__PURE__ */ schema(() =>
  z.object({ grant_type: grantType(), ...proof() }),
)

export const IssueStatelessChannelTokenInput: Schema<T.IssueStatelessChannelTokenInput> = /* @__PURE__ */ schema(() =>
  z.union([ChannelSecretGrant(), AssertionGrant()]),
)

const issued = () => ({ access_token: z.string(), expires_in: z.int(), token_type: z.string() })

export const IssuedToken: Schema<T.IssuedToken> = /* @__PURE__ */ schema(() => z.object(issued()))

export const IssuedTokenV21: Schema<T.IssuedTokenV21> = /* @__PURE__ */ schema(() =>
  z.object({ ...issued(), key_id: z.string() }),
)

export const ValidTokenKeyIds: Schema<T.ValidTokenKeyIds> = /* @__PURE__ */ schema(() =>
  z.object({ kids: z.array(z.string()) }),
)

export const AccessTokenInput: Schema<T.AccessTokenInput> = /* @__PURE__ */ schema(() =>
  z.object({ access_token: filled() }),
)

export const RevokeChannelTokenByJWTInput: Schema<T.RevokeChannelTokenByJWTInput> = /* @__PURE__ */ schema(() =>
  z.object({ client_id: filled(), client_secret: filled(), access_token: filled() }),
)

export const VerifiedToken: Schema<T.VerifiedToken> = /* @__PURE__ */ schema(() =>
  z.object({ client_id: z.string(), expires_in: z.int(), scope: z.optional(z.string()) }),
)

export const contracts: Contracts<typeof operations> = {
  issueStatelessChannelToken: { input: IssueStatelessChannelTokenInput, output: IssuedToken },
  issueChannelTokenByJWT: { input: AssertionGrant, output: IssuedTokenV21 },
  getsAllValidChannelAccessTokenKeyIds: { input: AssertionProof, output: ValidTokenKeyIds },
  verifyChannelTokenByJWT: { input: AccessTokenInput, output: VerifiedToken },
  revokeChannelTokenByJWT: { input: RevokeChannelTokenByJWTInput, output: Nothing },
  issueChannelToken: { input: ChannelSecretGrant, output: IssuedToken },
  verifyChannelToken: { input: AccessTokenInput, output: VerifiedToken },
  revokeChannelToken: { input: AccessTokenInput, output: Nothing },
}
