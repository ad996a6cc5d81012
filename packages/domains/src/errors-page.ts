import type { AnyRefusal } from '@comanda/kernel/errors';
import { z } from 'zod';
import { catalogue } from './errors.ts';
import { appRouter } from './router.ts';
import { isOfTransport } from './telling.ts';

const INTRODUCTIONS: Record<keyof typeof catalogue, string> = {
  transport: 'The way to a procedure: what is wrong with a request, whichever procedure it names.',
  kernel: 'What procedures of any domain may say.',
  keyed: 'Calls that carry an idempotency key.',
  money: 'Amounts.',
  access: 'The guard: who is asking, and whether they may.',
  live: 'Streams of what happens.',
  auth: 'Accounts, sessions, passes and passwords.',
  people: 'Memberships and their roles.',
  restaurants: 'Restaurants.',
  shifts: 'Plans of who works when.',
  timecards: 'Clocking in and out, breaks and timecards.',
  files: 'Pictures.',
  recipes: 'Recipes and how secret they are.',
  menu: 'What is on the menu.',
  tables: 'Where guests sit.',
  cart: 'What somebody is about to order.',
  orders: 'Orders, on their way from the guest to the kitchen and back; the kitchen says the same.',
  reservations: 'Parties that are to come.',
  tasks: 'What somebody has to do.',
  books: 'Books that people recommend.',
};

interface Procedure {
  name: string;
  access: string;
  refusals: readonly string[];
}

/** By their whole names: that is how tRPC keeps them, though their type is a tree. */
const served = appRouter._def.procedures as unknown as Record<
  string,
  { _def: { meta: Omit<Procedure, 'name'> } }
>;
const procedures = Object.entries(served).map(([name, { _def }]) => ({ name, ..._def.meta }));

const needsCapability = ({ access }: Procedure) => access !== 'anyone' && access !== 'signedIn';

/** The widest set comes first; a code is told by the first that gives it whole, and the rest by name. */
const SETS: { title: string; has: (procedure: Procedure) => boolean }[] = [
  { title: 'every procedure', has: () => true },
  { title: 'every procedure that asks for a sign-in', has: ({ access }) => access !== 'anyone' },
  { title: 'every procedure that asks for a capability', has: needsCapability },
];

/** docs/errors.md */
export function errorsPage(): string {
  return `# Every way the service says no

A refusal is expected: it has a code, a status and a sentence, and the caller can do something about
it. Whatever is unexpected is a fault: it is logged with the request id and answered as INTERNAL.

## How a refusal travels

The HTTP status is that of the code. The body is the error of a tRPC call, written by superjson; in a
batch every call has its own, and the status is 207 when they differ:

\`\`\`json
{
  "error": {
    "json": {
      "message": "Your role may not do this.",
      "code": -32003,
      "data": {
        "code": "FORBIDDEN",
        "httpStatus": 403,
        "reason": "FORBIDDEN",
        "details": { "capability": "staff.read" },
        "path": "people.list",
        "requestId": "01a1fc52-08a5-77f4-bc0e-c6d8f34875b9"
      }
    }
  }
}
\`\`\`

| in \`error.data\` | what it is |
| --- | --- |
| \`reason\` | the code of the tables below: decide on this one |
| \`details\` | what belongs to the code; \`{}\` when nothing does. A date in it is noted in superjson's \`meta\` |
| \`code\`, \`httpStatus\` | the transport's own word for the kind of refusal, and its status |
| \`path\` | the procedure; left out when the request was refused before one was found |
| \`requestId\` | the id in the log and in the \`x-request-id\` header |

A refusal that passes by itself has \`details.retryAfterMs\`, and its answer a \`Retry-After\` header in
whole seconds. Messages are for people and may change; codes stay.

Every procedure declares its refusals, and the client's types know them; a refusal that it does not
declare leaves as INTERNAL. Codes "of any request" may come whichever procedure was called.

## INTERNAL

The one code for every fault. The answer says nothing of the cause; the log has it, under the same
request id. It may be tried again, unless it was a change: then look first whether it took effect.

${Object.entries(catalogue).map(section).join('\n\n')}

## Retired codes

None yet. A code that is no longer given stays listed here, and is not used again for anything else.
`;
}

/** What can end a call of the client: the part of the catalogue that its README shows. */
export function clientRefusals(): string {
  const told = Object.values(catalogue)
    .flatMap((domain): AnyRefusal[] => Object.values(domain))
    .filter(({ code }) => OF_ANY_CALL.includes(code) || procedures.some(gives(code)));
  return table(
    ['`reason`', 'meaning', 'what to do', '`details`'],
    told.map(({ code, message, advice, schema }) => [
      `\`${code}\``,
      message,
      advice,
      fields(schema),
    ]),
  );
}

/** Refusals of the transport that are about the caller; what else it says no to is a fault of the client. */
const OF_ANY_CALL = ['QUOTA_EXCEEDED', 'UPGRADE_REQUIRED'];

function gives(code: string): (procedure: Procedure) => boolean {
  return ({ refusals }) => refusals.includes(code);
}

function section([domain, refusals]: [string, Record<string, AnyRefusal>]): string {
  const rows = Object.values(refusals).map(({ code, status, message, advice, schema }) => [
    code,
    String(status),
    message,
    advice,
    fields(schema),
    givers(code),
  ]);
  return `## ${domain}

${INTRODUCTIONS[domain as keyof typeof catalogue]}

${table(['code', 'status', 'meaning', 'what to do', 'details', 'given by'], rows)}`;
}

function fields(schema: AnyRefusal['schema']): string {
  const { properties = {} } = schema ? z.toJSONSchema(schema, { unrepresentable: 'any' }) : {};
  return Object.keys(properties)
    .map((name) => `\`${name}\``)
    .join(', ');
}

function givers(code: string): string {
  const giving = procedures.filter(({ refusals }) => refusals.includes(code));
  const whole = SETS.find(({ has }) => procedures.filter(has).every((one) => giving.includes(one)));
  const others = giving.filter((one) => !whole?.has(one)).map(({ name }) => `\`${name}\``);
  const all = isOfTransport({ code }) ? 'any request' : whole?.title;
  return [...(all ? [all] : []), ...others].join(', ');
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [head, head.map(() => '---'), ...rows].map(line).join('\n');
}
