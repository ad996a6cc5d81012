import type { EntityMetadata, EntityProperty, Platform } from '@mikro-orm/core';
import { MikroKyselyPlugin, type SqlEntityManager } from '@mikro-orm/sql';
import type { QueryId, RootOperationNode } from 'kysely';
import { isNothing, Slot } from './reading.slot.ts';

/** Names of entities and properties, and values and rows as an entity would have them. */
export interface Naming {
  tableNamingStrategy: 'entity';
  columnNamingStrategy: 'property';
  convertValues: true;
}

export const NAMING: Naming = {
  tableNamingStrategy: 'entity',
  columnNamingStrategy: 'property',
  convertValues: true,
};

type Convert = (value: unknown) => unknown;

/** A property of a row that is read: from which column, and how. */
export interface ReadProperty {
  name: string;
  column: string;
  convert: Convert | undefined;
}

/** A column of a row that MikroORM is shown, and the property that it reads it as. */
class Column {
  readonly name: string;
  readonly converts: readonly EntityProperty[];

  constructor(name: string, converts: readonly EntityProperty[] = []) {
    this.name = name;
    this.converts = converts;
  }

  as(property: EntityProperty): Column {
    return new Column(this.name, [...this.converts, property]);
  }
}

/**
 * Asks MikroORM's plugin what it does to a statement, and not to each of its calls: instead of values
 * it is given slots and columns, and properties which note that they were to convert them.
 */
export class MikroNames {
  readonly platform: Platform;
  readonly #plugin: MikroKyselyPlugin;

  constructor(em: SqlEntityManager) {
    this.platform = em.getPlatform();
    const noting = [...em.getMetadata()].map((entity) => this.#noting(entity));
    const metadata = {
      getByClassName: (name: string) => noting.find(({ className }) => className === name),
      [Symbol.iterator]: () => noting.values(),
    };
    const asked = { getMetadata: () => metadata, getDriver: () => em.getDriver() };
    this.#plugin = new MikroKyselyPlugin(asked as never, NAMING);
  }

  /** The statement in names of tables and columns. */
  named(node: RootOperationNode, queryId: QueryId): RootOperationNode {
    return this.#plugin.transformQuery({ node, queryId });
  }

  /** The properties of a row that has these columns, of the statement that was named last under this id. */
  properties(columns: readonly string[], queryId: QueryId): ReadProperty[] {
    let read: Record<string, Column> | undefined;
    const rows = [Object.fromEntries(columns.map((name) => [name, new Column(name)]))];
    // The plugin promises what it has done at once.
    rows.map = ((...args: Parameters<typeof rows.map>) => {
      const done = Array.prototype.map.apply(rows, args) as Record<string, Column>[];
      [read] = done;
      return done;
    }) as never;
    void this.#plugin.transformResult({ result: { rows }, queryId });
    return Object.entries(read ?? rows[0] ?? {}).map(([name, { name: column, converts }]) => ({
      name,
      column,
      convert: together(this.#readers(converts)),
    }));
  }

  /** As it is bound where a property is compared with it. */
  bound(slot: Slot, value: unknown): unknown {
    const { property } = slot;
    const bound = property && !isNothing(value) ? this.#written(property, value) : value;
    // SQLite takes no booleans, and the others keep them as numbers, too.
    return typeof bound === 'boolean' ? Number(bound) : bound;
  }

  #written(property: EntityProperty, value: unknown): unknown {
    const { customType, name: key } = property;
    if (customType) {
      const context = { fromQuery: true, key, mode: 'query-data' } as const;
      return customType.convertToDatabaseValue(value, this.platform, context);
    }
    return value instanceof Date ? this.platform.processDateProperty(value) : value;
  }

  #noting(entity: EntityMetadata): EntityMetadata {
    const properties = Object.fromEntries(
      Object.entries(entity.properties).map(([name, property]) => [
        name,
        this.#notingProperty(property),
      ]),
    );
    const props = entity.props.map(({ name }) => properties[name]);
    return Object.assign(Object.create(entity) as EntityMetadata, { properties, props });
  }

  #notingProperty(property: EntityProperty): EntityProperty {
    const customType = Object.assign(Object.create(property.customType ?? null) as object, {
      convertToDatabaseValue: (value: unknown) => {
        if (!(value instanceof Slot)) return this.#written(property, value);
        value.property = property;
        return value;
      },
      convertToJSValue: (value: Column) => value.as(property),
    });
    return Object.assign(Object.create(property) as EntityProperty, { customType });
  }

  /** What is a date already stays it, but types of their own may read a value twice. */
  #readers(converts: readonly EntityProperty[]): (Convert | undefined)[] {
    return converts
      .filter((property, at) => property.customType || !converts.slice(0, at).includes(property))
      .map((property) => this.#reader(property));
  }

  /** As MikroORM reads a value that is not null. */
  #reader(property: EntityProperty): Convert | undefined {
    const { customType, runtimeType } = property;
    const { platform } = this;
    if (customType) return (value) => customType.convertToJSValue(value, platform);
    if (runtimeType === 'boolean') return Boolean;
    if (runtimeType !== 'Date' || platform.isNumericProperty(property)) return undefined;
    const zone = platform.getTimezone();
    const at = zone === undefined || zone === 'local' ? '' : zone;
    return (value) => {
      if (value instanceof Date) return value;
      const dated = typeof value === 'string' && !isZoned(value) ? value + at : value;
      return platform.parseDate(dated as string);
    };
  }
}

function isZoned(text: string): boolean {
  return text.includes('+') || text.lastIndexOf('-') > 10 || text.endsWith('Z');
}

/** One after the other: MikroORM reads a column twice whose name is that of the property. */
function together(converts: readonly (Convert | undefined)[]): Convert | undefined {
  const done = converts.filter((convert) => convert !== undefined);
  const [first, second] = done;
  if (!first || !second) return first;
  return (value) => done.reduce((read, convert) => (isNothing(read) ? read : convert(read)), value);
}
