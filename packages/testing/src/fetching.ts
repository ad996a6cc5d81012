import type { Readable } from 'node:stream';
import type { buildApp } from '@comanda/server/app';

type Server = Awaited<ReturnType<typeof buildApp>>;

/** A `fetch` that is answered by this server, without a socket. */
export function fetchFrom(server: Server): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { pathname, search, host } = new URL(request.url);
    const payload = request.body ? Buffer.from(await request.arrayBuffer()) : undefined;
    const reply = await server.inject({
      payloadAsStream: true,
      method: request.method as 'GET',
      url: `${pathname}${search}`,
      headers: { host, ...Object.fromEntries(request.headers) },
      ...(payload && { payload }),
    });
    // As a socket that is hung up on.
    request.signal.addEventListener('abort', () => reply.raw.res.destroy());
    const headers = Object.entries(reply.headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((one) => [name, String(one)] as [string, string]),
    );
    const empty = [204, 304].includes(reply.statusCode);
    return new Response(empty ? null : await bodyOf(reply), { status: reply.statusCode, headers });
  };
}

/** A stream as it comes; any other answer when all of it is there. */
async function bodyOf(reply: Reply): Promise<ReadableStream | Uint8Array<ArrayBuffer>> {
  const body = reply.stream();
  if (String(reply.headers['content-type']).startsWith('text/event-stream')) {
    return streamFrom(body, () => reply.raw.res.destroy());
  }
  return new Uint8Array(Buffer.concat(await body.toArray()));
}

/** Node's own adapter throws past everybody when it is cancelled while something comes. */
function streamFrom(body: Readable, hangUp: () => void): ReadableStream {
  const chunks = body.iterator();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = (await chunks.next()) as IteratorResult<Buffer>;
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
    cancel: () => {
      body.destroy();
      hangUp();
    },
  });
}

type Reply = Awaited<ReturnType<Server['inject']>>;
