import type { AnyRefusal } from '@comanda/kernel/errors';
import type { z } from 'zod';
import {
  type Contract,
  type JsonSchema,
  OF_ANY_CALL,
  type Procedure,
  resolved,
} from './contract.ts';
import { hashOf } from './hash.ts';
import { type Writing, written } from './schemas.ts';
import { partsOf, typesIn } from './types-in.ts';

/** What a contract is read from. */
export interface Service {
  version: string;
  /** As a router keeps them: by their whole names. */
  procedures: Record<string, Served>;
  refusals: AnyRefusal[];
  names: Map<string, z.ZodType>;
}

/** A procedure of tRPC, as far as the contract looks into it. */
export interface Served {
  _def: {
    type: Procedure['type'];
    inputs: unknown[];
    output?: unknown;
    meta?: {
      access?: string;
      summary?: string;
      refusals?: readonly string[];
      event?: z.ZodType;
    };
  };
}

export function contractOf({ version, procedures, refusals, names }: Service): Contract {
  const told = toldBy(procedures, refusals);
  const inputs = written('input', schemas(procedures, inputOf), names);
  const outputs = written('output', schemas(procedures, outputOf), names);
  const details = written(
    'output',
    schemas(told, ({ schema }) => schema),
    names,
  );
  const read = {
    procedures: mapped(procedures, (served, name) => calledBy(name, served, { inputs, outputs })),
    refusals: mapped(told, ({ status, message, advice, code }) => ({
      status,
      message,
      advice,
      details: details.at.get(code)?.schema ?? null,
    })),
    types: typesIn([inputs], [outputs, details]),
  };
  return { version, hash: hashOf(read), ...read };
}

function toldBy(
  procedures: Record<string, Served>,
  refusals: AnyRefusal[],
): Record<string, AnyRefusal> {
  const declared = Object.values(procedures).flatMap(({ _def }) => _def.meta?.refusals ?? []);
  const codes = new Set([...declared, ...OF_ANY_CALL]);
  return Object.fromEntries(
    refusals.filter(({ code }) => codes.has(code)).map((refusal) => [refusal.code, refusal]),
  );
}

function calledBy(
  name: string,
  { _def: { type, meta = {} } }: Served,
  { inputs, outputs }: { inputs: Writing; outputs: Writing },
): Procedure {
  const { access, summary, refusals = [] } = meta;
  if (!access || !summary) throw new Error(`${name} does not say who may call it, or what it does`);
  const input = inputs.at.get(name);
  if (input && isOpen(input.schema, inputs.types)) {
    throw new Error(
      `${name} takes an object that is not strict: it would ignore what it knew once`,
    );
  }
  const fields = input && resolved(input.schema, inputs.types).properties;
  return {
    type,
    access,
    summary,
    input: input?.schema ?? null,
    optional: input?.optional ?? true,
    output: outputs.at.get(name)?.schema ?? {},
    refusals: [...refusals].toSorted(),
    keyed: fields !== undefined && 'idempotencyKey' in fields,
  };
}

function isOpen(schema: JsonSchema, types: Record<string, JsonSchema>): boolean {
  return partsOf(schema, types).some(
    ({ type, additionalProperties: rest }) => type === 'object' && rest === undefined,
  );
}

function inputOf({ _def: { inputs } }: Served, name: string): z.ZodType | undefined {
  if (inputs.length > 1) throw new Error(`${name} has more than one input`);
  return inputs[0] as z.ZodType | undefined;
}

function outputOf({ _def: { meta, output } }: Served, name: string): z.ZodType {
  const told = meta?.event ?? output;
  if (!told) throw new Error(`${name} does not say what it answers`);
  return told as z.ZodType;
}

function schemas<One>(
  record: Record<string, One>,
  of: (one: One, name: string) => z.ZodType | undefined,
): Map<string, z.ZodType> {
  return new Map(
    Object.entries(record).flatMap(([name, one]) => {
      const schema = of(one, name);
      return schema ? [[name, schema]] : [];
    }),
  );
}

function mapped<From, To>(
  record: Record<string, From>,
  to: (from: From, name: string) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, one]) => [name, to(one, name)]));
}
