import { describe, expect, test } from 'vitest';
import { dataFolder, startServer } from './server.ts';

const MB = 1_024 * 1_024;
const NURSERY = /^nodejs_heap_space_size_total_bytes\{space="new"\} (\d+)$/m;

/** How much memory a server has for what is new and mostly soon forgotten. */
async function nurseryMb(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(NURSERY.exec(metrics)?.[1]) / MB;
}

describe('a server at rest', () => {
  test('has given back what only its start needed', async () => {
    using folder = dataFolder();
    await using server = await startServer({ dataDir: folder.path });

    // Asked seldom: a server that answers all the time is not at rest.
    await expect
      .poll(() => nurseryMb(server.url), { timeout: 30_000, interval: 1_000 })
      .toBeLessThanOrEqual(2);
  });
});
