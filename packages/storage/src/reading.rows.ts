import {
  AliasNode,
  ColumnNode,
  IdentifierNode,
  type OperationNode,
  ReferenceNode,
  type RootOperationNode,
  type SelectionNode,
  SelectQueryNode,
} from 'kysely';
import type { ReadProperty } from './reading.naming.ts';
import { isNothing } from './reading.slot.ts';

type Row = Record<string, unknown>;
type Properties = (columns: readonly string[]) => ReadProperty[];
/** Makes rows of what the driver answers, which may be changed for it. */
export type MapRows = (rows: Row[]) => Row[];

/**
 * How rows are read, and the statement that asks for them by the names they are to have: then only what
 * has to be converted is touched. What cannot be asked for in that way is copied.
 */
export function readFrom(
  node: RootOperationNode,
  propertiesOf: Properties,
): { node: RootOperationNode; mapRows: MapRows } {
  const columns = SelectQueryNode.is(node) && columnsOf(node);
  if (!columns) return { node, mapRows: copied(propertiesOf) };
  const properties = propertiesOf(columns);
  const byColumn = new Map(properties.map((property) => [property.column, property]));
  if (byColumn.size !== new Set(columns).size || byColumn.size !== properties.length) {
    return { node, mapRows: copied(propertiesOf) };
  }
  const selections = node.selections?.map((one) => renamed(one, byColumn));
  return { node: { ...node, ...(selections && { selections }) }, mapRows: inPlace(properties) };
}

/** The names of its columns, where they are known and nothing in it goes by them. */
function columnsOf({ selections, setOperations, having }: SelectQueryNode): string[] | undefined {
  if (!selections || setOperations || having) return undefined;
  const names = selections.map(({ selection }) => nameOf(selection));
  return names.every((name) => name !== undefined) ? names : undefined;
}

function nameOf(selection: OperationNode): string | undefined {
  if (AliasNode.is(selection)) {
    return IdentifierNode.is(selection.alias) ? selection.alias.name : undefined;
  }
  const column = ReferenceNode.is(selection) ? selection.column : selection;
  return ColumnNode.is(column) ? column.column.name : undefined;
}

function renamed(
  selected: SelectionNode,
  byColumn: ReadonlyMap<string, ReadProperty>,
): SelectionNode {
  const { selection } = selected;
  const column = nameOf(selection) ?? '';
  const name = byColumn.get(column)?.name ?? column;
  if (name === column) return selected;
  const value = AliasNode.is(selection) ? selection.node : selection;
  return { kind: 'SelectionNode', selection: AliasNode.create(value, IdentifierNode.create(name)) };
}

function inPlace(properties: readonly ReadProperty[]): MapRows {
  const converted = properties.flatMap(({ name, convert }) => (convert ? [{ name, convert }] : []));
  if (converted.length === 0) return (rows) => rows;
  return (rows) => {
    for (const row of rows) {
      for (const { name, convert } of converted) {
        const value = row[name];
        if (!isNothing(value)) row[name] = convert(value);
      }
    }
    return rows;
  };
}

function copied(propertiesOf: Properties): MapRows {
  let known: { columns: string; properties: ReadProperty[] } | undefined;
  return (rows) => {
    const [first] = rows;
    if (!first) return rows;
    const columns = Object.keys(first);
    const asked = JSON.stringify(columns);
    // A column may have come with a migration.
    if (known?.columns !== asked) known = { columns: asked, properties: propertiesOf(columns) };
    const { properties } = known;
    return rows.map((row) => {
      const read: Row = {};
      for (const { name, column, convert } of properties) {
        const value = row[column];
        read[name] = convert && !isNothing(value) ? convert(value) : value;
      }
      return read;
    });
  };
}
