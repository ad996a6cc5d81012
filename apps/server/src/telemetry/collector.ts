import { MINUTE, SECOND } from '@comanda/kernel/time';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';
import type { FastifyBaseLogger } from 'fastify';

const TIMEOUT_MS = 5 * SECOND;

interface Settings {
  endpoint: string;
  service: string;
}

/** Collects spans and sends them in batches. While nobody takes them the oldest wait, and the newest are dropped. */
export function collecting({ endpoint, service }: Settings, log: Log): TracerProvider {
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  const exporter = telling(new OTLPTraceExporter({ url, timeoutMillis: TIMEOUT_MS }), log);
  return new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter,
        maxQueueSize: 4_096,
        maxExportBatchSize: 512,
        scheduledDelayMillis: 2 * SECOND,
        exportTimeoutMillis: 2 * TIMEOUT_MS,
      }),
    ],
  });
}

type Log = Pick<FastifyBaseLogger, 'warn'>;

/** Tells at most once a minute that a batch was lost. */
function telling(exporter: SpanExporter, log: Log): SpanExporter {
  let toldAt = -Infinity;
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const now = performance.now();
        if (result.code !== 0 && now - toldAt >= MINUTE) {
          toldAt = now;
          log.warn(
            { spans: spans.length },
            'traces cannot be sent: the collector does not take them',
          );
        }
        done(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}
