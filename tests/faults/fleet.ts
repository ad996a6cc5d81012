import { lineTo } from './line.ts';
import { type Kind, openPremises, type Premises } from './premises.ts';
import { type Exit, type Server, startServer } from './server.ts';

/** Servers on one database, of which each can be replaced: one on SQLite, elsewhere two unless it is said. */
export interface Fleet extends AsyncDisposable {
  readonly premises: Premises;
  readonly size: number;
  /** Leads to the first. */
  readonly url: string;
  /** Where the n-th is, or another one while it is away; waits while all are away. */
  port(nth: number): Promise<number>;
  /** Ends one by this signal and starts another on its port, by `entry` if it is given; answers how it ended. */
  replace(nth: number, signal: NodeJS.Signals, entry?: string): Promise<Exit>;
}

interface Wish {
  size?: number;
  env?: Record<string, string>;
}

export async function openFleet(kind: Kind, wish: Wish = {}): Promise<Fleet> {
  const premises = await openPremises(kind);
  const { dataDir } = premises;
  const start = ({ port = 0, entry }: { port?: number; entry?: string | undefined } = {}) => {
    const env = { ...premises.env, ...wish.env, PORT: String(port) };
    return startServer({ dataDir, env, ...(entry && { entry }) });
  };
  const { size = kind === 'SQLite' ? 1 : 2 } = wish;
  const servers: (Server | undefined)[] = await Promise.all(
    Array.from({ length: size }, () => start()),
  );
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
    replace: async (nth, signal, entry) => {
      const server = servers[nth];
      if (!server) throw new Error('It is being replaced already.');
      servers[nth] = undefined;
      server.kill(signal);
      const exit = await server.exited;
      servers[nth] = await start({ port: server.port, entry });
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
