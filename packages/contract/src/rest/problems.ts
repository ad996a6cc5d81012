import { transportErrors } from '@comanda/kernel/transport.errors';
import { type Contract, OF_ANY_CALL, type Told } from '../contract.ts';
import { asOpenApi } from './schema.ts';

const { INTERNAL, NOT_ACCEPTABLE, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE } = transportErrors;

/** What is told before a procedure is asked, or in place of it. */
const OF_HTTP = [INTERNAL, NOT_ACCEPTABLE, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE];
/** Whoever names the version by `If-Match` is told of it in the words of HTTP. */
const BY_HEADER = 'VERSION_CONFLICT_412';

/** Every no by its code, as RFC 9457 writes it. */
export function problemResponses(contract: Contract): Record<string, object> {
  const all = toldIn(contract);
  const byCode = Object.entries(all).map(([code, told]) => [code, responseOf(code, told)]);
  const conflict = all['VERSION_CONFLICT'];
  return {
    ...Object.fromEntries(byCode),
    ...(conflict && {
      [BY_HEADER]: responseOf('VERSION_CONFLICT', { ...conflict, status: 412 }),
    }),
  };
}

function toldIn({ refusals }: Contract): Record<string, Told> {
  const { UPGRADE_REQUIRED: _, ...ofCalls } = refusals;
  const ofHttp = OF_HTTP.map(({ code, status, message, advice }): [string, Told] => [
    code,
    { status, message, advice, details: null },
  ]);
  return { ...ofCalls, ...Object.fromEntries(ofHttp) };
}

function responseOf(code: string, { message, advice, status, details }: Told): object {
  const schema = {
    type: 'object',
    properties: {
      type: { type: 'string', const: `urn:comanda:${code}` },
      title: { type: 'string' },
      status: { type: 'integer', const: status },
      code: { type: 'string', const: code },
      details: details ? asOpenApi(details) : { type: 'object' },
      requestId: { type: 'string' },
    },
    required: ['type', 'title', 'status', 'code', 'details', 'requestId'],
  };
  return {
    description: `${message} ${advice}`,
    content: { 'application/problem+json': { schema } },
  };
}

interface Asked {
  method: string;
  takesVersion: boolean;
  isStream: boolean;
}

/** The nos of one call by their statuses. */
export function problemsOf(name: string, contract: Contract, asked: Asked) {
  const byStatus = nosByStatus(
    [
      ...(contract.procedures[name]?.refusals ?? []),
      UNSUPPORTED_MEDIA_TYPE.code,
      ...(asked.isStream ? [] : [NOT_ACCEPTABLE.code]),
      ...(asked.method === 'GET' ? [] : [PAYLOAD_TOO_LARGE.code]),
    ],
    contract,
  );
  if (asked.takesVersion) byStatus.set(412, [BY_HEADER]);
  return Object.fromEntries(
    [...byStatus]
      .toSorted(([a], [b]) => a - b)
      .map(([status, codes]) => [String(status), problemAt(codes)]),
  );
}

/** These codes, and those that any call may be told. */
export function nosByStatus(own: string[], contract: Contract): Map<number, string[]> {
  const ofAny = OF_ANY_CALL.filter((code) => code !== 'UPGRADE_REQUIRED');
  const codes = new Set([...own, ...ofAny, INTERNAL.code]);
  const all = toldIn(contract);
  return Map.groupBy([...codes].toSorted(), (code) => all[code]?.status ?? 500);
}

function problemAt(codes: string[]): object {
  const [only = ''] = codes;
  const refs = codes.map((code) => ({ $ref: `#/components/responses/${code}` }));
  if (refs.length === 1) return { $ref: `#/components/responses/${only}` };
  return {
    description: codes.join(', '),
    content: {
      'application/problem+json': {
        schema: {
          oneOf: codes.map((code) => ({
            $ref: `#/components/responses/${code}/content/application~1problem+json/schema`,
          })),
        },
      },
    },
  };
}
