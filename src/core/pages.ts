import { LineInputError } from './errors.js'
import { type CallOptions, type Endpoint, type Listed, nextPage } from './operation.js'

type Fields = { readonly [name: string]: unknown }

/** Creates the function that reads a page of a list and builds the input of the next page. */
export function pageReader(page: NonNullable<Endpoint['page']>): Listed<unknown>[typeof nextPage] {
  return (input, output) => {
    const { [page.items]: items, [page.next ?? page.more ?? '']: on } = output as Fields // the record's type guarantees these names
    const from = (input as Fields)[page.cursor]
    let next: unknown
    // LINE omits the cursor on the last page. An empty cursor would request the first page again.
    if (page.next) next = on || undefined
    else if (on === true) next = Number(from) + 1
    return {
      items: Array.isArray(items) ? items : [],
      next: next === undefined ? undefined : { ...input, [page.cursor]: next },
    }
  }
}

/** Options of {@link each}: a limit for the whole iteration, and the options of its calls. */
export interface EachOptions extends CallOptions {
  /** Maximum number of items to return, 0 or more. Pages beyond it are not requested. The `limit` of the input is LINE's page size. Default: all items. */
  readonly max?: number | undefined
}

/**
 * Iterates over all items of a list method. It requests a page only after all items of the previous page were consumed.
 *
 * It starts at the cursor in the input; lists with page numbers start with `{ page: 1 }`. A short or empty page does not end the iteration, because
 * LINE marks the last page by omitting the cursor. The iteration also ends when you leave the loop, or by the options `max` and `signal`.
 *
 * @throws {LineApiError} when a call fails: status 400 for a cursor that is older than 24 hours or belongs to another list.
 * @throws {LineInputError} when `max` is not an integer of 0 or more.
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
  if (typeof list !== 'function' || typeof list[nextPage] !== 'function')
    throw new LineInputError(
      'each: list must be a method of a client that returns pages, such as line.messaging.getFollowers',
    )
  const { max = Number.POSITIVE_INFINITY, ...call } = options ?? {}
  if (max !== Number.POSITIVE_INFINITY && !(Number.isSafeInteger(max) && max >= 0))
    throw new LineInputError('each: max must be an integer of 0 or more')
  let left = max
  for (let at: object | undefined = { ...input }; at && left > 0; ) {
    const page: ReturnType<Listed<Item>[typeof nextPage]> = list[nextPage](at, await list(at as Input, call)) // a copy of the input with the next cursor
    const items = page.items.slice(0, left)
    yield* items
    left -= items.length
    at = page.next
  }
}
