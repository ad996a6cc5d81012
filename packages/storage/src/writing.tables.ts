import { isDeepStrictEqual } from 'node:util';
import type { EntityClass, EntityMetadata, EntityProperty, Platform } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { executed } from './executing.ts';

type Values = Record<string, unknown>;

interface Column {
  name: string;
  quoted: string;
  property: EntityProperty;
  /** As the database keeps it. */
  kept: (value: unknown) => unknown;
}

interface Statement {
  text: string;
  values: unknown[];
  versionOf?: string;
}

const tables = new WeakMap<EntityMetadata, Table>();

export function tableOf(meta: EntityMetadata, platform: Platform): Table {
  const table = tables.get(meta) ?? new Table(meta, platform);
  tables.set(meta, table);
  return table;
}

/** JSON that is written down already. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** For storage's own rows, which are not audited. */
export async function inserted(
  em: SqlEntityManager,
  entity: EntityClass<object>,
  rows: readonly Values[],
): Promise<void> {
  const meta = em.getMetadata().get(entity) as EntityMetadata;
  const { text, values } = tableOf(meta, em.getPlatform()).insert(rows);
  await executed(em, text, values);
}

/** How rows of an entity are written down: statements whose text is made once. */
export class Table {
  readonly meta: EntityMetadata;
  readonly #name: string;
  readonly #columns = new Map<string, Column>();
  readonly #created: EntityProperty[];
  readonly #updated: EntityProperty[];
  readonly #texts = new Map<string, string>();

  constructor(meta: EntityMetadata, platform: Platform) {
    this.meta = meta;
    this.#name = platform.quoteIdentifier(meta.tableName);
    this.#created = meta.props.filter(({ onCreate }) => onCreate);
    this.#updated = meta.props.filter(({ onUpdate }) => onUpdate);
    for (const property of meta.props) {
      const [column, another] = property.fieldNames;
      if (column === undefined || another !== undefined) {
        throw new Error(`${meta.className}.${property.name} is not one column.`);
      }
      const quoted = platform.quoteIdentifier(column);
      const { name } = property;
      this.#columns.set(name, { name, quoted, property, kept: keeping(property, platform) });
    }
  }

  /** With what every new row gets; of what was left out else the database decides. */
  filled(row: Values, em: SqlEntityManager): Values {
    const made = { ...row };
    for (const { name, onCreate } of this.#created) {
      if (made[name] === undefined) made[name] = onCreate?.(made, em);
    }
    return made;
  }

  /** A new row as it will be read. */
  whole(row: Values): Values {
    const whole = { ...row };
    for (const { name, property } of this.#columns.values()) {
      if (whole[name] !== undefined) continue;
      whole[name] = property.version ? 1 : null;
    }
    return whole;
  }

  /** What is different, and what changes with it; nothing where all is the same. */
  changed(held: Values, set: Values, em: SqlEntityManager): Values | undefined {
    const names = Object.keys(set).filter((name) => !isDeepStrictEqual(set[name], held[name]));
    if (names.length === 0) return undefined;
    const change = Object.fromEntries(names.map((name) => [name, set[name]]));
    for (const { name, onUpdate } of this.#updated) {
      if (!(name in change)) change[name] = onUpdate?.({ ...held, ...change }, em);
    }
    return change;
  }

  insert(rows: readonly Values[]): Statement {
    const [first = {}] = rows;
    const columns = Object.keys(first).map((name) => this.#columnOf(name));
    const values: unknown[] = [];
    for (const row of rows) {
      if (Object.keys(row).length !== columns.length) throw new Error('Rows of other columns.');
      for (const column of columns) values.push(this.#given(column, row));
    }
    const key = `${rows.length} ${columns.map(({ name }) => name).join()}`;
    const text = this.#text(key, () => {
      const places = `(${columns.map(() => '?').join(', ')})`;
      const into = `insert into ${this.#name} (${columns.map(({ quoted }) => quoted).join(', ')})`;
      return `${into} values ${rows.map(() => places).join(', ')}`;
    });
    return { text, values };
  }

  update(held: Values, change: Values): Statement {
    const { versionProperty: version, className } = this.meta;
    const set = Object.keys(change).map((name) => this.#columnOf(name));
    const by = ['id', ...(version ? [version] : []), ...(this.#isTenant ? ['restaurantId'] : [])];
    const where = by.map((name) => this.#columnOf(name));
    const text = this.#text(`set ${Object.keys(change).join()}`, () => {
      const assigned = set.map(({ quoted }) => `${quoted} = ?`);
      if (version) {
        const { quoted } = this.#columnOf(version);
        assigned.push(`${quoted} = ${quoted} + 1`);
      }
      const met = where.map(({ quoted }) => `${quoted} = ?`);
      return `update ${this.#name} set ${assigned.join(', ')} where ${met.join(' and ')}`;
    });
    const values = [
      ...set.map((column) => this.#given(column, change)),
      ...where.map((column) => this.#given(column, held)),
    ];
    return { text, values, versionOf: className };
  }

  get #isTenant(): boolean {
    return 'tenant' in this.meta.filters;
  }

  #text(key: string, make: () => string): string {
    const text = this.#texts.get(key) ?? make();
    this.#texts.set(key, text);
    return text;
  }

  #columnOf(name: string): Column {
    const column = this.#columns.get(name);
    if (!column) throw new Error(`${this.meta.className} has no ${name}.`);
    return column;
  }

  #given(column: Column, row: Values): unknown {
    const value = row[column.name];
    if (value === undefined) throw new Error(`${this.meta.className}.${column.name} is missing.`);
    return value === null ? null : column.kept(value);
  }
}

function keeping({ name: key, customType }: EntityProperty, platform: Platform): Column['kept'] {
  if (customType) {
    const how = { key, mode: 'query-data' } as const;
    return (value) =>
      value instanceof JsonText
        ? value.text
        : customType.convertToDatabaseValue(value, platform, how);
  }
  return (value) => {
    if (value instanceof Date) return platform.processDateProperty(value);
    return typeof value === 'boolean' ? Number(value) : value;
  };
}
