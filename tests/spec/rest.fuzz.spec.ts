import type { TestApp } from '@comanda/testing';
import fc from 'fast-check';
import { describe, expect, inject, test } from 'vitest';
import { openApp } from '../app.ts';
import { someIds } from '../fuzzing.ts';
import { ask } from '../http.ts';
import { heardOn } from '../rest/asking.ts';
import { type Place, PLACES } from '../rest/document.ts';
import { misfits } from '../rest/fitting.ts';
import { type RestCase, restCases } from '../rest/fuzzing.ts';

/** Over all operations; `FUZZ_CASES=20000` for a soak. A failure prints its seed: `FUZZ_SEED` repeats it. */
const HERE = inject('dialect') === 'sqlite' ? 1_000 : 300;
const CASES = Number(process.env['FUZZ_CASES'] ?? HERE);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_122);
const LONGEST_REFUSAL = 8 * 1_024;
const LEAKS =
  /node_modules|\/src\/|\.ts:\d|\bat Object|select |insert into|update `|SQLITE|errno|Exception\b/i;

describe('requests made from the document, and spoilt', () => {
  test.each(PLACES)(
    'P37 $name answers as the document says, and never fails',
    async (place) => {
      await using app = await openApp({ config: { trustProxy: ['127.0.0.1/32'] } });
      const send = await senderFor(app);
      const numRuns = Math.ceil(CASES / PLACES.length);

      await fc.assert(
        fc.asyncProperty(restCases(place, await someIds(app)), async (fuzzed) => {
          expect(complaints(place, await send(fuzzed))).toEqual([]);
        }),
        { numRuns, seed: SEED },
      );
      const health = await ask(app, '/health');

      expect(health.status).toBe(200);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    },
    600_000,
  );
});

interface Said {
  status: number;
  type: string;
  text: string;
}

function complaints({ operation }: Place, { status, type, text }: Said): string[] {
  const found = [];
  if (status >= 500 && status !== 503) found.push(`fault ${status}`);
  if (status >= 400 && text.length > LONGEST_REFUSAL) found.push(`${text.length} bytes of refusal`);
  if (status >= 400 && LEAKS.test(text)) found.push(`a leak: ${text.slice(0, 300)}`);
  if (status === 304) return text === '' ? found : [...found, 'a 304 with a body'];
  return [...found, ...outsideOf(operation, { status, type, text })];
}

/** Of what is told in another format only the status is judged here. */
function outsideOf(operation: Place['operation'], { status, type, text }: Said): string[] {
  const isJson = /json$|event-stream$/.test(type);
  // An address that fits no place is no call of any.
  if (isJson && /"code":"(NO_SUCH_PROCEDURE|METHOD_NOT_ALLOWED)"/.test(text)) return [];
  if (isJson) return misfits(operation, { status, type, value: JSON.parse(text) as unknown });
  return operation.responses[status] ? [] : [`says nothing of ${status}`];
}

/** Sends each from another address, so that quotas hide nothing. */
async function senderFor(app: TestApp) {
  const tokens = {
    anonymous: undefined,
    customer: (await app.session('customer')).accessToken,
    admin: (await app.session('admin')).accessToken,
  };
  let sent = 0;
  return async ({ caller, url, method, headers, body }: RestCase): Promise<Said> => {
    const token = tokens[caller];
    const answer = await ask(app, url, {
      method,
      headers: {
        ...headers,
        'x-forwarded-for': `10.${(++sent >> 16) & 255}.${(sent >> 8) & 255}.${sent & 255}`,
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(body !== undefined && { body }),
    });
    const { status } = answer;
    const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
    return { status, type, text: await textOf(answer, type) };
  };
}

/** A stream that begins is an answer; it would not end by itself. */
async function textOf(answer: Response, type: string): Promise<string> {
  if (type !== 'text/event-stream') return answer.text();
  const told = await heardOn(answer, (text) => text.includes('data: ') && text.endsWith('\n\n'));
  return /^data: (.*)$/m.exec(told)?.[1] ?? '';
}
