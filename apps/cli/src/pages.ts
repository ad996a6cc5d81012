interface Page<Item> {
  items: readonly Item[];
  nextCursor: string | null;
}

/** Everything in a list, page by page. */
export async function allOf<Item>(
  pageAt: (place: { cursor: string | undefined; limit: number }) => PromiseLike<Page<Item>>,
): Promise<Item[]> {
  const found: Item[] = [];
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await pageAt({ cursor, limit: 100 });
    found.push(...items);
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}
