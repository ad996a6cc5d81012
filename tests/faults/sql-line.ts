import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** The way to a database server, which a test can bar, silence and cut. */
export interface SqlLine extends AsyncDisposable {
  readonly port: number;
  /** As if nobody listened there any more; those who are connected are cut off. */
  bar(): Promise<void>;
  unbar(): Promise<void>;
  /** Nothing passes any more, on connections new and old, and nobody is told. */
  silence(): void;
  /** New connections work again; those of before stay dead, as after a change of network. */
  restore(): void;
  /** Resolves when a transaction that wrote into this table was cut off at its `commit`. */
  cutAtCommit(table: string, when: 'before' | 'after'): Promise<void>;
}

interface Cut {
  table: string;
  when: 'before' | 'after';
  done: () => void;
}

/** What is said to the server: the length, a number, and 3 for a statement, which stands there in words. */
const COMMIT = Buffer.from('\u0003commit');

export async function sqlLineTo(far: number): Promise<SqlLine> {
  const sockets = new Set<Socket>();
  let isSilent = false;
  let cut: Cut | undefined;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  };
  const lead = (near: Socket) => {
    keep(near);
    if (isSilent) return;
    const server = connect(far, '127.0.0.1');
    keep(server);
    near.once('close', () => server.destroy());
    server.once('close', () => near.destroy());
    let hasWritten = false;
    let isLast = false;
    const end = () => {
      cut?.done();
      cut = undefined;
      near.destroy();
      server.destroy();
    };
    near.on('data', (said) => {
      if (isSilent) return;
      if (cut && said.includes(`insert into \`${cut.table}\``)) hasWritten = true;
      isLast = cut !== undefined && hasWritten && said.includes(COMMIT);
      if (isLast && cut?.when === 'before') return end();
      server.write(said);
    });
    server.on('data', (answer) => {
      if (isSilent) return;
      if (isLast) return end();
      near.write(answer);
    });
  };
  let open = await listening(0, lead);
  const { port } = open.address() as AddressInfo;
  const lose = () => sockets.forEach((socket) => socket.destroy());
  const bar = async () => {
    open.close();
    lose();
    await once(open, 'close');
  };
  return {
    port,
    bar,
    unbar: async () => {
      open = await listening(port, lead);
    },
    silence: () => {
      isSilent = true;
    },
    restore: () => {
      for (const socket of sockets) socket.removeAllListeners('data').pause();
      isSilent = false;
    },
    cutAtCommit: (table, when) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      cut = { table, when, done: resolve };
      return promise;
    },
    [Symbol.asyncDispose]: async () => {
      if (open.listening) await bar();
    },
  };
}

async function listening(port: number, lead: (near: Socket) => void): Promise<Server> {
  const server = createServer(lead).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
