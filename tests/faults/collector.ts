import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { listening } from './nginx-machine.ts';

type Value = { stringValue?: string; intValue?: number };

interface Exported {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  attributes: { key: string; value: Value }[];
  status: { code?: number };
}

export interface Seen {
  traceId: string;
  id: string;
  parent: string;
  name: string;
  failed: boolean;
  said: Record<string, string | number | undefined>;
}

/** Whom a server sends its traces to, by OTLP over HTTP. */
export interface Collector extends AsyncDisposable {
  readonly url: string;
  readonly spans: Seen[];
  /** All that was sent, to the byte. */
  readonly bytes: string[];
  /** Under what name they were sent. */
  readonly services: Set<string | undefined>;
}

/** One that takes nothing is sent the next batch all the same. */
export async function startCollector({ takes = true } = {}): Promise<Collector> {
  const spans: Seen[] = [];
  const bytes: string[] = [];
  const services = new Set<string | undefined>();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      bytes.push(`${request.url} ${JSON.stringify(request.headers)} ${body}`);
      for (const { resource, scopeSpans } of packsIn(body)) {
        services.add(saidIn(resource.attributes)['service.name'] as string);
        spans.push(...scopeSpans.flatMap((scope) => scope.spans.map(seen)));
      }
      response.writeHead(takes ? 200 : 400, { 'content-type': 'application/json' }).end('{}');
    });
  });
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    bytes,
    services,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Pack {
  resource: { attributes: Exported['attributes'] };
  scopeSpans: { spans: Exported[] }[];
}

function packsIn(body: string): Pack[] {
  return (JSON.parse(body) as { resourceSpans: Pack[] }).resourceSpans;
}

function seen({ traceId, spanId, parentSpanId = '', name, attributes, status }: Exported): Seen {
  const said = saidIn(attributes);
  return { traceId, id: spanId, parent: parentSpanId, name, failed: status.code === 2, said };
}

function saidIn(attributes: Exported['attributes']): Seen['said'] {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]),
  );
}
