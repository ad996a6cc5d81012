import { type JsonSchema, nameIn } from './contract.ts';

/** A schema in TypeScript's words. */
export function typeText(schema: JsonSchema): string {
  const { $ref, type, anyOf, oneOf, allOf, 'x-wire': wired } = schema;
  if ($ref !== undefined) return nameIn($ref);
  if (wired) return wired;
  if (schema.const !== undefined) return literalText(schema.const);
  if (schema.enum) return joined(schema.enum.map(literalText));
  if (anyOf ?? oneOf) return joined((anyOf ?? oneOf ?? []).map(typeText));
  if (allOf) return allOf.map(single).join(' & ');
  if (Array.isArray(type)) return joined(type.map((one) => typeText({ type: one })));
  switch (type) {
    case 'object':
      return objectText(schema);
    case 'array':
      return listText(schema);
    case 'integer':
      return 'number';
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return type;
    case undefined:
      return 'unknown';
    default:
      throw new Error(`TypeScript has no word for ${type}`);
  }
}

/** The fields of an object, each as `name: type`. */
export function fieldTexts({ properties = {}, required = [] }: JsonSchema): string[] {
  return Object.entries(properties).map(([name, field]) => {
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
    const type = typeText(field);
    const told = field.description === undefined ? '' : `/** ${spoken(field.description)} */ `;
    // The client makes the key where its user gives none.
    if (name === 'idempotencyKey') return `${told}${key}?: ${type}`;
    if (required.includes(name)) return `${told}${key}: ${type}`;
    return `${told}${key}?: ${joined([type, 'undefined'])}`;
  });
}

/** A line of its own above a declaration. */
export function commentText(text: string | undefined): string {
  return text === undefined ? '' : `/** ${spoken(text)} */\n`;
}

function spoken(text: string): string {
  return text.replaceAll('*/', '*\\/').replaceAll(/\s+/g, ' ');
}

function objectText(schema: JsonSchema): string {
  const { additionalProperties: rest, propertyNames, properties } = schema;
  if (typeof rest === 'object' && !properties) {
    const key = propertyNames ? typeText(propertyNames) : 'string';
    const record = `Record<${key}, ${typeText(rest)}>`;
    // Of keys that can be listed, none has to be there; of all others nobody expects it.
    return key !== 'string' && !schema.required ? `Partial<${record}>` : record;
  }
  const fields = fieldTexts(schema);
  if (typeof rest === 'object') fields.push(`[key: string]: ${typeText(rest)}`);
  return fields.length > 0 ? `{ ${fields.join('; ')} }` : 'Record<string, never>';
}

function listText({ items, prefixItems, readOnly }: JsonSchema): string {
  const word = readOnly ? 'readonly ' : '';
  const rest = items ? `${single(items)}[]` : undefined;
  if (!prefixItems) return word + (rest ?? 'unknown[]');
  const parts = prefixItems.map(typeText);
  return `${word}[${[...parts, ...(rest ? [`...${rest}`] : [])].join(', ')}]`;
}

/** For a place where `|`, `&` or `readonly` would reach too far. */
function single(schema: JsonSchema): string {
  const { type, anyOf, oneOf, allOf, readOnly, enum: values = [] } = schema;
  const text = typeText(schema);
  const several = Array.isArray(type) || anyOf || oneOf || allOf || values.length > 1;
  return several || readOnly ? `(${text})` : text;
}

export function joined(texts: string[]): string {
  return [...new Set(texts)].join(' | ');
}

export function literalText(value: unknown): string {
  return typeof value === 'string' ? quoted(value) : String(value);
}

export function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll("'", "\\'").replaceAll('\\"', '"')}'`;
}
