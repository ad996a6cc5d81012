import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import type { Finding, Part } from './findings.ts';

/** What a part found, when and on what. */
export interface MeasuredPart {
  name: string;
  about: string;
  /** The day. */
  on: string;
  node: string;
  cores: number;
  processor: string;
  findings: Finding[];
}

export interface Figures {
  parts: MeasuredPart[];
}

/** What docs/performance.md is made of. */
const KEPT = new URL('./figures.json', import.meta.url);
const RUNS = new URL('./runs/', import.meta.url);

export function keptFigures(): Figures {
  if (!existsSync(KEPT)) return { parts: [] };
  return JSON.parse(readFileSync(KEPT, 'utf8')) as Figures;
}

export function measuredPart({ name, about }: Part, findings: Finding[]): MeasuredPart {
  return {
    name,
    about,
    on: new Date().toISOString().slice(0, 10),
    node: process.versions.node,
    cores: availableParallelism(),
    processor: cpus()[0]?.model ?? 'unknown',
    findings,
  };
}

/** Answers where. */
export function writeRun(figures: Figures): string {
  mkdirSync(RUNS, { recursive: true });
  const name = `${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.json`;
  write(new URL(name, RUNS), figures);
  return `bench/runs/${name}`;
}

/** Each part was measured in one run of its own, so that one may take another's place. */
export function keep({ parts }: Figures, order: readonly Part[]): void {
  const known = new Map([...keptFigures().parts, ...parts].map((part) => [part.name, part]));
  write(KEPT, { parts: order.flatMap(({ name }) => known.get(name) ?? []) });
}

function write(file: URL, figures: Figures): void {
  writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
}
