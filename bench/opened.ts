import { dataFolder, type Server, startServer } from '../tests/faults/server.ts';
import { hire } from './crew.ts';
import { median, percentile, round } from './statistics.ts';
import type { VisitsOrder, VisitsReport } from './visits.ts';

const PLENTY = ['9999999/s'];
const PER_SECOND = 40;
const WARM_MS = 5_000;

/** A server as `npm start` opens it, and a manager at work. */
export interface Opened extends AsyncDisposable {
  readonly server: Server;
  /** The manager's: they read as often as they like. */
  readonly token: string;
  /** How long each of the manager's calls took. */
  work(forMs: number): Promise<number[]>;
}

export async function opened(env: Record<string, string> = {}): Promise<Opened> {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(dataFolder());
  const server = stack.use(await startServer({ dataDir: folder.path, env }));
  const visits = stack.use(hire<VisitsOrder, VisitsReport>('./visits.ts'));
  const admin = server.client((await server.signIn('admin')).accessToken);
  await admin.quotas.set.mutate({ role: 'manager', reads: PLENTY });
  const { accessToken: token } = await server.signIn('manager');
  const order = { url: server.url, path: 'permissions.mine', token, perSecond: PER_SECOND };
  const work = async (forMs: number) => {
    const { tookMs, failed } = await visits.tell({ ...order, forMs });
    if (failed > 0) throw new Error(`${failed} of the manager's calls were refused`);
    return tookMs;
  };
  await work(WARM_MS);
  const all = stack.move();
  return { server, token, work, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** Of each round by itself, so that one disturbed round counts as one. */
export function overRounds(rounds: readonly number[][], share: number): number {
  return round(median(rounds.map((tookMs) => percentile(tookMs, share))));
}
