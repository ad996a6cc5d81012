import { CALLERS } from '@comanda/kernel/access';
import { figures } from './figures.ts';
import type { Preset } from './login-policies.ts';
import { EXPORT_UNITS, rolePolicies } from './role-policies.ts';
import { type Scope, scopes } from './scopes.ts';
import type { Policy } from './store.ts';

const PRESETS: readonly Preset[] = ['service', 'strict'];

/** docs/quotas.md */
export function quotasPage(): string {
  return `# How much a caller may use

Of two presets one holds: \`service\`, made for a shift, unless \`QUOTA_PRESET\` says \`strict\`. What
holds is told to everyone by \`quotas.policy\`.

A budget refills evenly: of \`20/min\` one unit comes back every three seconds. So no instant sees more
than the limit, and no span of the window's length more than twice the limit. Where a budget has two
windows, a call is charged in both or in none.

## By role

Every role has one budget for reads and one for writes, per person; who has not signed in has that
of the network address, an IPv6 address by its /64. An admin may set other numbers for a role by
\`quotas.set\`; every server goes by them within five seconds.

A query is a read, a mutation a write. A stream costs one read when it opens, an export ${EXPORT_UNITS} reads, a
batch as much as the calls in it. What is refused for the role or the input is charged as well.
Signing in and out is not; it has the budgets below. \`quotas.mine\` tells where the caller stands.

${byRole()}

## Scopes

A scope is a budget beside those of the role. What goes beyond one that is in force is refused with
QUOTA_EXCEEDED.

${byScope()}

The budgets of a login are taken in this order, and those that count failures are given back when the
sign-in succeeds. An IPv6 address counts by its /64. A family is a sign-in and all the tokens that
came of it. A call of \`books.create\` is charged to \`book.create\` in place of the role's writes.
\`upload\` and \`contacts\` wait for the procedures they are for. \`signup\` is off because \`register\`
is narrower; off as well is \`burst.sustained\`, one pair for all that a person does.

## What they cost

Measured by \`npm run bench\` on Node ${figures.node} and ${figures.cores} cores; \`bench/README.md\` tells how, and what is
counted in.

${costs()}
`;
}

function byRole(): string {
  const head = PRESETS.flatMap((preset) => [`writes, ${preset}`, `reads, ${preset}`]);
  const rows = CALLERS.map((caller) => {
    const budgets = PRESETS.map((preset) => rolePolicies[preset][caller]);
    return [
      `\`${caller}\``,
      ...budgets.flatMap(({ write, read }) => [inWords(write), inWords(read)]),
    ];
  });
  return table(['role', ...head], rows);
}

function byScope(): string {
  const ofServiceAlone = scopes.service.filter((scope) => !scopes.strict.includes(scope));
  const rows = [...ofServiceAlone, ...scopes.strict].map((scope) => [
    `\`${scope.policy.name}\``,
    inWords(scope.policy),
    scope.per,
    scope.counts,
    presetsOf(scope),
    scope.enforced ? 'yes' : 'no',
  ]);
  return table(['scope', 'budget', 'per', 'counts', 'preset', 'in force'], rows);
}

function presetsOf(scope: Scope): string {
  return PRESETS.filter((preset) => scopes[preset].includes(scope)).join(', ');
}

function inWords({ windows }: Policy): string {
  return windows.map(({ name }) => name).join(' and ');
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [head, head.map(() => '---'), ...rows].map(line).join('\n');
}

function costs(): string {
  const { cost, flood, redis, limits } = figures;
  const rows = [
    [
      'CPU of all that quotas do for a call, of that of a query that does nothing',
      `${cost.percent} % (${cost.quotasUs} of ${cost.queryUs} µs)`,
      `${limits.percent} %`,
    ],
    [
      'p95 of a manager’s calls while a guest floods over 32 connections, to that without',
      `${flood.ratio} (${flood.flooded.p95Ms} to ${flood.alone.p95Ms} ms)`,
      `${limits.ratio}`,
    ],
    [
      'added to the p99 of a call while Redis is killed, or stalls',
      `${redis.addedMs} ms`,
      `${limits.addedMs} ms`,
    ],
  ];
  return table(['cost', 'measured', 'at most'], rows);
}
