/** What is wrong in a file, and where. */
export interface Problem {
  /** Such as `line 3`; nothing where it is about the whole file. */
  place?: string;
  field?: string;
  message: string;
}

/** A file that is not what it has to be: everything that is wrong with it, and how far it came. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
  readonly file: string;
  readonly problems: readonly Problem[];

  constructor(
    file: string,
    problems: string | readonly Problem[],
    came = 'Nothing of it was sent.',
  ) {
    super(`${file} cannot be taken as it is. ${came}`);
    this.file = file;
    const all = typeof problems === 'string' ? [{ message: problems }] : problems;
    this.problems = all.toSorted((one, other) => lineOf(one) - lineOf(other));
  }
}

/** Zero for what is about the whole file. */
export function lineOf({ place = '' }: Problem): number {
  return Number(/line (\d+)/.exec(place)?.[1] ?? 0);
}

/** `line 3, price: is a whole number` */
export function problemInWords({ place, field, message }: Problem): string {
  const where = [place, field].filter((part) => part !== undefined && part !== '').join(', ');
  return where === '' ? message : `${where}: ${message}`;
}
