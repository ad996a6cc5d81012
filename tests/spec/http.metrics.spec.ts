import { describe, expect, test } from 'vitest';
import { openApp, refusalOf } from '../app.ts';
import { ask, withoutTable } from '../http.ts';

const TOKEN = 'a token for the metrics';

describe('/metrics', () => {
  test('counts calls by role and kind', async () => {
    await using app = await openApp();
    await app.as('waiter').permissions.mine.query();
    await app.as('waiter').auth.passes.issue.mutate({ label: 'Screen' });

    const answer = await ask(app, '/metrics');
    const text = await answer.text();

    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0.0.4/);
    expect(text).toContain('comanda_calls_total{role="waiter",kind="read"} 1\n');
    expect(text).toContain('comanda_calls_total{role="waiter",kind="write"} 1\n');
    expect(text).toContain('comanda_slow_calls{state="waiting"} 0\n');
  });

  test('S2-25 counts calls by procedure, role and outcome, and tells how long they took', async () => {
    await using app = await openApp();
    const waiter = app.as('waiter');
    await waiter.permissions.mine.query();
    await refusalOf(waiter.people.list.query({ limit: 1_000 }));
    await refusalOf(app.as('customer').people.list.query());
    await refusalOf(app.as('anonymous').people.list.query());

    const text = await (await ask(app, '/metrics')).text();
    const ended = (labels: string) => `comanda_procedure_calls_total{${labels}} 1\n`;
    const took = (labels: string) => `comanda_call_seconds_count{${labels}} 1\n`;

    expect(text).toContain(ended('procedure="permissions.mine",role="waiter",outcome="ok"'));
    expect(text).toContain(ended('procedure="people.list",role="waiter",outcome="refused"'));
    expect(text).toContain(ended('procedure="people.list",role="customer",outcome="refused"'));
    expect(text).toContain(ended('procedure="people.list",role="anonymous",outcome="refused"'));
    expect(text).toContain(took('procedure="permissions.mine",kind="query",outcome="ok"'));
    expect(text).toContain(took('procedure="people.list",kind="query",outcome="UNAUTHENTICATED"'));
  });

  test('S2-25 counts what went wrong as a fault, whose ever call it was', async () => {
    await using app = await openApp();
    const { tasks } = app.as('customer');
    await tasks.list.query();

    await withoutTable(app, 'task', () => refusalOf(tasks.list.query()));
    const text = await (await ask(app, '/metrics')).text();

    expect(text).toContain(
      'comanda_procedure_calls_total{procedure="tasks.list",role="customer",outcome="fault"} 1\n',
    );
  });

  test('S2-25 has no series for procedures that there are not', async () => {
    await using app = await openApp();
    await ask(app, '/trpc/invented.procedure');
    await ask(app, '/trpc/menu.invented');

    expect(await (await ask(app, '/metrics')).text()).not.toContain('invented');
  });

  test('S2-25 tells of the process and of the house', async () => {
    await using app = await openApp();

    const text = await (await ask(app, '/metrics')).text();

    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
    expect(text).toMatch(/^process_resident_memory_bytes [1-9]/m);
    expect(text).toMatch(/^comanda_streams_open 0$/m);
    expect(text).toMatch(/^comanda_transaction_retries_total \d/m);
    expect(text).toMatch(/^comanda_unready\{reason="disk"\} 0$/m);
    expect(text).toMatch(/^comanda_password_hashes\{state="waiting"\} 0$/m);
  });

  test.each(['x-forwarded-for', 'forwarded', 'via'])(
    'is no address at all to who came through a proxy on this machine: %s',
    async (header) => {
      await using app = await openApp();

      const answer = await ask(app, '/metrics', { headers: { [header]: '127.0.0.1' } });

      expect(answer.status).toBe(404);
    },
  );

  test.each([{ publicUrl: 'https://api.example' }, { trustProxy: ['127.0.0.1/32'] }])(
    'is no address without a token where a proxy may stand in front: %o',
    async (config) => {
      await using app = await openApp({ config });

      expect((await ask(app, '/metrics')).status).toBe(404);
    },
  );

  test('asks for the token where there is one, also on this machine', async () => {
    await using app = await openApp({ config: { metricsToken: TOKEN } });
    const show = (authorization: string) => ask(app, '/metrics', { headers: { authorization } });

    const answers = await Promise.all([
      ask(app, '/metrics'),
      show('Bearer another'),
      show(`Bearer ${TOKEN}`),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 200]);
  });
});
