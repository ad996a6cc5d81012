import { globSync } from 'node:fs';
import { z } from 'zod';

const PACKAGES = new URL('../../', import.meta.url);

/** By their names: the schemas that a `*.schema.ts` of kernel or domains exports. */
export async function namedSchemas(): Promise<Map<string, z.ZodType>> {
  const files = globSync('{kernel,domains}/src/**/*.schema.ts', { cwd: PACKAGES }).toSorted();
  const modules = await Promise.all(
    files.map((file) => import(new URL(file, PACKAGES).href) as Promise<object>),
  );
  return namesOf(modules.flatMap((module) => Object.entries(module)));
}

/** One name, one schema. */
export function namesOf(exported: [name: string, value: unknown][]): Map<string, z.ZodType> {
  const named = new Map<string, z.ZodType>();
  for (const [name, value] of exported) {
    if (!(value instanceof z.ZodType)) continue;
    if (PLAIN.has(value.type)) continue;
    if ((named.get(name) ?? value) !== value) throw new Error(`two schemas are named ${name}`);
    named.set(name, value);
  }
  return named;
}

/** A name for these would say less than they do. */
const PLAIN = new Set(['string', 'number', 'boolean', 'date', 'bigint']);
