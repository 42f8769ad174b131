import type { Operation } from '../../core/operation.js'

/** A believable answer of each operation, made anew by every call. */
export type Answers<Ops> = {
  readonly [K in keyof Ops]: Ops[K] extends Operation<infer _, infer Output> ? () => Output : never
}
