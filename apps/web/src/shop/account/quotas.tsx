import type { QuotaStanding } from '@comanda/client';
import { useQuery } from '@tanstack/react-query';
import { calls } from '../../house/comanda.ts';
import { clockTime, span, spoken } from '../../house/figures.ts';
import { Notice, Problem, Waiting } from '../../parts/notice.tsx';

const SCOPES: Record<string, string> = {
  'login.account': 'Failed sign-ins',
  upload: 'Pictures',
  'book.create': 'Books',
  'book.cover': 'Covers of books',
};

/** How much one may still do, and when it is all there again. */
export function Quotas() {
  const { data, error, refetch } = useQuery(calls.quotas.mine.queryOptions());
  return (
    <section className="card stack" aria-labelledby="account-quotas">
      <h2 id="account-quotas">Limits</h2>
      <p className="aside">
        Nobody may ask so often that others have to wait. What is used comes back by itself.
      </p>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting rows={2} />}
      {data?.degraded && <Notice kind="warn">These numbers are rough at the moment.</Notice>}
      {data && (
        <>
          <Standing title="Looking" standing={data.read} />
          <Standing title="Changing" standing={data.write} />
          {data.scopes.map((scope) => (
            <Standing
              key={scope.name}
              title={SCOPES[scope.name] ?? spoken(scope.name)}
              standing={scope}
            />
          ))}
          <p className="aside">
            In the last day: {data.lastDay.reads} looks, {data.lastDay.writes} changes,{' '}
            {data.lastDay.refused} refused.
          </p>
        </>
      )}
    </section>
  );
}

function Standing({ title, standing }: { title: string; standing: QuotaStanding }) {
  return standing.windows.map(({ name, limit, windowMs, remaining, resetAt }) => (
    <div key={name} className="account-quota">
      <span id={`quota-${standing.name}-${name}`}>{title}</span>
      <meter
        min={0}
        max={limit}
        low={limit / 5}
        high={limit / 2}
        optimum={limit}
        value={remaining}
        aria-labelledby={`quota-${standing.name}-${name}`}
      />
      <span className="aside amount">
        {remaining} of {limit} left in {span(windowMs)}
        {resetAt && remaining < limit && ` · all of it again at ${clockTime(resetAt)}`}
      </span>
    </div>
  ));
}
