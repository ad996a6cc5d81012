import { posix } from 'node:path';
import { type Import, reading } from './reading.ts';
import { BANS, DOMAINS, type Row, ROOMS } from './rooms.ts';

export interface SourceFile {
  /** From the repository's root, with slashes. */
  path: string;
  source: string;
}

export interface Violation {
  file: string;
  /** What was imported or said, or the file's own name. */
  import: string;
  row: string;
}

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.tsx?$/;
const CATCH_ALL = /(^|[/.])(shared|common|utils?|helpers?|services?|managers?)[/.]/;
const PUBLIC_INDEX = 'packages/client/src/index.ts';

export function violations(files: SourceFile[]): Violation[] {
  return files.flatMap((file) => [...misplaced(file.path), ...misread(file)]);
}

/** The row a file belongs to. */
export function roomOf(path: string): Row | undefined {
  return ROOMS.find(({ room }) => matcher(room).test(idOf(path)));
}

function misplaced(path: string): Violation[] {
  const wrong = (row: string): Violation[] => [{ file: path, import: posix.basename(path), row }];
  const domain = domainOf(path);
  return [
    /\/src\//.test(path) && CATCH_ALL.test(path) ? wrong('no room for this and that') : [],
    path.endsWith('/index.ts') && path !== PUBLIC_INDEX ? wrong('no index.ts') : [],
    NAME.test(posix.basename(path)) ? [] : wrong('kebab-case, dots between kinds'),
    domain && !DOMAINS.includes(domain) ? wrong('DOMAINS has no place for this folder') : [],
    roomOf(path) ? [] : wrong('belongs to no room'),
  ].flat();
}

function misread({ path, source }: SourceFile): Violation[] {
  const id = idOf(path);
  const { imports, words } = reading(source, path.endsWith('.tsx'));
  const strangers = imports
    .filter((one) => !mayImport(path, one))
    .map(({ from }) => ({ file: path, import: from, row: told(roomOf(path)) }));
  const said = BANS.filter(
    ({ room, but }) => matcher(room).test(id) && !but.some((one) => matcher(one).test(id)),
  ).flatMap((ban) =>
    ban.words
      .filter((word) => words.has(word))
      .map((word) => ({ file: path, import: word, row: ban.why })),
  );
  return [...strangers, ...said];
}

function mayImport(path: string, { from, typeOnly }: Import): boolean {
  const room = roomOf(path);
  const target = from.startsWith('.') ? idOf(posix.join(posix.dirname(path), from)) : named(from);
  if (from.startsWith('.') && workspaceOf(target) !== workspaceOf(idOf(path))) return false;
  const own = (room && matcher(room.room).exec(idOf(path))?.groups?.['own']) ?? domainOf(path);
  const names = (may: string): boolean => {
    const [pattern = '', isType] = may.split(' ').reverse();
    return (!isType || typeOnly) && matcher(pattern, own, '(/.*)?').test(target);
  };
  const may = room?.may ?? [];
  return may.some(names) && !may.some((one) => one.startsWith('!') && names(one.slice(1)));
}

/** `packages/domains/src/cart/cart.rules.ts` → `domains/cart/cart.rules` */
function idOf(path: string): string {
  return path.replace(/^(packages|apps)\/([^/]+)\/src\//, '$2/').replace(/\.tsx?$/, '');
}

function domainOf(path: string): string | undefined {
  return /^domains\/([^/]+)\//.exec(idOf(path))?.[1];
}

function named(specifier: string): string {
  return specifier.replace(/^@comanda\//, '');
}

function workspaceOf(id: string): string {
  return id.split('/')[0] ?? '';
}

function told(row?: Row): string {
  return row ? `${row.room} may import ${row.may.join(', ')}` : 'belongs to no room';
}

function matcher(pattern: string, own?: string, after = ''): RegExp {
  const earlier = DOMAINS.slice(0, DOMAINS.indexOf(own ?? '') + 1).join('|');
  const expression = pattern
    .replace(/[.]/g, '\\.')
    .replace(/\*+/g, (stars) => (stars.length > 1 ? '.+' : '[^/]+'))
    .replace(/\{([^}]*)\}/g, (_, names: string) => `(${names.replaceAll(',', '|')})`)
    .replace('<own>', own ?? '(?<own>[^/]+)')
    .replace('<earlier>', `(${earlier})`);
  return new RegExp(`^${expression}${after}$`);
}
