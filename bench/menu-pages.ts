/** Which page of the menu. */
export interface Place {
  limit: number;
  category?: string;
  search?: string;
  cursor?: string;
  /** For those who know no cursors: how many stand before it. */
  offset?: number;
}

/**
 * The path of a page. With a `salt` it is one that nobody has asked for before: what was kept under
 * another path is of no use, and the page has to be read.
 */
export function pagePath(place: Place, salt?: string): string {
  return `${inputPath('menu.list', place)}${salt === undefined ? '' : `&salt=${salt}`}`;
}

/** The path of a query. */
export function inputPath(procedure: string, input: unknown): string {
  return `/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`;
}
