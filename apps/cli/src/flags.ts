import { readFileSync } from 'node:fs';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { Field, Procedure } from './catalogue.ts';
import { Misuse } from './exits.ts';

/** Made by the client where it is left out. */
const BY_ITSELF = new Set(['idempotencyKey']);

export const flagOf = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What was typed behind the name of a procedure, as its input. */
export function inputFrom(args: string[], { name, fields }: Procedure): Record<string, unknown> {
  const { values, positionals } = parsed(args, fields);
  const addresses = fields.filter(({ isAddress }) => isAddress);
  if (positionals.length > addresses.length) {
    throw new Misuse(`${positionals[addresses.length]} is too much: see comanda ${name} --help.`);
  }
  const input: Record<string, unknown> = wholeOf(values['input']);
  for (const [at, text] of positionals.entries()) {
    const field = addresses[at];
    if (field) input[field.name] = valueOf(field, text);
  }
  for (const { name, kind } of fields) {
    const given = input[name];
    if (kind === 'moment' && typeof given === 'string') input[name] = momentOf(name, given);
  }
  for (const field of fields) {
    const given = values[flagOf(field.name)] ?? values[field.name];
    if (given !== undefined) input[field.name] = valueFrom(field, given);
  }
  const missing = fields.filter(
    ({ name, required }) => required && !(name in input) && !BY_ITSELF.has(name),
  );
  if (missing.length > 0) {
    const flags = missing.map(({ name }) => `--${flagOf(name)}`).join(', ');
    throw new Misuse(
      `${flags} ${missing.length > 1 ? 'are' : 'is'} missing: see comanda ${name} --help.`,
    );
  }
  return input;
}

/** What was typed behind a command of our own. */
export function understood<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: Options,
) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    const [what] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new Misuse(`${what}. The command with --help tells what it takes.`);
  }
}

function parsed(args: string[], fields: Field[]) {
  const options: NonNullable<ParseArgsConfig['options']> = { input: { type: 'string' } };
  for (const { name, kind, many } of fields) {
    const option = { type: kind === 'switch' ? 'boolean' : 'string', multiple: many } as const;
    options[flagOf(name)] = option;
    options[name] = option;
  }
  try {
    return parseArgs({ args, options, allowPositionals: true, allowNegative: true });
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
}

/** All of it at once: JSON, or where JSON is to be read (`@file`, or `-` for what is piped in). */
function wholeOf(given: unknown): Record<string, unknown> {
  if (typeof given !== 'string') return {};
  const text = given === '-' || given.startsWith('@') ? textOf(given) : given;
  const value = jsonOf('input', text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Misuse('--input is an object in JSON, @ and a file, or - for what is piped in.');
  }
  return value as Record<string, unknown>;
}

function textOf(given: string): string {
  try {
    return readFileSync(given === '-' ? 0 : given.slice(1), 'utf8');
  } catch {
    throw new Misuse(`${given.slice(1) || 'What is piped in'} cannot be read.`);
  }
}

function valueFrom(field: Field, given: unknown): unknown {
  if (Array.isArray(given)) return given.map((one) => valueOf(field, String(one)));
  return typeof given === 'boolean' ? given : valueOf(field, String(given));
}

function valueOf({ name, kind, choices }: Field, text: string): unknown {
  const wrong = (what: string) => new Misuse(`--${flagOf(name)} is ${what}, not ${text}.`);
  if (choices.length > 0 && !choices.includes(text)) throw wrong(`one of ${choices.join(', ')}`);
  switch (kind) {
    case 'text':
      return text;
    case 'whole':
      if (!/^-?\d{1,15}$/.test(text)) throw wrong('a whole number');
      return Number(text);
    case 'number':
      if (!Number.isFinite(Number(text)) || text.trim() === '') throw wrong('a number');
      return Number(text);
    case 'moment':
      return momentOf(name, text);
    case 'switch':
      return text !== 'false';
    case 'json':
      return jsonOf(flagOf(name), text);
  }
}

function momentOf(name: string, text: string): Date {
  const moment = new Date(text);
  if (!Number.isNaN(moment.getTime())) return moment;
  throw new Misuse(`--${flagOf(name)} is a moment such as 2026-12-24T18:00Z, not ${text}.`);
}

function jsonOf(flag: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Misuse(`--${flag} is no JSON.`);
  }
}
