import { isDeepStrictEqual } from 'node:util';
import { systemClock } from '@comanda/kernel/time';
import { AuditEntry } from '@comanda/storage/audit.entity';
import type { Database } from '@comanda/storage/connect';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import { behind } from '@comanda/testing/author';
import { type Attempt } from './recording.ts';
import { rowsAgainst, type RowEvidence } from './evidence.rows.ts';

/** The audit log held against what is there and what was asked for; complete is empty. */
export interface Evidence extends RowEvidence {
  /** Mutations that were answered and not audited, or refused and audited, or audited twice. */
  uneven: unknown[];
  /** Entries of a request that nobody sent, or that do not tell who sent it, as what and where from. */
  misattributed: unknown[];
}

export async function evidenceIn(
  database: Database,
  record: readonly Attempt[],
): Promise<Evidence> {
  const em = acrossRestaurants(database, behind(systemClock));
  const entries = await em.find(AuditEntry, {}, { orderBy: { id: 'asc' } });
  return {
    uneven: uneven(entries, record),
    misattributed: misattributed(entries, record),
    ...(await rowsAgainst(em, entries)),
  };
}

/** A call that is sent again with its key is the same call: it is audited once, and never for a refusal. */
function uneven(entries: readonly AuditEntry[], record: readonly Attempt[]): unknown[] {
  const audited = new Set(entries.map(({ requestId }) => requestId));
  const calls = Map.groupBy(record, ({ requestId, key }) => key ?? requestId);
  return [...calls.values()].filter((attempts) => {
    const outcomes = attempts.map(({ outcome }) => outcome);
    const told = attempts.filter(({ requestId }) => audited.has(requestId));
    if (told.some((attempt) => !mayTell(attempt))) return true;
    const mustTell = outcomes.some((outcome) => outcome === 'ok' || outcome === WRONG);
    return told.length > 1 || (mustTell && told.length === 0);
  });
}

/** A sign-in that fails changes nothing, and is noted. */
const WRONG = 'INVALID_CREDENTIALS';
const mayTell = ({ outcome }: Attempt) => ['ok', 'lost', WRONG].includes(outcome);

function misattributed(entries: readonly AuditEntry[], record: readonly Attempt[]): unknown[] {
  const sent = new Map(record.map((attempt) => [attempt.requestId, attempt]));
  return entries.filter((entry) => {
    if (entry.requestId === 'given') return false;
    const attempt = sent.get(entry.requestId);
    if (!attempt) return true;
    const { actorId, role, address, action, change, target, targetId, restaurantId } = entry;
    if (target === 'Vault' && restaurantId !== targetId) return true;
    const isTheirs = isDeepStrictEqual({ id: actorId, role, address }, authorOf(attempt));
    return !isTheirs || (action !== attempt.procedure && change !== 'noted');
  });
}

/** Whoever signs in is nobody as yet. */
function authorOf({ procedure, caller: { id, role, address } }: Attempt) {
  const isNobody = procedure === 'auth.login';
  return isNobody ? { id: null, role: 'anonymous', address } : { id, role, address };
}
