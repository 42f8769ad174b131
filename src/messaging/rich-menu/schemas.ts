import * as z from 'zod/mini'
import { type Contracts, type Schema, schema } from '../../core/schema/schema.js'
import { filled, list, Nothing, rule } from '../../core/schema/schema-parts.js'
import { FoundRichMenuAction, RichMenuAction } from '../action/schemas.js'
import { Binary } from '../content/schemas.js'
import { maxGraphemes } from '../message/schema-parts.js'
import { isWideEnough, sizes } from './image.js'
import type * as operations from './operations.js'
import type * as T from './types.js'

export const RichMenuSize: Schema<T.RichMenuSize> = /* @__PURE__ */ schema(() =>
  z
    .object({
      width: z.int().check(z.minimum(sizes.narrowest), z.maximum(sizes.widest)),
      height: z.int().check(z.minimum(sizes.lowest)),
    })
    .check(
      rule((size) =>
        isWideEnough(size)
          ? []
          : [
              {
                path: [],
                allowed: `at least ${sizes.ratio} times as wide as it is high`,
                found: `${size.width} x ${size.height}`,
              },
            ],
      ),
    ),
)

const pixels = (least: number) => z.int().check(z.minimum(least), z.maximum(2 ** 31 - 1))

export const RichMenuBounds: Schema<T.RichMenuBounds> = /* @__PURE__ */ schema(() =>
  z.object({ x: pixels(0), y: pixels(0), width: pixels(1), height: pixels(1) }),
)

export const RichMenuArea: Schema<T.RichMenuArea> = /* @__PURE__ */ schema(() =>
  z.object({ bounds: RichMenuBounds(), action: RichMenuAction() }),
)

export const RichMenuInput: Schema<T.RichMenuInput> = /* @__PURE__ */ schema(() =>
  z.object({
    size: RichMenuSize(),
    selected: z.boolean(),
    name: z.string().check(maxGraphemes(300)),
    chatBarText: z.string().check(maxGraphemes(14)),
    areas: list(RichMenuArea(), 0, 20),
  }),
)

/** Identifies a rich menu in an input. */
export const RichMenuIdInput: Schema<T.RichMenuId> = /* @__PURE__ */ schema(() => z.object({ richMenuId: filled() }))

export const RichMenuId: Schema<T.RichMenuId> = /* @__PURE__ */ schema(() => z.object({ richMenuId: z.string() }))

// Only the type is checked, because LINE reports other image problems with specific messages and statuses.
export const SetRichMenuImageInput: Schema<T.SetRichMenuImageInput> = /* @__PURE__ */ schema(() =>
  z.object({
    richMenuId: filled(),
    image: z.custom<Blob>((value) => value instanceof Blob, { error: 'a Blob, for example from richMenuImage()' }),
  }),
)

const FoundArea: Schema<T.RichMenuArea> = /* @__PURE__ */ schema(() =>
  z.object({
    bounds: z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() }),
    action: FoundRichMenuAction(),
  }),
)

export const RichMenu: Schema<T.RichMenu> = /* @__PURE__ */ schema(() =>
  z.object({
    richMenuId: z.string(),
    size: z.object({ width: z.int(), height: z.int() }),
    selected: z.boolean(),
    name: z.string(),
    chatBarText: z.string(),
    areas: z.array(FoundArea()),
  }),
)

export const RichMenuList: Schema<T.RichMenuList> = /* @__PURE__ */ schema(() =>
  z.object({ richmenus: z.array(RichMenu()) }),
)

export const contracts: Contracts<typeof operations> = {
  createRichMenu: { input: RichMenuInput, output: RichMenuId },
  validateRichMenuObject: { input: RichMenuInput, output: Nothing },
  setRichMenuImage: { input: SetRichMenuImageInput, output: Nothing },
  getRichMenuImage: { input: RichMenuIdInput, output: Binary },
  getRichMenuList: { input: Nothing, output: RichMenuList },
  getRichMenu: { input: RichMenuIdInput, output: RichMenu },
  deleteRichMenu: { input: RichMenuIdInput, output: Nothing },
  setDefaultRichMenu: { input: RichMenuIdInput, output: Nothing },
  getDefaultRichMenuId: { input: Nothing, output: RichMenuId },
  cancelDefaultRichMenu: { input: Nothing, output: Nothing },
}
