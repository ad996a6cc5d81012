import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Server } from './server.ts';

export interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

/** A call that has begun: the server has read its head and waits for the body. */
export interface Begun {
  finish(): Promise<Answer>;
}

interface Call {
  path: string;
  input: object;
  agent?: Agent;
}

/** A pool of connections that stay open between calls. */
export function keptAlive(): Agent & Disposable {
  const agent = new Agent({ keepAlive: true });
  return Object.assign(agent, { [Symbol.dispose]: () => agent.destroy() });
}

export async function begin(server: Server, { path, input, agent }: Call): Promise<Begun> {
  const body = JSON.stringify({ json: input });
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    expect: '100-continue',
  };
  const call = request(`${server.url}/trpc/${path}`, { method: 'POST', headers, agent });
  const answered = new Promise<Answer>((resolve, reject) => {
    call.on('error', reject).on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('error', reject).on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
  });
  answered.catch(() => undefined);
  call.flushHeaders();
  await once(call, 'continue');
  return {
    finish: () => {
      call.end(body);
      return answered;
    },
  };
}

/** A socket on which nothing has been said yet. */
export async function dial({ port }: { port: number }): Promise<Socket & Disposable> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return Object.assign(socket, { [Symbol.dispose]: () => socket.destroy() });
}

/** Whether somebody still takes new connections there. */
export function takesConnections({ port }: { port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => resolve(false));
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
