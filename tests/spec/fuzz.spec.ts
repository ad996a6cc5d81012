import type { TestApp } from '@comanda/testing';
import fc from 'fast-check';
import { describe, expect, inject, test } from 'vitest';
import { openApp } from '../app.ts';
import { casesFor, type FuzzCase, HAND_MADE, procedures, someIds } from '../fuzzing.ts';
import { ask, post } from '../http.ts';

/**
 * Over all procedures; `FUZZ_CASES=20000` for a soak. Only what gets past the schemas meets the database:
 * of the same cases a second one sees the first. A failure prints its seed: `FUZZ_SEED` repeats it.
 */
const HERE = inject('dialect') === 'sqlite' ? 2_000 : 500;
const CASES = Number(process.env['FUZZ_CASES'] ?? HERE);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_121);
const LONGEST_REFUSAL = 8 * 1_024;
const LEAKS =
  /node_modules|\/src\/|\.ts:\d|\bat Object|select |insert into|update `|SQLITE|errno|Exception\b/i;

describe('input that nobody expected', () => {
  test.each(procedures)(
    'P37 $name answers or refuses whatever is sent, and never fails',
    async ({ name, type, input }) => {
      await using app = await openApp({ config: { trustProxy: ['127.0.0.1/32'] } });
      const send = await senderFor(app, { name, type });
      const arbitrary = casesFor(input, await someIds(app));
      const numRuns = Math.ceil(CASES / procedures.length);

      await fc.assert(
        fc.asyncProperty(arbitrary, async (fuzzed) => {
          expect(complaints(await send(fuzzed))).toEqual([]);
        }),
        { numRuns, seed: SEED },
      );
      const health = await ask(app, '/health');

      expect(health.status).toBe(200);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    },
    600_000,
  );

  test.each(procedures)(
    'P37 $name refuses everything on the list of bad inputs, or answers it',
    async ({ name, type }) => {
      await using app = await openApp({ config: { trustProxy: ['127.0.0.1/32'] } });
      const send = await senderFor(app, { name, type });

      const answers = await Promise.all(
        HAND_MADE.map((text) => send({ caller: 'admin', text }).then(complaints)),
      );

      expect(answers.flat()).toEqual([]);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    },
  );
});

interface Said {
  status: number;
  text: string;
}

function complaints({ status, text }: Said): string[] {
  if (status < 400) return [];
  const found = [];
  if (status >= 500) found.push(`fault ${status}`);
  if (text.length > LONGEST_REFUSAL) found.push(`${text.length} bytes of refusal`);
  if (LEAKS.test(text)) found.push(`a leak: ${text.slice(0, 300)}`);
  if (!text.includes('"reason":')) found.push(`no refusal: ${text.slice(0, 300)}`);
  return found;
}

/** Sends as HTTP would, each time from another address, so that quotas hide nothing. */
async function senderFor(app: TestApp, { name, type }: { name: string; type: string }) {
  const tokens = {
    anonymous: undefined,
    customer: (await app.session('customer')).accessToken,
    admin: (await app.session('admin')).accessToken,
  };
  let sent = 0;
  return async ({ caller, text }: FuzzCase): Promise<Said> => {
    const token = tokens[caller];
    const headers = {
      'x-forwarded-for': `10.${(++sent >> 16) & 255}.${(sent >> 8) & 255}.${sent & 255}`,
      ...(token && { authorization: `Bearer ${token}` }),
    };
    const path = `/trpc/${name}`;
    const answer =
      type === 'query'
        ? await ask(app, `${path}?input=${encodeURIComponent(text)}`, { headers })
        : await post(app, path, { headers, body: text });
    // A stream that begins is an answer; it would not end by itself.
    if (answer.headers.get('content-type') === 'text/event-stream') {
      await answer.body?.cancel();
      return { status: answer.status, text: '' };
    }
    return { status: answer.status, text: await answer.text() };
  };
}
