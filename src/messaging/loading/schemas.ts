import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { filled, Nothing, rule } from '../../core/schema/schema-parts.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

const steps = () => rule<number>((seconds) => (seconds % 5 === 0 ? [] : [{ path: [], allowed: 'a multiple of 5' }]))

export const ShowLoadingAnimationInput: Schema<T.ShowLoadingAnimationInput> = /* @__PURE__ */ schema(() =>
  z.object({ chatId: filled(), loadingSeconds: z.optional(z.int().check(z.minimum(5), z.maximum(60), steps())) }),
)

export const contracts: Contracts<typeof operations> = {
  showLoadingAnimation: { input: ShowLoadingAnimationInput, output: Nothing },
}
