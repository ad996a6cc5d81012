import { fileURLToPath } from 'node:url';
import type { RedisLink } from '@comanda/quotas/redis-link';
import { run } from '../faults/server.ts';

const CALLER = fileURLToPath(new URL('caller.ts', import.meta.url));

interface Crowd extends AsyncDisposable {
  /** Lets them all go at once; answers how many calls each got through. */
  run(link: RedisLink): Promise<number[]>;
}

/** Processes of their own that call one key with `limit` 1000, and wait for the word. */
export async function callers(
  url: string,
  { processes, calls, inFlight }: { processes: number; calls: number; inFlight: number },
): Promise<Crowd> {
  const crowd = Array.from({ length: processes }, () =>
    run(process.execPath, [CALLER, url, String(calls), String(inFlight)]),
  );
  await Promise.all(crowd.map((caller) => caller.said(/^ready$/m)));
  return {
    run: async ({ client }) => {
      await client.rpush('go', ...crowd.map(() => 'go'));
      const said = await Promise.all(crowd.map((caller) => caller.said(/^admitted (\d+)$/m)));
      return said.map(([, admitted]) => Number(admitted));
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(crowd.map((caller) => caller[Symbol.asyncDispose]()));
    },
  };
}
