import type { procedures } from '@comanda/domains/procedures';
import { router } from '@comanda/domains/trpc';
import { buildApp } from '@comanda/server/app';
import type { TestApp } from '@comanda/testing';
import { fetchFrom } from '@comanda/testing/fetching';

type Procedures = { [Domain in keyof typeof procedures]?: Parameters<typeof router>[0] };

/** The mirror before procedures of a test's own: they stand where the document says, under the names of real ones. */
export async function serving({ house }: TestApp, own: Procedures) {
  const logs: string[] = [];
  const server = await buildApp(
    house,
    {
      allowedHosts: ['localhost'],
      corsOrigins: [],
      floodLimit: 1_000_000,
      floodHoldMs: 0,
      logLevel: 'info',
      trustProxy: [],
    },
    { router: router(own), logs: { write: (line) => void logs.push(line) } },
  );
  return {
    fetch: fetchFrom(server),
    logs,
    [Symbol.asyncDispose]: () => server.close(),
  };
}
