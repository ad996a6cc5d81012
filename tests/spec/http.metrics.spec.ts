import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { ask } from '../http.ts';

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
