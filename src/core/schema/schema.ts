import type * as z from 'zod/mini'
import type { Operation } from '../operation.js'

type Same<A, B> = (<G>() => G extends A ? 1 : 2) extends <G>() => G extends B ? 1 : 2 ? true : false

/** What the compiler shows when a schema and its interface differ. */
export interface Drift<Written, Checked> {
  readonly 'the interface and its schema differ': never
  readonly written: Written
  readonly checked: Checked
}

declare const exact: unique symbol

/** The check of a `T`, built when it is first called. */
export interface Schema<T> {
  (): z.core.$ZodType<T, T, z.core.$ZodTypeInternals<T, T> & { propValues: z.core.util.PropValues }>
  /** Never set; it keeps a wider or narrower schema from passing. */
  readonly [exact]?: <G>() => G extends T ? 1 : 2
}

/**
 * Makes the schema of an interface. It compiles only while both agree in every key.
 *
 * A schema answers yes or no and never changes a value: no transforms, defaults or coercion.
 */
// @__NO_SIDE_EFFECTS__
export function schema<T, S extends z.core.$ZodType = z.core.$ZodType>(
  make: Same<z.core.output<S>, T> extends true ? () => S : Drift<T, z.core.output<S>>,
): Schema<T> {
  let made: unknown
  // The condition above has proved what the compiler cannot see through its conditional type.
  return (() => (made ??= (make as () => unknown)())) as Schema<T>
}

interface Exactly<T> {
  (): z.core.$ZodType<T, T>
  readonly [exact]?: <G>() => G extends T ? 1 : 2
}

/** The checks of one operation. */
export interface Contract<Input, Output> {
  readonly input: Exactly<Input>
  readonly output: Exactly<Output>
}

/** The checks of a group of records, complete and exact by type. */
export type Contracts<Ops> = {
  readonly [K in keyof Ops]: Ops[K] extends Operation<infer Input, infer Output> ? Contract<Input, Output> : never
}
