import { parse } from 'yaml';
import { textOf, WORKSPACES } from '../docs/documents.ts';

const at = (name: string) => textOf(`apps/server/deploy/${name}`);

export const dockerfile = at('Dockerfile');
export const nginx = at('nginx.conf');
export const unit = at('comanda.service');

interface Service {
  image: string;
  environment: Record<string, string>;
  command?: string[];
  networks: string[];
  ports?: string[];
  volumes?: string[];
  stop_grace_period?: string;
  init?: boolean;
}

export const composed: {
  services: Record<'server' | 'mysql' | 'redis', Service>;
  networks: Record<string, { internal?: boolean; ipam?: { config: { gateway: string }[] } } | null>;
  secrets: Record<string, { file: string }>;
} = parse(at('compose.yaml'));

export function json<Content>(path: string): Content {
  return JSON.parse(textOf(path)) as Content;
}

export interface Instruction {
  word: string;
  rest: string;
}

/** Without comments, and each on one line. */
export function instructionsIn(text: string): Instruction[] {
  const lines = text
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n');
  return lines.filter(Boolean).map((line) => {
    const [word = ''] = line.split(' ', 1);
    return { word, rest: line.slice(word.length + 1) };
  });
}

/** `A=1 B=2`, however many lines it is on. */
export function settingsIn(lines: string[]): Record<string, string> {
  const pairs = lines.flatMap((line) => line.split(/\s+/)).map((pair) => pair.split('='));
  return Object.fromEntries(pairs.map(([name = '', ...value]) => [name, value.join('=')]));
}

/** What a unit of systemd says under that name, as often as it does. */
export function valuesIn(text: string, name: string): string[] {
  return [...text.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value = '']) => value);
}

/** The folders of a workspace and of all that it stands on. */
export function workspacesOf(name: string): string[] {
  const known = new Map(
    WORKSPACES.map((folder) => {
      const manifest = json<Manifest>(`${folder}/package.json`);
      return [manifest.name, { folder, needs: Object.keys(manifest.dependencies ?? {}) }];
    }),
  );
  const found = new Set<string>();
  const visit = (one: string) => {
    const workspace = known.get(one);
    if (!workspace || found.has(workspace.folder)) return;
    found.add(workspace.folder);
    workspace.needs.forEach(visit);
  };
  visit(name);
  return [...found].toSorted();
}

interface Manifest {
  name: string;
  dependencies?: Record<string, string>;
}

/** How long a server that was told to stop lets calls run. */
export function drainSeconds(): number {
  return secondsIn('commands/serve.ts', /^const DRAIN_MS = (\d+) \* SECOND;$/m);
}

/** How long a server keeps a connection on which nothing is said. */
export function idleSeconds(): number {
  return secondsIn('app.ts', /keepAliveTimeout: (\d+) \* SECOND,$/m);
}

function secondsIn(file: string, pattern: RegExp): number {
  const [, seconds] = pattern.exec(textOf(`apps/server/src/${file}`)) ?? [];
  if (seconds === undefined) throw new Error(`${file} does not say it any more`);
  return Number(seconds);
}
