import type { ItemPage, ItemView } from '@comanda/client';
import type { InfiniteData } from '@tanstack/react-query';
import { calls, kept } from '../../house/comanda.ts';

/** Puts a changed item where the old one was, without asking for the menu again. */
export function keepItem(item: ItemView): void {
  const lists = calls.menu.list.pathFilter();
  // What is not on the screen, such as the menu of the guests, is read anew when it is looked at.
  void kept.invalidateQueries({ ...lists, refetchType: 'none' });
  kept.setQueriesData<InfiniteData<ItemPage>>(lists, (data) => {
    if (data === undefined || !('pages' in data)) return data;
    const pages = data.pages.map((page) => ({
      ...page,
      items: page.items.map((old) => (old.id === item.id ? item : old)),
    }));
    return { ...data, pages };
  });
}
