import { createServer, type ServerResponse } from 'node:http';
import superjson from 'superjson';
import { serving } from '../subjects/serving.ts';
import { heard } from './event.ts';
import { serveHall } from './hall.ts';

const listeners = new Set<ServerResponse>();
const server = createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.write(': welcome\n\n');
  listeners.add(response);
  request.on('close', () => listeners.delete(response));
});

/** As little as Node can do: an event is written down once, and those bytes go to everybody. */
serveHall({
  open: async () => ({ url: (await serving(server)).url, tokens: [''] }),
  tell: (number) => {
    const text = JSON.stringify(superjson.serialize(heard(number)));
    const bytes = Buffer.from(`data: ${text}\nid: ${number}\n\n`);
    for (const listener of listeners) listener.write(bytes);
  },
});
