import { appRouter } from '@comanda/domains/router';
import { newId } from '@comanda/kernel/id';
import { after, HOUR } from '@comanda/kernel/time';
import { wire } from '@comanda/kernel/wire';
import type { TestApp } from '@comanda/testing';
import type { Person } from '@comanda/testing/given';
import {
  BEYOND_RESTAURANTS,
  type Caller,
  CALLERS,
  EXTENT_OF,
  grantOf,
  type Ids,
  type Path,
  PATHS,
  PROCEDURES,
} from './access.table.ts';

/** What a caller is told: `allowed`, or the status and the code of the refusal. */
type Verdict = string;
type Verdicts = Partial<Record<Path, Verdict>>;

/** What the reviewed table promises to a caller who shows a good token, or none. */
export function promised(caller: Caller, paths: readonly Path[]): Verdicts {
  return Object.fromEntries(paths.map((path) => [path, promise(caller, path)]));
}

function promise(caller: Caller, path: Path): Verdict {
  const [by] = PROCEDURES[path];
  if (by === 'anyone') return 'allowed';
  if (caller === 'anonymous') return '401 UNAUTHENTICATED';
  if (by === 'signedIn') return 'allowed';
  const grant = grantOf(caller, by);
  const extent = EXTENT_OF[path];
  if (!grant || (extent && grant.extent !== extent)) return `403 FORBIDDEN ${by}`;
  // There are no shifts yet: nobody is asked for one.
  return 'allowed';
}

export function allowedTo(caller: Caller): Path[] {
  return PATHS.filter((path) => promise(caller, path) === 'allowed');
}

export function deniedTo(caller: Caller): Path[] {
  return PATHS.filter((path) => promise(caller, path) !== 'allowed');
}

/** The statuses of calls whose object does not exist, as far as this caller can tell. */
export function hidden(caller: Caller, paths: readonly Path[]): Partial<Record<Path, number>> {
  const status = (told: Verdict) => (told === 'allowed' ? 404 : Number(told.slice(0, 3)));
  return Object.fromEntries(paths.map((path) => [path, status(promise(caller, path))]));
}

export function statusesIn(answers: Answers): Partial<Record<Path, number>> {
  const told = Object.entries(answers);
  return Object.fromEntries(told.map(([path, { status }]) => [path, status]));
}

/** Calls that act in the restaurant of the caller's membership, and may name another. */
export const PLACED = PATHS.filter((path) => {
  const [by] = PROCEDURES[path];
  const at = { restaurantId: newId() };
  const named = JSON.stringify(inputOf(path, { ...unknownIds(), at })) ?? '';
  return by !== 'anyone' && by !== 'signedIn' && named.includes(at.restaurantId);
});

/** Calls that name a row which may be somebody else's. */
export const NAMING_A_ROW = PATHS.filter((path) => {
  const [one, another] = [unknownIds(), unknownIds()].map((ids) => inputOf(path, ids, 'same'));
  const isOpen = PROCEDURES[path][0] === 'anyone' || BEYOND_RESTAURANTS.includes(path);
  return !isOpen && JSON.stringify(one) !== JSON.stringify(another);
});

type Kind = 'query' | 'mutation' | 'subscription';

interface Served {
  _def: { type: Kind; meta?: { access: string } };
}

/** What there really is to call, by its whole name. */
export const SERVED = appRouter._def.procedures as unknown as Record<string, Served | undefined>;

function kindOf(path: Path): Kind | undefined {
  return SERVED[path]?._def.type;
}

export function ofKind(kind: Kind, paths: readonly Path[]): Path[] {
  return paths.filter((path) => kindOf(path) === kind && !/^(auth|files)\./.test(path));
}

/** Of every caller and kind, nine denied calls with an allowed one in their midst. */
export function mixedBatches(): { caller: Caller; kind: Kind; paths: Path[] }[] {
  const kinds = ['query', 'mutation'] as const;
  return CALLERS.flatMap((caller) =>
    kinds.flatMap((kind) => {
      const [allowed] = ofKind(kind, allowedTo(caller));
      const denied = cycle(ofKind(kind, deniedTo(caller)), 9);
      return allowed && denied.length > 0
        ? [{ caller, kind, paths: denied.toSpliced(4, 0, allowed) }]
        : [];
    }),
  );
}

/** The same calls over and over, until there are so many. */
export function cycle(paths: readonly Path[], count: number): Path[] {
  return Array.from({ length: count }, (_, at) => paths.slice(at % paths.length)[0] ?? []).flat();
}

/** Answers the token to show with the next call. */
type Show = () => Promise<string | undefined>;

export const showing =
  (token: string | undefined): Show =>
  () =>
    Promise.resolve(token);

/** A session of its own for every call, since some calls end it; a visitor shows nothing. */
export function freshly(app: TestApp, who: Caller | Person): Show {
  return async () => (who === 'anonymous' ? undefined : (await app.session(who)).accessToken);
}

interface Round {
  paths: readonly Path[];
  ids: Ids;
  show: Show;
  /** Left out: by tRPC. */
  by?: (app: TestApp, call: Call) => Promise<Answer>;
}

/** What is answered to calls that are made one after the other. */
export async function answersTo(app: TestApp, round: Round): Promise<Answers> {
  const { paths, ids, show, by = ask } = round;
  const answers: Answers = {};
  for (const path of paths) answers[path] = await by(app, { path, ids, token: await show() });
  return answers;
}

export async function verdictsOf(app: TestApp, round: Round): Promise<Verdicts> {
  const answers = Object.entries(await answersTo(app, round));
  return Object.fromEntries(
    answers.map(([path, { text }]) => [path, verdictIn(JSON.parse(text) as Told)]),
  );
}

export interface Call {
  path: Path;
  ids: Ids;
  token?: string | undefined;
}

export interface Answer {
  status: number;
  headers: [string, string][];
  text: string;
}
type Answers = Partial<Record<Path, Answer>>;

/** One call over HTTP. Its request id is always the same, so that equal answers are equal in every byte. */
export function ask(app: TestApp, { path, ids, token }: Call): Promise<Answer> {
  const input = inputOf(path, ids);
  if (input instanceof Blob) return sendBytes(app, { bytes: input, token });
  const sent = input === undefined ? undefined : JSON.stringify(wire.input.serialize(input));
  return send(app, { address: `/trpc/${path}?`, kind: kindOf(path), sent, token });
}

/** Calls of one kind in one request. */
export async function askTogether(
  app: TestApp,
  { paths, ids, token }: { paths: Path[]; ids: Ids; token?: string | undefined },
): Promise<{ status: number; verdicts: [Path, Verdict][] }> {
  const [kind] = paths.map(kindOf);
  const inputs = paths.map((path, at) => [at, wire.input.serialize(inputOf(path, ids))]);
  const sent = JSON.stringify(Object.fromEntries(inputs));
  const address = `/trpc/${paths.join(',')}?batch=1&`;
  const { status, text } = await send(app, { address, kind, sent, token });
  const told = JSON.parse(text) as Told[];
  return { status, verdicts: paths.map((path, at) => [path, verdictIn(told[at] ?? {})]) };
}

interface Sent {
  address: string;
  kind: Kind | undefined;
  sent: string | undefined;
  token: string | undefined;
}

async function send(app: TestApp, { address, kind, sent, token }: Sent): Promise<Answer> {
  const url = new URL(address, 'http://localhost');
  const reads = kind !== 'mutation';
  if (reads && sent !== undefined) url.searchParams.set('input', sent);
  const response = await app.fetch(url, {
    method: reads ? 'GET' : 'POST',
    headers: {
      'x-request-id': 'access-spec',
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(!reads && sent !== undefined && { body: sent }),
  });
  // What is told of time and of what was used before is another matter.
  const headers = [...response.headers].filter(([name]) => !['date', 'ratelimit'].includes(name));
  const text = await (kind === 'subscription' ? firstEvent(response) : response.text());
  return { status: response.status, headers, text };
}

async function sendBytes(
  app: TestApp,
  { bytes, token }: { bytes: Blob; token: string | undefined },
): Promise<Answer> {
  const response = await app.fetch('http://localhost/files', {
    method: 'POST',
    headers: {
      'x-request-id': 'access-spec',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: bytes,
  });
  const headers = [...response.headers].filter(([name]) => !['date', 'ratelimit'].includes(name));
  return { status: response.status, headers, text: await response.text() };
}

/** What a stream begins with, in the shape of an answer; what refuses it is an answer already. */
async function firstEvent(response: Response): Promise<string> {
  if (response.headers.get('content-type') !== 'text/event-stream') return response.text();
  const body = response.body ?? new ReadableStream();
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let told = '';
  while (!told.includes('\nid: ')) told += (await reader.read()).value;
  await reader.cancel();
  return JSON.stringify({ result: { data: told } });
}

export function inputOf(path: Path, ids: Ids, name = `n-${newId()}`): unknown {
  return PROCEDURES[path][1]?.({ ...ids, name });
}

interface Told {
  result?: unknown;
  error?: { json: { data: { httpStatus: number; reason: string; details: Details } } };
}
interface Details {
  capability?: string;
}

/** What the guard says, and what would keep a call from reaching the procedure at all. */
const DENIALS = new Set([
  'UNAUTHENTICATED',
  'TOKEN_INVALID',
  'FORBIDDEN',
  'OFF_SHIFT',
  'SESSION_REQUIRED',
  'NOT_FOUND',
  'NO_SUCH_PROCEDURE',
  'METHOD_NOT_ALLOWED',
  'NOT_BATCHABLE',
  'VALIDATION',
  'QUOTA_EXCEEDED',
]);

/** A refusal of the business comes from behind the guard, so its caller was allowed to ask. */
function verdictIn({ result, error }: Told): Verdict {
  if (result !== undefined) return 'allowed';
  if (!error) return 'no answer';
  const { httpStatus, reason, details } = error.json.data;
  if (httpStatus < 500 && !DENIALS.has(reason)) return 'allowed';
  return [httpStatus, reason, details.capability].filter(Boolean).join(' ');
}

/** Well-formed ids of nothing. */
export function unknownIds(here: Ids['here'] = {}): Ids {
  return {
    at: {},
    here,
    restaurantId: newId(),
    personId: newId(),
    categoryId: newId(),
    itemId: newId(),
    tableId: newId(),
    orderId: newId(),
    orderItemId: newId(),
    shiftId: newId(),
    cardId: newId(),
    recipeId: newId(),
    reservationId: newId(),
    taskId: newId(),
    bookId: newId(),
    sessionId: newId(),
    passId: newId(),
    refreshToken: 'cr_unknown',
  };
}

/** Ids of what is there: a person, where they work, a session and a pass of theirs. */
export async function idsOf(app: TestApp, person: Person): Promise<Ids> {
  const { accessToken, refreshToken } = await app.session(person);
  const { session, passes } = app.withToken(accessToken).auth;
  const { id: sessionId } = await session.query();
  const { id: passId } = await passes.issue.mutate({ label: 'Screen' });
  const restaurantId = person.restaurantId ?? app.home.restaurantId;
  const categoryId = await app.given.category({ restaurantId });
  const itemId = await app.given.item({ restaurantId, categoryId });
  const tableId = await app.given.table({ restaurantId });
  const order = await app.given.order({ restaurantId, customerId: person.id, type: 'delivery' });
  const { orderId, orderItemIds } = order;
  const [orderItemId = ''] = orderItemIds;
  const shiftId = await app.given.shift({ restaurantId, personId: person.id, state: 'draft' });
  const inAt = after(app.clock.now(), -2 * HOUR);
  const outAt = after(app.clock.now(), -HOUR);
  const cardId = await app.given.timecard({ restaurantId, personId: person.id, inAt, outAt });
  const recipeId = await app.given.recipe({ restaurantId, authorId: person.id });
  const worked = { shiftId, cardId, recipeId };
  const reservationId = await app.given.reservation({ restaurantId, customerId: person.id });
  const ordered = { orderId, orderItemId, reservationId };
  const named = { personId: person.id, categoryId, itemId, tableId, sessionId, passId };
  const taskId = await app.given.task({ ownerId: person.id });
  const bookId = await app.given.book({ ownerId: person.id });
  const here = { restaurantId: app.home.restaurantId };
  const own = { taskId, bookId, refreshToken };
  return { at: {}, here, restaurantId, ...named, ...ordered, ...worked, ...own };
}

/** Everything that is stored, row by row: what a refused call leaves as it was. */
export async function everyRow({ house }: TestApp): Promise<Record<string, string[]>> {
  const connection = house.database.orm.em.getConnection();
  const tables: { name: string }[] = await connection.execute(
    house.database.dialect === 'sqlite'
      ? `select name from sqlite_master where type = 'table'`
      : `select table_name as name from information_schema.tables where table_schema = database()`,
  );
  const stored: Record<string, string[]> = {};
  for (const { name } of tables) {
    const rows: object[] = await connection.execute(`select * from ${name}`);
    stored[name] = rows.map((row) => JSON.stringify(row)).toSorted();
  }
  return stored;
}
