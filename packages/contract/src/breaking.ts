import type { Contract, JsonSchema, Procedure, Told } from './contract.ts';
import { misfits, type Words } from './misfits.ts';

/** What clients that were built against `old` would trip over, in sentences. */
export function breakingChanges(old: Contract, now: Contract): string[] {
  const calls = Object.entries(old.procedures).flatMap(([name, before]) => {
    const after = now.procedures[name];
    const found = after ? callChanges(before, after, { old, now }) : ['is gone'];
    return found.map((what) => `${name}: ${what}`);
  });
  const details = Object.entries(old.refusals).flatMap(([code, before]) => {
    const after = now.refusals[code];
    const found = after ? detailChanges(before, after, { old, now }) : [];
    return found.map((what) => `${code}: ${what}`);
  });
  return [...new Set([...calls, ...details])];
}

interface Both {
  old: Contract;
  now: Contract;
}

function callChanges(before: Procedure, after: Procedure, both: Both): string[] {
  if (before.type !== after.type) return [`was a ${before.type} and is a ${after.type} now`];
  return [
    ...inputChanges(before, after, both),
    ...given(before.output, after.output, { place: 'output', ...both }),
  ];
}

function inputChanges(before: Procedure, after: Procedure, { old, now }: Both): string[] {
  if (before.input && !after.input) return ['takes no input any more'];
  if (!after.input) return [];
  const found = before.optional && !after.optional ? ['input may not be left out any more'] : [];
  if (!before.input) return found;
  const where = { place: 'input', from: old.types, to: now.types, overlooks: false };
  return [
    ...found,
    ...misfits(before.input, after.input, { ...where, words: TAKEN, known: new Map() }),
  ];
}

function detailChanges(before: Told, after: Told, both: Both): string[] {
  const none = { type: 'object' };
  return given(before.details ?? none, after.details ?? none, { place: 'details', ...both });
}

function given(
  before: JsonSchema,
  after: JsonSchema,
  { place, old, now }: Both & { place: string },
): string[] {
  const where = { place, from: now.types, to: old.types, overlooks: true };
  return misfits(after, before, { ...where, words: GIVEN, known: new Map() });
}

const TAKEN: Words = {
  missing: 'is required now',
  strange: 'is not taken any more',
  value: (value) => `does not take ${value} any more`,
  limit: (limit) => `is held to ${limit} now`,
  type: (before, after) => `took ${before} and takes ${after} now`,
};

const GIVEN: Words = {
  missing: 'is gone, or may be left out now',
  strange: 'may hold more now',
  value: (value) => `can be ${value} now`,
  limit: (limit) => `is not held to ${limit} any more`,
  type: (after, before) => `was ${before} and can be ${after} now`,
};
