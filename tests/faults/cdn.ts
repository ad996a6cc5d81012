import { type Change, freePorts, preparedMachine } from './nginx-machine.ts';

/** By this name the example's callers know the service. */
export const CDN_HOST = 'menu.trattoria.example';

/** A request that a server was asked. */
interface Asked {
  url: string;
  /** What the server said. */
  status: number;
}

/** A real nginx that caches by the example of docs/deploying.md, before servers on these ports. */
export interface Cdn extends AsyncDisposable {
  read(path: string, headers?: Record<string, string>): Promise<{ status: number; body: string }>;
  /** What the servers were asked, oldest first. */
  asked(): Asked[];
}

interface Wish {
  ports: number[];
  /** Without what it is told of callers: it goes by what the answers say, like any cache. */
  naive?: boolean;
}

export async function startCdn({ ports, naive = false }: Wish): Promise<Cdn> {
  const [port = 0] = await freePorts(1);
  const servers = ports.map((one) => `server 127.0.0.1:${one};`).join(' ');
  const machine = preparedMachine({
    example: 'cdn.conf',
    log: '$upstream_status $request_uri',
    changes: (at) => [
      ['server 127.0.0.1:4000 max_fails=0;', servers],
      ['listen 8080;', `listen 127.0.0.1:${port};`],
      ['/var/cache/comanda-menus', at('menus')],
      ...(naive ? FOR_CALLERS : []),
    ],
  });
  const running = await machine.start();
  return {
    read: async (path, headers = {}) => {
      const said = { host: CDN_HOST, ...headers };
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: said });
      return { status: answer.status, body: await answer.text() };
    },
    asked: () =>
      machine
        .logged()
        .filter((line) => !line.startsWith('-'))
        .map((line) => ({ status: Number(line.split(' ')[0]), url: line.split(' ')[1] ?? '' })),
    [Symbol.asyncDispose]: async () => {
      await running[Symbol.asyncDispose]();
      machine[Symbol.dispose]();
    },
  };
}

const SHOWN = '$http_authorization $http_x_guest_token $http_x_session;';
const FOR_CALLERS: Change[] = [
  [`proxy_cache_bypass ${SHOWN}`, ''],
  [`proxy_no_cache ${SHOWN}`, ''],
];
