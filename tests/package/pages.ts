import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { bundleFor } from '@comanda/client/scripts/measure';

interface Pages extends AsyncDisposable {
  origin: string;
}

/** Serves a page with the client in it, bundled as a consumer's bundler does. */
export async function servePages(project: string): Promise<Pages> {
  const script = await bundleFor(project, readFileSync(join(project, 'page.js'), 'utf8'));
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><title>A page</title><script type="module">${script}</script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
