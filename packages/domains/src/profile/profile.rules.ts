type Said<Fields> = { [Name in keyof Fields]?: Fields[Name] | undefined };

/** What is said and is not so already. */
export function changed<Fields extends object>(now: Fields, said: Said<Fields>): Partial<Fields> {
  const news = Object.entries(said).filter(
    ([name, value]) => value !== undefined && value !== now[name as keyof Fields],
  );
  return Object.fromEntries(news) as Partial<Fields>;
}

export function isEmpty(fields: object): boolean {
  return Object.keys(fields).length === 0;
}
