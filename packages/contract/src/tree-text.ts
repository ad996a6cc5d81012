/** Lines at the names of a tree: `{ 'menu.items.list': line }` stands in `menu: { items: { … } }`. */
export function treeText(lines: Map<string, (name: string) => string>): string {
  const folders = Map.groupBy(lines, ([path]) => path.split('.')[0] ?? '');
  const texts = [...folders].map(([name, inside]) => {
    const own = lines.get(name);
    if (own) return own(name);
    const rest = inside.map(([path, line]) => [path.slice(name.length + 1), line] as const);
    return `${name}: ${treeText(new Map(rest))};`;
  });
  return `{\n${texts.map((text) => text.replace(/^/gm, '  ')).join('\n')}\n}`;
}
