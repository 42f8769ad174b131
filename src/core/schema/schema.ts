import type * as z from 'zod/mini'
import type { Operation } from '../operation.js'

type Same<A, B> = (<G>() => G extends A ? 1 : 2) extends <G>() => G extends B ? 1 : 2 ? true : false

/** The compile error for a schema that differs from its interface. */
export interface Drift<Written, Checked> {
  readonly 'the interface and its schema differ': never
  readonly written: Written
  readonly checked: Checked
}

declare const exact: unique symbol

/** The schema of a `T`, which is built at its first call. */
export interface Schema<T> {
  (): z.core.$ZodType<T, T, z.core.$ZodTypeInternals<T, T> & { propValues: z.core.util.PropValues }>
  /** Never set. It turns a wider or narrower schema into a compile error. */
  readonly [exact]?: <G>() => G extends T ? 1 : 2
}

/**
 * Defines the schema of an interface. It compiles only while both agree in every key.
 *
 * A schema accepts or refuses a value and never changes it: no transforms, defaults or coercion.
 */
// @__NO_SIDE_EFFECTS__
export function schema<T, S extends z.core.$ZodType = z.core.$ZodType>(
  make: Same<z.core.output<S>, T> extends true ? () => S : Drift<T, z.core.output<S>>,
): Schema<T> {
  let made: unknown
  // The condition on the parameter guarantees this, but the compiler cannot derive it from a conditional type.
  return (() => (made ??= (make as () => unknown)())) as Schema<T>
}

interface Exactly<T> {
  (): z.core.$ZodType<T, T>
  readonly [exact]?: <G>() => G extends T ? 1 : 2
}

/** The schemas of one operation. */
export interface Contract<Input, Output> {
  readonly input: Exactly<Input>
  readonly output: Exactly<Output>
}

/** The schemas of a group of operation records. The type requires one contract for every record, and no others. */
export type Contracts<Ops> = {
  readonly [K in keyof Ops]: Ops[K] extends Operation<infer Input, infer Output> ? Contract<Input, Output> : never
}
