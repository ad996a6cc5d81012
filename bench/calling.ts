import { Agent, request } from 'node:http';

export interface Target {
  url: string;
  path: string;
  token?: string;
}

interface Way extends Target {
  agent: Agent;
  /** The address to call from: every one in 127.0.0.0/8 is this machine's own on Linux. */
  from: string;
}

/** Calls over a connection that stays open; answers the status once the last byte is there. */
export function call({ url, path, token, agent, from }: Way): Promise<number> {
  const headers = token ? { authorization: `Bearer ${token}` } : {};
  return new Promise((resolve, reject) => {
    request(`${url}/trpc/${path}`, { agent, headers, localAddress: from })
      .on('error', reject)
      .on('response', (response) => {
        response
          .on('error', reject)
          .on('end', () => resolve(response.statusCode ?? 0))
          .resume();
      })
      .end();
  });
}

export function keptAlive(connections = Infinity): Agent {
  return new Agent({ keepAlive: true, maxSockets: connections });
}
