import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Desk } from './desk.ts';
import { MAX_BYTES } from './sizes.ts';

function openDesk() {
  const folder = mkdtempSync(join(tmpdir(), 'comanda-desk-'));
  return {
    desk: new Desk(join(folder, 'incoming')),
    folder: join(folder, 'incoming'),
    files: () => readdirSync(join(folder, 'incoming')),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

async function* pieces(...texts: (string | Uint8Array | Error)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield Buffer.from(text);
  }
}

describe('a desk', () => {
  test('holds what comes, as long as somebody looks at it', async () => {
    using at = openDesk();
    {
      await using received = await at.desk.receive(pieces('one', 'two'));
      expect(readFileSync(received.path, 'utf8')).toBe('onetwo');
    }
    expect(at.files()).toEqual([]);
  });

  test('takes as much as may be and no more, and keeps nothing of what it refuses', async () => {
    using at = openDesk();
    const most = new Uint8Array(MAX_BYTES);
    await using received = await at.desk.receive(pieces(most));
    expect(readFileSync(received.path)).toHaveLength(MAX_BYTES);

    const more = at.desk.receive(pieces(most, 'x'));

    await expect(more).rejects.toMatchObject({ because: 'too many bytes' });
    expect(at.files()).toHaveLength(1);
  });

  test('keeps nothing of what breaks off', async () => {
    using at = openDesk();

    const broken = at.desk.receive(pieces('one', new Error('aborted')));

    await expect(broken).rejects.toMatchObject({ because: 'no picture' });
    expect(at.files()).toEqual([]);
  });

  test('is cleared of what a stopped process left, and of nothing that is new', async () => {
    using at = openDesk();
    const left = await at.desk.receive(pieces('left'));
    await using fresh = await at.desk.receive(pieces('fresh'));
    const long = new Date('2026-06-01T00:00:00Z');
    utimesSync(left.path, long, long);

    await at.desk.clear(new Date('2026-06-02T00:00:00Z'));

    expect(at.files().map((name) => join(at.folder, name))).toEqual([fresh.path]);
  });

  test('that was never used is clear', async () => {
    using at = openDesk();

    await expect(at.desk.clear(new Date())).resolves.toBeUndefined();
  });
});
