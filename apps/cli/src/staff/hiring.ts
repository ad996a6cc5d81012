import { CallError, type Client, isFault } from '@comanda/client';
import type { Row } from '../files/entries.ts';
import { allOf } from '../pages.ts';
import { canonical, nameOf, namesOf, type SaidPerson } from './staff-file.ts';
import { freshPassword } from './passwords.ts';

/** What became of one of them. */
export interface Outcome {
  place: string;
  name: string;
  state: 'hired' | 'invited' | 'refused' | 'unknown' | 'untried';
  role: string;
  reason?: string;
  message?: string;
  /** Made here; told once. */
  password?: string;
}

/** What is wrong with this one only; after anything else the next would end the same way. */
const OF_ONE = new Set([
  'ALREADY_STAFF',
  'GRANT_REFUSED',
  'LEVEL_TOO_HIGH',
  'NAME_TAKEN',
  'NOT_FOUND',
  'OWN_ROLE',
  'PASSWORD_WEAK',
  'VALIDATION',
]);

type Role = Parameters<Client['people']['create']['mutate']>[0]['role'];

/** Everybody of a restaurant, by every name of theirs. */
export async function knownNames(
  client: Client,
  restaurantId: string | undefined,
): Promise<Map<string, string>> {
  const people = await allOf((page) => client.people.list.query({ restaurantId, ...page }));
  return new Map(
    people.flatMap(({ username, email, phone, invitedAs, role }) =>
      [username, email, phone, invitedAs].flatMap((name) =>
        name === null ? [] : [[canonical(name), role] as const],
      ),
    ),
  );
}

/** Of somebody who works here already. */
export function alreadyHere(
  { place, value }: Row<SaidPerson>,
  known: ReadonlyMap<string, string>,
): Outcome | undefined {
  const found = namesOf(value).find(([, name]) => known.has(name));
  if (!found) return undefined;
  return {
    ...outcomeOf({ place, value }, 'refused'),
    reason: 'ALREADY_STAFF',
    message: `${found[1]} works here already, as ${known.get(found[1])}.`,
  };
}

/** Hires or invites one. Answers also what was wrong with this one only; throws all else, with how it stands. */
export async function hire(
  client: Client,
  row: Row<SaidPerson>,
  restaurantId: string | undefined,
): Promise<{ outcome: Outcome; stopped: unknown }> {
  const { role, existing, ...said } = row.value;
  const made = existing === undefined && said.password === undefined ? freshPassword() : undefined;
  const told = made === undefined ? {} : { password: made };
  try {
    const person = existing === undefined ? { ...said, ...told } : { ...said, existing };
    await client.people.create.mutate({ ...person, role: role as Role, restaurantId });
    const state = existing === undefined ? 'hired' : 'invited';
    return { outcome: { ...outcomeOf(row, state), ...told }, stopped: undefined };
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    const { reason, details } = error as CallError<string, unknown>;
    const isUnknown = isFault(error) || reason === 'OUTCOME_UNKNOWN';
    const message = wordsOf(error.message, details);
    return {
      outcome: {
        ...outcomeOf(row, isUnknown ? 'unknown' : 'refused'),
        reason,
        message,
        // Perhaps it is theirs.
        ...(isUnknown && told),
      },
      stopped: OF_ONE.has(reason) ? undefined : error,
    };
  }
}

export function outcomeOf({ place, value }: Row<SaidPerson>, state: Outcome['state']): Outcome {
  return { place, name: nameOf(value), role: value.role, state };
}

function wordsOf(message: string, details: unknown): string {
  const { field, issues } = (details ?? {}) as {
    field?: string;
    issues?: { path: string; message: string }[];
  };
  if (issues) return issues.map((issue) => `${issue.path}: ${issue.message}`).join('; ');
  return field === undefined ? message : `${message} (${field})`;
}
