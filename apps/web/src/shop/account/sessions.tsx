import { useQuery } from '@tanstack/react-query';
import { calls, comanda } from '../../house/comanda.ts';
import { useDoing } from '../../house/doing.ts';
import { dayAndTime } from '../../house/figures.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Problem, Waiting } from '../../parts/notice.tsx';
import { browserOf } from './browser.ts';

/** Where one is signed in. */
export function Sessions() {
  const { data, error, refetch } = useQuery(calls.auth.sessions.list.queryOptions());
  const one = useDoing({
    call: (id: string) => comanda.auth.sessions.revoke.mutate({ id }),
    said: 'That sign-in is over.',
    touches: ['auth'],
  });
  const others = useDoing({
    call: () => comanda.auth.sessions.revokeOthers.mutate(),
    said: ({ ended }) => (ended === 1 ? 'One sign-in ended.' : `${ended} sign-ins ended.`),
    touches: ['auth'],
  });
  return (
    <section className="card stack" aria-labelledby="account-sessions">
      <h2 id="account-sessions">Where you are signed in</h2>
      {error && <Problem error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting rows={2} />}
      <ul className="account-list">
        {data?.items.map(({ id, current, userAgent, address, lastUsedAt, restaurant }) => (
          <li key={id} className="row is-apart">
            <span>
              {browserOf(userAgent)} {current && <Badge tone="good">This one</Badge>}
              <span className="account-about aside">
                {restaurant && `At work at ${restaurant.name} · `}
                {address ?? 'unknown address'} · last used {dayAndTime(lastUsedAt)}
              </span>
            </span>
            {!current && (
              <Button
                kind="danger"
                busy={one.busy && one.input === id}
                aria-label={`End ${browserOf(userAgent)}, last used ${dayAndTime(lastUsedAt)}`}
                onClick={() => one.run(id)}
              >
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
      {(data?.items.length ?? 0) > 1 && (
        <div>
          <Button kind="danger" busy={others.busy} onClick={() => others.run()}>
            End all others
          </Button>
        </div>
      )}
    </section>
  );
}
