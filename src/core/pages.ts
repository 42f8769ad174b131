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
    return { items: Array.isArray(items) ? items : [], next: next === undefined ? undefined : { ...input, [page.cursor]: next } }
  }
}

/**
 * Walks over everything a list method lists, page by page, asking for a page only when the one before is used up.
 *
 * It goes on from the cursor in the input; numbered lists start with `{ page: 1 }`. A short or empty page does not end it: LINE's last page has no cursor.
 *
 * @example
 * for await (const userId of each(line.messaging.getFollowers, { limit: 1000 })) console.log(userId)
 */
export async function* each<Input, Item>(
  list: ((input: Input, options?: CallOptions) => Promise<object>) & Listed<Item>,
  ...[input, options]: {} extends NoInfer<Input>
    ? [input?: NoInfer<Input>, options?: CallOptions]
    : [input: NoInfer<Input>, options?: CallOptions]
): AsyncGenerator<Item, void, undefined> {
  for (let at: object | undefined = { ...input }; at; ) {
    const page: ReturnType<Listed<Item>[typeof turn]> = list[turn](at, await list(at as Input, options)) // a copy of the input, with another cursor
    yield* page.items
    at = page.next
  }
}
