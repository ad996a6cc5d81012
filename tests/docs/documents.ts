import { existsSync, globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Document {
  path: string;
  text: string;
}

/** What people read about this repository. */
export const DOCUMENTS: Document[] = globSync(
  ['*.md', 'docs/**/*.md', '{apps,packages}/*/README.md', 'tests/README.md'],
  { cwd: root },
)
  .toSorted()
  .map((path) => ({ path, text: textOf(path) }));

export function textOf(path: string): string {
  return readFileSync(`${root}${path}`, 'utf8');
}

export function documentAt(path: string): Document {
  return { path, text: textOf(path) };
}

/** Files of examples: the document shows what stands between their markers. */
export const EXAMPLES = globSync('tests/docs/*.example.ts', { cwd: root }).map(textOf);

export const WORKSPACES = globSync('{apps,packages}/*/package.json', { cwd: root }).map((path) =>
  posix.dirname(path),
);

/** What `rule` finds wrong with each document, with its path in front. */
export function offences(rule: (document: Document) => string[]): string[] {
  return DOCUMENTS.flatMap((document) => rule(document).map((what) => `${document.path}: ${what}`));
}

/** Lets through what is known. */
export function unknown(
  known: Iterable<string>,
  named: (document: Document) => string[],
): (document: Document) => string[] {
  const all = new Set(known);
  return (document) => named(document).filter((what) => !all.has(what));
}

/** What a document names that is not there. */
export function missing({ path, text }: Document): string[] {
  const here = posix.dirname(path);
  const gone = (places: string[]) => !places.some((place) => existsSync(`${root}${place}`));
  const links = found(text, LINK).filter((to) => gone([posix.join(here, to)]));
  const whole = found(text, WHOLE_PATH).filter((to) => !isPattern(to) && gone([to]));
  const files = found(text, FILE_NAME).filter(
    (to) => !isPattern(to) && !YOURS.has(to) && gone(near(here, to)),
  );
  return [...new Set([...links, ...whole, ...files])];
}

const LINK = /\]\((?!\w+:|#)([^)#\s]+)/g;
const WHOLE_PATH =
  /(?<![\w./:@-])((?:apps|packages|tests|docs|bench|\.ci)\/[\w.*{},<>@/-]*[\w>}/*])/g;
const FILE_NAME = /`(\w[\w./{},-]*\.(?:ts|mjs|jsonc?|md))`/g;
/** Made by whoever follows the document. */
const YOURS = new Set(['try.ts', 'evening.ts', 'week.ts', 'pictures.ts', 'auth-keys.json']);

function isPattern(path: string): boolean {
  return /[*<{]|NNN/.test(path);
}

function near(here: string, path: string): string[] {
  return [path, posix.join(here, path), posix.join(here, 'src', path)];
}

/** Ways that lead out of the repository, or into one machine. */
export function strayPaths({ path, text }: Document): string[] {
  const up = found(text, /((?:\.\.\/)+[\w.-]*)/g).filter((to) =>
    posix.join(posix.dirname(path), to).startsWith('..'),
  );
  return [...up, ...found(text, /(?<![\w.…:>])(\/(?:home|root|work|tmp|Users)\b[\w./-]*)/g)];
}

export function npmScripts({ text }: Document): string[] {
  return found(text, /npm (?:run (?:-s )?)?((?<=run |-s )[\w:-]+|start\b|test\b)/g);
}

export function serverCommands({ text }: Document): string[] {
  return found(text, /comanda-server(?: --)? ([a-z][a-z-]+)/g);
}

/** `LIKE_THIS`: a name of the environment, or a code. */
export function capitals({ text }: Document): string[] {
  return found(text, /\b([A-Z]+(?:_[A-Z]+)+)\b/g);
}

export function codeBlocks({ text }: Document): string[] {
  return found(text, /^```ts\n([\s\S]*?)^```$/gm);
}

export function regionsOf(example: string): string[] {
  return found(example, /^\/\/ #region\n([\s\S]*?)^\/\/ #endregion$/gm);
}

/** Name and default of each row of a table of settings. */
export function settingsIn({ text }: Document): [name: string, standard: string][] {
  return [...text.matchAll(/^\| `([A-Z_]+)` \| (.+?) \|/gm)].map(([, name = '', standard = '']) => [
    name,
    standard,
  ]);
}

function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, what = '']) => what);
}
