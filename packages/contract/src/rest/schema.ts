import { type JsonSchema, nameIn } from '../contract.ts';

/** The same schema with references as OpenAPI writes them. */
export function asOpenApi(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === '$ref' ? `#/components/schemas/${nameIn(String(value))}` : value,
  ) as JsonSchema;
}
