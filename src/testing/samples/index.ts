import type * as operations from '../../operations.js'
import { account } from './account.js'
import { audience } from './audience.js'
import { coupon } from './coupon.js'
import { insight } from './insight.js'
import { liff } from './liff.js'
import { login } from './login.js'
import { miniApp } from './mini-app.js'
import { module } from './module.js'
import { people } from './people.js'
import { richMenu } from './rich-menu.js'
import { sending } from './sending.js'
import { shop } from './shop.js'
import { tokens } from './tokens.js'
import type { Answers } from './types.js'

/** A believable answer of each operation in the catalog, under LINE's own name. */
export type Samples = Answers<typeof operations>

// A function, because bundlers keep a spread that stands at the top of a module.
function collect(): Samples {
  return {
    ...account,
    ...audience,
    ...coupon,
    ...insight,
    ...liff,
    ...login,
    ...miniApp,
    ...module,
    ...people,
    ...richMenu,
    ...sending,
    ...shop,
    ...tokens,
  }
}

/**
 * What LINE could answer to each operation, for stubs: always the same values, in an object of its own at each call. Change what matters to the test.
 * A file comes with a stream of its own. Tests that need LINE to remember what was done take the emulator.
 *
 * @example
 * const profile = { ...samples.getProfile(), displayName: 'Ken' }
 */
export const samples: Samples = /* @__PURE__ */ collect()
