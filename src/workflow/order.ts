/** Something that must come after others, by name. */
interface Ordered {
  readonly name: string
}

/** An order in which each comes after those it needs, or the circle of names that makes one impossible. */
export type Order<Item> =
  | { readonly order: readonly Item[]; readonly circle?: undefined }
  | { readonly order?: undefined; readonly circle: readonly string[] }

/**
 * Sorts so that each item comes after those it needs, and otherwise as they were declared. Names that are no item's are
 * passed over.
 */
export function orderByNeed<Item extends Ordered>(
  items: readonly Item[],
  needsOf: (item: Item) => Iterable<string>,
): Order<Item> {
  const byName = new Map(items.map((item) => [item.name, item]))
  const order: Item[] = []
  const done = new Set<string>()
  const open: string[] = []

  function place(item: Item): readonly string[] | undefined {
    if (done.has(item.name)) return undefined
    if (open.includes(item.name)) return [...open.slice(open.indexOf(item.name)), item.name]
    open.push(item.name)
    for (const name of needsOf(item)) {
      const needed = byName.get(name)
      const circle = needed && place(needed)
      if (circle) return circle
    }
    open.pop()
    done.add(item.name)
    order.push(item)
    return undefined
  }

  for (const item of items) {
    const circle = place(item)
    if (circle) return { circle }
  }
  return { order }
}
