/** A slug from a name: lower case, no accents, words joined by dashes; `taken` counts up to a free one. */
export function slugFrom(name: string, taken: (slug: string) => boolean = () => false): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug =
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 180)
      .replace(/^-+|-+$/g, '') || 'unnamed';
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? slug : `${slug}-${n}`;
    if (!taken(candidate)) return candidate;
  }
}
