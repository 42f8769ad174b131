import { LineInputError } from './errors.js'
import { type CallOptions, type Endpoint, type Listed, turn } from './operation.js'

type Fields = { readonly [name: string]: unknown }

/** The step from one page of a record to the next; a list method carries it. */
export function turnOf(page: NonNullable<Endpoint['page']>): Listed<unknown>[typeof turn] {
  return (input, output) => {
    const { [page.items]: items, [page.next ?? page.more ?? '']: on } = output as Fields // the record's type has proved these names
    const from = (input as Fields)[page.cursor]
    let next: unknown
    // LINE ends a list by leaving the cursor out; an empty one would begin again from the start.
    if (page.next) next = on || undefined
    else if (on === true) next = Number(from) + 1
    return {
      items: Array.isArray(items) ? items : [],
      next: next === undefined ? undefined : { ...input, [page.cursor]: next },
    }
  }
}

/** How far a walk goes, and how each of its calls is made. */
export interface EachOptions extends CallOptions {
  /** Ends the walk after so many items, from 0; no page beyond them is asked for. Default: everything. `limit` in the input is LINE's size of a page. */
  readonly max?: number | undefined
}

/**
 * Walks over everything a list method lists, page by page, asking for a page only when the one before is used up.
 *
 * It goes on from the cursor in the input; numbered lists start with `{ page: 1 }`. A short or empty page does not end it: LINE's last page has no cursor.
 * Leaving the loop ends it, and so do `max` and `signal` in the options.
 *
 * @throws {LineApiError} what the calls throw: status 400 for a cursor that is older than 24 hours or of another list.
 * @throws {LineInputError} for a `max` that is no whole number from 0.
 *
 * @example
 * for await (const userId of each(line.messaging.getFollowers, { limit: 1000 })) console.log(userId)
 */
export async function* each<Input, Item>(
  list: ((input: Input, options?: CallOptions) => Promise<object>) & Listed<Item>,
  ...[input, options]: {} extends NoInfer<Input>
    ? [input?: NoInfer<Input>, options?: EachOptions]
    : [input: NoInfer<Input>, options?: EachOptions]
): AsyncGenerator<Item, void, undefined> {
  const { max = Number.POSITIVE_INFINITY, ...call } = options ?? {}
  if (max !== Number.POSITIVE_INFINITY && !(Number.isSafeInteger(max) && max >= 0))
    throw new LineInputError('each: max must be a whole number from 0')
  let left = max
  for (let at: object | undefined = { ...input }; at && left > 0; ) {
    const page: ReturnType<Listed<Item>[typeof turn]> = list[turn](at, await list(at as Input, call)) // a copy of the input, with another cursor
    const items = page.items.slice(0, left)
    yield* items
    left -= items.length
    at = page.next
  }
}
