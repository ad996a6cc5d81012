import { lineTo } from './line.ts';
import { type Kind, openPremises, type Premises } from './premises.ts';
import { type Exit, type Server, startServer } from './server.ts';

/** Servers on one database, of which each can be replaced: one on SQLite, two elsewhere. */
export interface Fleet extends AsyncDisposable {
  readonly premises: Premises;
  readonly size: number;
  /** Leads to the first. */
  readonly url: string;
  /** Where the n-th is, or another one while it is away; waits while all are away. */
  port(nth: number): Promise<number>;
  /** Ends one by this signal and starts another in its place; answers how it ended. */
  replace(nth: number, signal: NodeJS.Signals): Promise<Exit>;
}

export async function openFleet(kind: Kind): Promise<Fleet> {
  const premises = await openPremises(kind);
  const { dataDir, env } = premises;
  const start = () => startServer({ dataDir, env });
  const size = kind === 'SQLite' ? 1 : 2;
  const servers: (Server | undefined)[] = await Promise.all(Array.from({ length: size }, start));
  let news = Promise.withResolvers<void>();
  const port = async (nth: number): Promise<number> => {
    for (;;) {
      const server = servers[nth] ?? servers.find(Boolean);
      if (server) return server.port;
      await news.promise;
    }
  };
  const line = await lineTo(() => port(0));
  return {
    premises,
    size,
    port,
    url: line.url,
    replace: async (nth, signal) => {
      const server = servers[nth];
      if (!server) throw new Error('It is being replaced already.');
      servers[nth] = undefined;
      server.kill(signal);
      const exit = await server.exited;
      servers[nth] = await start();
      news.resolve();
      news = Promise.withResolvers();
      return exit;
    },
    [Symbol.asyncDispose]: async () => {
      await line[Symbol.asyncDispose]();
      for (const server of servers) await server?.[Symbol.asyncDispose]();
      await premises[Symbol.asyncDispose]();
    },
  };
}
