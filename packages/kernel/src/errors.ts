import type { z } from 'zod';

/** The transport's words for a refusal: tRPC's error codes, listed here so that kernel needs no tRPC, and one more. */
const STATUS = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_SUPPORTED: 405,
  NOT_ACCEPTABLE: 406,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  UNPROCESSABLE_CONTENT: 422,
  UPGRADE_REQUIRED: 426,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_SERVER_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
} as const;

export type RefusalKind = keyof typeof STATUS;

/** An expected no: coded, typed and told to the caller. Anything else that is thrown is a fault. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: string;
  readonly kind: RefusalKind;
  readonly details: unknown;

  constructor(told: { code: string; kind: RefusalKind; message: string; details: unknown }) {
    super(told.message);
    this.code = told.code;
    this.kind = told.kind;
    this.details = told.details;
  }

  get status(): number {
    return STATUS[this.kind];
  }
}

interface Entry<Details> {
  kind: RefusalKind;
  message: string;
  /** What the caller can do about it; docs/errors.md prints it. */
  advice: string;
  schema: z.ZodType | undefined;
  /** Exists in types only. */
  readonly details?: Details;
}

/** Calling it makes the refusal; its type says which code and details a procedure may answer with. */
export interface Refusal<Code extends string = string, Details = unknown> {
  (...details: keyof Details extends never ? [] : [details: Details]): DomainError;
  readonly code: Code;
  readonly kind: RefusalKind;
  readonly status: number;
  readonly message: string;
  readonly advice: string;
  /** What its details are; without one it has none. */
  readonly schema: z.ZodType | undefined;
  /** Exists in types only. */
  readonly details?: Details;
}

/** A refusal whose details do not matter: the shape that lists of them have. */
export interface AnyRefusal extends Omit<Refusal, 'details'> {
  readonly details?: unknown;
}

type NoDetails = Record<never, never>;

// oxlint-disable-next-line eslint/max-params -- a row of a table: read in one go, in one order
export function refusal<Details = NoDetails>(
  kind: RefusalKind,
  message: string,
  advice: string,
  schema?: z.ZodType<Details>,
): Entry<Details> {
  return { kind, message, advice, schema };
}

type Catalogue<Entries> = {
  readonly [Code in keyof Entries & string]: Entries[Code] extends Entry<infer Details>
    ? Refusal<Code, Details>
    : never;
};

/** Every way a domain says no, written once. */
export function defineErrors<Entries extends Record<string, Entry<unknown>>>(
  entries: Entries,
): Catalogue<Entries> {
  const refusals = Object.entries(entries).map(([code, { kind, message, advice, schema }]) => {
    const make = (details: unknown = {}) => new DomainError({ code, kind, message, details });
    return [
      code,
      Object.defineProperties(make, {
        code: { value: code },
        kind: { value: kind },
        status: { value: STATUS[kind] },
        message: { value: message },
        advice: { value: advice },
        schema: { value: schema },
      }),
    ];
  });
  return Object.freeze(Object.fromEntries(refusals)) as Catalogue<Entries>;
}

/** Whether `error` is this refusal, with its details typed. */
export function isRefusal<Code extends string, Details>(
  error: unknown,
  of: Refusal<Code, Details>,
): error is DomainError & { code: Code; details: Details } {
  return error instanceof DomainError && error.code === of.code;
}
