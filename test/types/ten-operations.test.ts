// Inputs and outputs of ten operations, one or two of each topic, written out instead of named.

import type { LineClient, StreamedFile } from 'line-oa'
import { describe, expectTypeOf, test } from 'vitest'

type Line = LineClient
type Open<Known extends string> = Known | (string & {})
type Input<Call extends (...input: never[]) => unknown> = Parameters<Call>[0]
type Output<Call extends (...input: never[]) => unknown> = Awaited<ReturnType<Call>>
type Nothing = Record<string, never>

describe('the input and output of', () => {
  test('getFollowers', () => {
    type Call = Line['messaging']['getFollowers']
    expectTypeOf<Input<Call>>().toEqualTypeOf<{ start?: string | undefined; limit?: number | undefined } | undefined>()
    expectTypeOf<Output<Call>>().toEqualTypeOf<{ userIds: string[]; next?: string | undefined }>()
  })

  test('getGroupMemberProfile', () => {
    type Call = Line['messaging']['getGroupMemberProfile']
    expectTypeOf<Input<Call>>().toEqualTypeOf<{ groupId: string; userId: string }>()
    expectTypeOf<Output<Call>>().toEqualTypeOf<{
      userId: string
      displayName: string
      pictureUrl?: string | undefined
    }>()
  })

  test('richMenuBatch', () => {
    type Call = Line['messaging']['richMenuBatch']
    expectTypeOf<Input<Call>>().toEqualTypeOf<{
      operations: readonly (
        | { type: 'link'; from: string; to: string }
        | { type: 'unlink'; from: string }
        | { type: 'unlinkAll' }
      )[]
      resumeRequestKey?: string | undefined
    }>()
    expectTypeOf<Output<Call>>().toEqualTypeOf<Nothing>()
  })

  test('setRichMenuImage', () => {
    type Call = Line['messaging']['setRichMenuImage']
    expectTypeOf<Input<Call>>().toEqualTypeOf<{ richMenuId: string; image: Blob }>()
    expectTypeOf<Output<Call>>().toEqualTypeOf<Nothing>()
  })

  test('testWebhookEndpoint', () => {
    type Call = Line['messaging']['testWebhookEndpoint']
    expectTypeOf<Input<Call>>().toEqualTypeOf<{ endpoint?: string | undefined } | undefined>()
    expectTypeOf<Output<Call>>().toEqualTypeOf<{
      success: boolean
      timestamp: string
      statusCode: number
      reason: Open<'OK' | 'COULD_NOT_CONNECT' | 'REQUEST_TIMEOUT' | 'ERROR_STATUS_CODE' | 'UNCLASSIFIED'>
      detail: string
    }>()
  })

  test('getNumberOfFollowers', () => {
    type Call = Line['insight']['getNumberOfFollowers']
    expectTypeOf<Input<Call>>().toEqualTypeOf<{ date: string }>()
    expectTypeOf<Output<Call>>().toEqualTypeOf<{
      status: Open<'ready' | 'unready' | 'out_of_service'>
      followers: number | null
      targetedReaches: number | null
      blocks: number | null
    }>()
  })

  test('addUserIdsToAudience', () => {
    type Call = Line['audience']['addUserIdsToAudience']
    expectTypeOf<Input<Call>>().toEqualTypeOf<{
      audienceGroupId: number
      uploadDescription?: string | undefined
      file: Blob | StreamedFile
    }>()
    expectTypeOf<Output<Call>>().toEqualTypeOf<Nothing>()
  })

  test('addLIFFApp', () => {
    type Call = Line['liff']['addLIFFApp']
    expectTypeOf<Input<Call>>().toEqualTypeOf<{
      view: { type: 'compact' | 'tall' | 'full'; url: string; moduleMode?: boolean | undefined }
      description?: string | undefined
      features?: { qrCode?: boolean | undefined } | undefined
      permanentLinkPattern?: 'concat' | undefined
      scope?: readonly ('openid' | 'email' | 'profile' | 'chat_message.write')[] | undefined
      botPrompt?: 'normal' | 'aggressive' | 'none' | undefined
    }>()
    expectTypeOf<Output<Call>>().toEqualTypeOf<{ liffId: string }>()
  })

  test('getModules', () => {
    type Call = Line['module']['getModules']
    expectTypeOf<Input<Call>>().toEqualTypeOf<{ start?: string | undefined; limit?: number | undefined } | undefined>()
    expectTypeOf<Output<Call>>().toEqualTypeOf<{
      bots: {
        userId: string
        basicId: string
        premiumId?: string | undefined
        displayName: string
        pictureUrl?: string | undefined
      }[]
      next?: string | undefined
    }>()
  })

  test('missionStickerV3', () => {
    type Call = Line['shop']['missionStickerV3']
    expectTypeOf<Input<Call>>().toEqualTypeOf<{
      to: string
      productType: 'STICKER'
      productId: string
      sendPresentMessage: false
    }>()
    expectTypeOf<Output<Call>>().toEqualTypeOf<Nothing>()
  })
})
