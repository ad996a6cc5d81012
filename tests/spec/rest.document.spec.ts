import { appRouter } from '@comanda/domains/router';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { openApp } from '../app.ts';
import { textOf } from '../docs/documents.ts';
import { ask } from '../http.ts';
import { picture } from '../files/samples.ts';
import { send } from '../files/uploading.ts';
import { BESIDE, OPENAPI, openApi, PLACES, type Place } from '../rest/document.ts';
import { misfits, responseOf } from '../rest/fitting.ts';

interface Served {
  _def: { type: string; meta: { access: string; refusals: string[] } };
}
const served = appRouter._def.procedures as unknown as Record<string, Served>;

/** The codes and statuses that an operation is said to be refused with. */
function refusalsOf({ operation }: Place): string[] {
  return Object.keys(operation.responses).flatMap((status) => {
    const problem = responseOf(operation, Number(status))?.content?.['application/problem+json'];
    const told = JSON.stringify(problem ?? {});
    const own = [...told.matchAll(/"const":"urn:comanda:(\w+)"/g)];
    const byName = [...told.matchAll(/components\/responses\/(\w+)\//g)];
    return [...own, ...byName].map(([, code]) => `${status} ${code}`);
  });
}

/** Every code with its status, as the components say it. */
const STATUS_OF = Object.fromEntries(
  Object.entries(openApi.components.responses).map(([code, { content }]) => {
    const schema = content?.['application/problem+json']?.schema.properties;
    return [code, schema?.['status']?.['const']];
  }),
);

describe('the document', () => {
  test('S2-18 is valid OpenAPI 3.1', async () => {
    const validator = new Validator();

    const { valid, errors } = await validator.validate(textOf(OPENAPI));

    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  test('is what is served', async () => {
    await using app = await openApp();

    const answer = await ask(app, '/openapi.json');

    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(await answer.text()).toBe(textOf(OPENAPI));
  });

  test('is sent once to whoever keeps it', async () => {
    await using app = await openApp();
    const tag = (await ask(app, '/openapi.json')).headers.get('etag') ?? '';

    const again = await ask(app, '/openapi.json', { headers: { 'if-none-match': tag } });
    const other = await ask(app, '/openapi.json', { headers: { 'if-none-match': '"another"' } });

    expect(tag).toMatch(/^"[\w-]{16}"$/);
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect(other.status).toBe(200);
  });

  test('refers to nothing that it does not hold', () => {
    const refs = new Set(
      [...textOf(OPENAPI).matchAll(/"\$ref": "#\/([^"]+)"/g)].map(([, path = '']) => path),
    );
    const at = (path: string) =>
      path
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
        .reduce<unknown>(
          (one, part) => (one as Record<string, unknown> | undefined)?.[part],
          openApi,
        );

    expect(refs.size).toBeGreaterThan(0);
    expect([...refs].filter((path) => at(path) === undefined)).toEqual([]);
  });

  test('S2-18 has every procedure once, streams too, and nothing else; only pictures stand beside the mirror', () => {
    const told = [...PLACES, ...BESIDE].map(({ name }) => name);

    expect(told.toSorted()).toEqual(Object.keys(served).toSorted());
    expect(BESIDE.map(({ name, method, path }) => [name, method, path])).toEqual([
      ['files.upload', 'POST', '/files'],
    ]);
  });

  test('S2-18 says how pictures come in: what is answered fits it, and every refusal is named', async () => {
    await using app = await openApp();
    const [upload] = BESIDE;
    const told = await Promise.all([
      send(app, { as: 'customer', bytes: await picture() }),
      send(app, { as: 'customer', bytes: new Blob(['no picture']) }),
      ask(app, '/files', { method: 'POST', body: 'no picture' }),
    ]);
    const answers = await Promise.all(
      told.map(async (answer) => ({
        status: answer.status,
        type: answer.headers.get('content-type')?.split(';')[0] ?? '',
        value: await answer.json(),
      })),
    );
    const named = JSON.stringify(upload?.operation.responses);
    const { refusals } = served['files.upload']?._def.meta ?? { refusals: [] };

    expect(answers.map(({ status }) => status)).toEqual([200, 415, 401]);
    expect(
      answers.flatMap((answer) => (upload ? misfits(upload.operation, answer) : ['none'])),
    ).toEqual([]);
    expect(refusals.filter((code) => !named.includes(`"${code}"`))).toEqual([]);
  });

  test('says of each what opens it, and whether it is a stream', () => {
    const told = PLACES.map(({ name, operation }) => [
      name,
      operation['x-access'],
      operation['x-stream'] ? 'subscription' : 'call',
    ]);
    const inRouter = PLACES.map(({ name }) => {
      const { type, meta } = served[name]?._def ?? { type: '', meta: { access: '' } };
      return [name, meta.access, type === 'subscription' ? type : 'call'];
    });

    expect(told).toEqual(inRouter);
  });

  test('asks for a token wherever not everybody may call', () => {
    const open = PLACES.filter(({ operation }) =>
      operation.security.some((one) => Object.keys(one).length === 0),
    );

    expect(open.map(({ name }) => name)).toEqual(
      PLACES.map(({ name }) => name).filter((name) => served[name]?._def.meta.access === 'anyone'),
    );
  });

  test.each(PLACES)('names every refusal of $name at its status', (place) => {
    const declared = served[place.name]?._def.meta.refusals ?? [];
    const told = refusalsOf(place);

    expect(told).toEqual(
      expect.arrayContaining(
        [...declared, 'QUOTA_EXCEEDED', 'INTERNAL'].map(
          (code) => `${String(STATUS_OF[code])} ${code}`,
        ),
      ),
    );
    expect(new Set(told).size).toBe(told.length);
  });

  test('reads by GET, and changes by everything else', () => {
    const misplaced = PLACES.filter(({ name, method }) => {
      const changes = served[name]?._def.type === 'mutation';
      return changes === (method === 'GET');
    });

    expect(misplaced).toEqual([]);
  });

  test('names every field of a path, once, and no other', () => {
    const odd = PLACES.filter(({ path, operation }) => {
      const inBraces = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const named = operation.parameters?.filter((one) => one.in === 'path') ?? [];
      return JSON.stringify(inBraces) !== JSON.stringify(named.map(({ name }) => name));
    });

    expect(odd).toEqual([]);
  });

  test('takes no field that travels by a header in a body or a query as well', () => {
    const twice = PLACES.filter(({ operation }) => {
      const { properties = {} } = operation.requestBody?.content['application/json']?.schema ?? {};
      const inQuery = operation.parameters?.filter((one) => one.in === 'query') ?? [];
      const named = [...Object.keys(properties), ...inQuery.map(({ name }) => name)];
      return named.includes('idempotencyKey') || named.includes('lastEventId');
    });

    expect(twice).toEqual([]);
  });
});
