import { fileURLToPath } from 'node:url';
import { createClient, type Fault } from '@comanda/client';
import { describe, expect, test } from 'vitest';
import { type Collector, type Seen, startCollector } from './collector.ts';
import { dataFolder, run, type Server, startServer } from './server.ts';

const LOADING = fileURLToPath(new URL('loading.ts', import.meta.url));

const SOON = { timeout: 60_000, interval: 50 };
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';
const CANARY = 'canaryQ7xInvented';

const traced = (collector: Collector) => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  OTEL_SERVICE_NAME: 'trattoria',
  LOG_LEVEL: 'info',
});

/** As the published client is told to send it. */
const within = (server: Server, token: string, traceparent: string) =>
  createClient({ url: server.url, token, retry: false, headers: { traceparent } });

/** Ends the server, which sends what it has left to send. */
async function stopped(server: Server): Promise<void> {
  server.kill('SIGTERM');
  await server.exited;
}

const below = (spans: Seen[], { id }: Seen) => spans.filter(({ parent }) => parent === id);
const named = (spans: Seen[], name: string) => spans.filter((span) => span.name === name);

describe('S2-25 traces', () => {
  test('go from the caller through request, calls and statements, and tell nothing that was said', async () => {
    await using collector = await startCollector();
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path, env: traced(collector) });
    const password = server.passwords['manager'] ?? '';
    const { accessToken, refreshToken = '' } = await server.signIn('manager');
    const client = within(server, accessToken, `00-${TRACE}-${CALLER}-01`);

    await Promise.all([
      client.permissions.mine.query(),
      client.people.list.query({ search: CANARY }),
      client.people.show
        .query({ personId: CANARY })
        .catch((error: unknown) => (error as Fault).reason),
    ]);
    await client.tasks.create.mutate({ title: CANARY, description: CANARY });
    await stopped(server);

    const { spans } = collector;
    const requests = spans.filter(({ traceId, parent }) => traceId === TRACE && parent === CALLER);
    const [batch, change] = requests;
    const calls = batch ? below(spans, batch) : [];
    const create = change ? below(spans, change) : [];
    const statements = calls.flatMap((call) => below(spans, call));
    const written = create.flatMap((call) => below(spans, call));
    expect(requests.map(({ name }) => name)).toEqual(['GET /trpc/:path', 'POST /trpc/:path']);
    expect(calls.map(({ name, said }) => `${name} ${said['comanda.outcome']}`).toSorted()).toEqual([
      'people.list ok',
      'people.show VALIDATION',
      'permissions.mine ok',
    ]);
    expect(calls.every(({ said }) => said['comanda.role'] === 'manager')).toBe(true);
    expect(calls.every(({ said }) => said['rpc.system'] === 'trpc')).toBe(true);
    expect(calls.every(({ said }) => said['rpc.method'] !== undefined)).toBe(true);
    expect(named(statements, 'select').length).toBeGreaterThan(0);
    expect(written.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['begin', 'insert', 'commit']),
    );
    expect(written.every(({ said }) => said['db.system'] === 'sqlite')).toBe(true);
    expect(named(written, 'insert')[0]?.said['db.query.text']).toMatch(/^insert into .*\?/);
    expect(collector.services).toEqual(new Set(['trattoria']));
    for (const secret of [CANARY, password, accessToken, refreshToken, 'bearer']) {
      expect(collector.bytes.join().toLowerCase()).not.toContain(secret.toLowerCase());
    }
  });

  test('of the mirror, of a picture that is refused and of a stream are there as well, and end', async () => {
    await using collector = await startCollector();
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path, env: traced(collector) });
    const { accessToken } = await server.signIn('manager');
    const headers = { authorization: `Bearer ${accessToken}` };
    const over = new AbortController();

    const requestId = 'a-request-of-mine';
    await fetch(`${server.url}/api/v1/permissions/mine`, {
      headers: { ...headers, 'x-request-id': requestId },
    });
    await fetch(`${server.url}/files`, { method: 'POST', headers, body: 'no picture' });
    const stream = await fetch(
      `${server.url}/trpc/orders.watch?input=${encodeURIComponent('{"json":{}}')}`,
      { headers: { ...headers, accept: 'text/event-stream' }, signal: over.signal },
    );
    const opened = () => named(collector.spans, 'GET /trpc/:path').length;
    await expect.poll(opened, SOON).toBe(1);
    const isOpen = !stream.body?.locked;
    over.abort();
    await stopped(server);

    const { spans } = collector;
    const parentOf = ({ parent }: Seen) => spans.find(({ id }) => id === parent);
    const [mirrored] = named(spans, 'permissions.mine');
    const [uploaded] = named(spans, 'files.upload');
    const [watched] = named(spans, 'orders.watch');
    expect(isOpen).toBe(true);
    expect(mirrored?.said['comanda.request_id']).toBe(requestId);
    expect(mirrored && parentOf(mirrored)?.name).toBe('GET /api/v1/*');
    expect(uploaded?.said['comanda.outcome']).toBe('NOT_A_PICTURE');
    expect(watched?.said).toMatchObject({
      'comanda.outcome': 'ok',
      'comanda.kind': 'subscription',
    });
    expect(watched && parentOf(watched)?.said['http.response.status_code']).toBe(200);
    expect(server.output()).toContain(`"traceId":"${mirrored?.traceId}"`);
  });

  test('begin anew behind what is no trace', async () => {
    await using collector = await startCollector();
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path, env: traced(collector) });
    const nothing = '0'.repeat(32);
    const bad = [
      `00-${nothing}-${CALLER}-01`,
      `00-${TRACE}-${nothing.slice(16)}-01`,
      `ff-${TRACE}-${CALLER}-01`,
      `${TRACE}; drop`,
    ];

    for (const traceparent of bad) {
      await fetch(`${server.url}/trpc/permissions.mine`, { headers: { traceparent } });
    }
    await stopped(server);

    const calls = named(collector.spans, 'permissions.mine');
    const traces = new Set(calls.map(({ traceId }) => traceId));
    expect([calls.length, traces.size]).toEqual([bad.length, bad.length]);
    expect(traces).not.toContain(TRACE);
    expect(traces).not.toContain(nothing);
  });

  test('that nobody takes hold no call up', async () => {
    using folder = dataFolder();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' };
    await using server = await startServer({ dataDir: folder.path, env });
    const { accessToken } = await server.signIn('manager');
    const ask = () => server.client(accessToken).permissions.mine.query();

    const first = await ask();
    await server.said(/traces cannot be sent/);
    const second = await ask();
    server.kill('SIGTERM');
    const { code } = await server.exited;

    expect(second).toEqual(first);
    expect(code).toBe(0);
  });

  test('that are refused are told of in one line, and not again for every batch', async () => {
    await using collector = await startCollector({ takes: false });
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path, env: traced(collector) });
    const { accessToken } = await server.signIn('manager');
    const ask = () => server.client(accessToken).permissions.mine.query();
    const batches = () => collector.bytes.length;

    for (const sent of [1, 2, 3]) {
      await ask();
      await expect.poll(batches, SOON).toBeGreaterThanOrEqual(sent);
    }
    await stopped(server);

    expect(server.output().match(/traces cannot be sent/g)).toHaveLength(1);
  });

  test.each([
    ['load nothing where they are not asked for', 'commands/serve', false],
    ['are what loads it', 'telemetry/telemetry', true],
  ])('%s', async (_, module, isLoaded) => {
    await using running = run(process.execPath, [LOADING, module]);
    const { output } = await running.exited;

    expect(output).toContain('loaded');
    // The metrics need its types of context, `api`, whether or not.
    expect(/asks for @opentelemetry\/(?!api$)/m.test(output)).toBe(isLoaded);
  });
});
