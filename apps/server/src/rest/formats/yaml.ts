import type { Format } from './format.ts';

// Written here, because a library's tree of nodes takes a hundred times as long as JSON does: a page of a list
// would hold up everybody else. Blocks, and in them plain words or texts in quotes, which YAML reads as JSON does.

export const yaml: Format = {
  type: 'application/yaml; charset=utf-8',
  write: (value) => `${blockOf(value ?? null, '')}\n`,
};

function blockOf(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return wordOf(value);
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => `- ${blockOf(item, deeper)}`);
    return items.join(`\n${indent}`) || '[]';
  }
  const fields = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .map(([key, one]) => {
      const gap = hasParts(one) ? `\n${deeper}` : ' ';
      return `${wordOf(key)}:${gap}${blockOf(one, deeper)}`;
    });
  return fields.join(`\n${indent}`) || '{}';
}

function hasParts(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function wordOf(value: unknown): string {
  // YAML 1.1 knows no number like `1e+21`, only `1.0e+21`.
  if (typeof value !== 'string') return String(value).replace(/^(-?\d+)e/, '$1.0e');
  if (PLAIN.test(value) && !MEANT.test(value)) return value;
  return JSON.stringify(value).replaceAll(UNREADABLE, escaped);
}

/** What no reader takes for anything but text: a letter first, no colon, no hash, no line, no blank at the end. */
const PLAIN = /^\p{L}(?:[\p{L}\p{M}\p{N} _.,;/()'&+!?%$€-]*[\p{L}\p{M}\p{N}_.,;/()'&+!?%$€-])?$/u;

/** To YAML 1.1 as well, and to a library for it that takes `e5` for a number. */
const MEANT = /^(?:null|true|false|yes|no|on|off|y|n|e[-+]?\d+)$/i;

/** What YAML does not let stand, what YAML 1.1 takes for the end of a line, and the byte order mark. */
const UNREADABLE =
  /[^\u0020-\u007E\u00A0-\u2027\u202A-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
