import { type Document, isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Entry } from './entries.ts';
import type { Source } from './reading.ts';
import { FileRefused, type Problem } from './refused.ts';

/** What a YAML file holds, once it is known to be whole. */
export interface Yaml {
  document: Document.Parsed;
  value: unknown;
  lineOf: (node: unknown) => number;
}

/** With `texts` every value stays as it is written: a telephone number keeps its plus. */
export function yamlIn({ name, text }: Source, values: 'texts' | 'typed'): Yaml {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    schema: values === 'texts' ? 'failsafe' : 'core',
  });
  const wrong = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
    place: `line ${lineCounter.linePos(pos[0]).line}`,
    message: message.includes('call stack') ? 'it is nested too deeply' : message,
  }));
  if (wrong.length > 0) throw new FileRefused(name, distinct(wrong));
  return {
    document,
    value: valueOf(name, document),
    lineOf: (node) => lineCounter.linePos((node as Node | null)?.range?.[0] ?? 0).line,
  };
}

function valueOf(name: string, document: Document.Parsed): unknown {
  try {
    // Ends where aliases of aliases would grow beyond all bounds.
    return document.toJS();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new FileRefused(name, `Its aliases cannot be resolved: ${message}.`);
  }
}

/** The entries of a list, at the top or below a name. */
export function yamlEntries({ name }: Source, yaml: Yaml, below?: string): Entry[] {
  const { document, value, lineOf } = yaml;
  const node = below === undefined ? document.contents : document.get(below, true);
  const list: unknown = below === undefined ? value : (value as Record<string, unknown>)[below];
  const what = below === undefined ? 'It' : below;
  if (!isSeq(node) || !Array.isArray(list)) {
    throw new FileRefused(name, `${what} has to be a list, an entry for each.`);
  }
  const called = below === undefined ? 'entry' : `${below} entry`;
  const entries = list.map((values: unknown, at) => {
    const place = `${called} ${at + 1} (line ${lineOf(node.items[at])})`;
    return { place, values: values as Record<string, unknown> };
  });
  const strange = entries.filter(
    ({ values }) => typeof values !== 'object' || !values || Array.isArray(values),
  );
  if (strange.length === 0) return entries;
  const message = 'has to be names and their values';
  throw new FileRefused(
    name,
    strange.map(({ place }) => ({ place, message })),
  );
}

/** What is broken at one place may be told again and again. */
function distinct(problems: Problem[]): Problem[] {
  return [...new Map(problems.map((one) => [`${one.place} ${one.message}`, one])).values()];
}

/** Whether it is a mapping, with lists below names. */
export function isMapping({ document }: Yaml): boolean {
  return isMap(document.contents);
}
