import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { dataFolder, run } from './server.ts';

const STRAYING = fileURLToPath(new URL('straying-server.ts', import.meta.url));

async function start(dataDir: string) {
  const server = run(process.execPath, [STRAYING], {
    PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'info',
  });
  const [, url = ''] = await server.said(/^Open at (\S+)$/m);
  const call = (path: string) =>
    fetch(`${url}/trpc/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
  return { ...server, url, call };
}

describe('a bug past everybody', () => {
  test('T46 in a promise that nobody waits for is logged, and the server goes on', async () => {
    using folder = dataFolder();
    await using server = await start(folder.path);

    const answers = [await server.call('lab.forget'), await server.call('lab.forget')];
    await server.said(/a promise failed and nobody waited for it[^]*a promise failed/);
    const health = await fetch(`${server.url}/health`);

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(health.status).toBe(200);
    const line = server
      .output()
      .split('\n')
      .find((one) => one.includes('nobody waited'));
    expect(JSON.parse(line ?? '')).toMatchObject({ level: 50, err: { type: 'Error' } });
  });

  test('T46 that leaves an unknown state ends the process, and the next one serves', async () => {
    using folder = dataFolder();
    await using server = await start(folder.path);

    await server.call('lab.explode').catch(() => undefined);
    const { code, output } = await server.exited;

    expect(code).toBe(70);
    expect(output).toContain('thrown past everybody');
    await using next = await start(folder.path);
    expect((await fetch(`${next.url}/health`)).status).toBe(200);
  });
});
