import type { MetadataStorage } from '@mikro-orm/core';
import {
  AliasNode,
  AndNode,
  BinaryOperationNode,
  ColumnNode,
  IdentifierNode,
  type JoinNode,
  type KyselyPlugin,
  OnNode,
  type OperationNode,
  OperationNodeTransformer,
  OperatorNode,
  ParensNode,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  ReferenceNode,
  type RootOperationNode,
  SelectQueryNode,
  TableNode,
  type UnknownRow,
  ValueNode,
  WhereNode,
} from 'kysely';
import type { Slot } from './reading.slot.ts';

type Reach = string | Slot | null | 'all';
type Deleted = 'hidden' | 'shown';

/** Adds to every table of a select what the ORM's filters add to a find: own restaurant, not deleted. */
export class OwnRows implements KyselyPlugin {
  readonly #conditions: Conditions;

  constructor(metadata: MetadataStorage, reach: Reach, deleted: Deleted = 'hidden') {
    this.#conditions = new Conditions(metadata, reach, deleted);
  }

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    if (node.kind !== 'SelectQueryNode') throw new Error('reading() reads; write through the ORM.');
    return this.#conditions.transformNode(node, queryId);
  }

  transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return Promise.resolve(result);
  }
}

class Conditions extends OperationNodeTransformer {
  readonly #filtered = new Map<string, { tenant: boolean; soft: boolean }>();
  readonly #reach: Reach;

  constructor(metadata: MetadataStorage, reach: Reach, deleted: Deleted) {
    super();
    this.#reach = reach;
    for (const { tableName, filters } of metadata.getAll().values()) {
      const soft = 'notDeleted' in filters && deleted === 'hidden';
      this.#filtered.set(tableName, { tenant: 'tenant' in filters, soft });
    }
  }

  protected override transformSelectQuery(
    ...[node, queryId]: Parameters<OperationNodeTransformer['transformSelectQuery']>
  ): SelectQueryNode {
    const select = super.transformSelectQuery(node, queryId);
    const own = (select.from?.froms ?? []).flatMap((from) => this.#on(from));
    if (own.length === 0) return select;
    const where = [...(select.where ? [apart(select.where.where)] : []), ...own];
    return { ...select, where: WhereNode.create(all(where)) };
  }

  /** SQLite takes no booleans, and the others keep them as numbers, too. */
  protected override transformValue(
    ...[node, queryId]: Parameters<OperationNodeTransformer['transformValue']>
  ): ValueNode {
    const { value } = node;
    return typeof value === 'boolean'
      ? { ...node, value: Number(value) }
      : super.transformValue(node, queryId);
  }

  protected override transformJoin(
    ...[node, queryId]: Parameters<OperationNodeTransformer['transformJoin']>
  ): JoinNode {
    // What such a join keeps whole is not what its condition could narrow.
    if (/^(Right|Full)/.test(node.joinType)) throw new Error('reading() joins inner or left only.');
    const join = super.transformJoin(node, queryId);
    const own = this.#on(join.table);
    if (own.length === 0) return join;
    const on = [...(join.on ? [apart(join.on.on)] : []), ...own];
    return { ...join, on: OnNode.create(all(on)) };
  }

  #on(from: OperationNode): OperationNode[] {
    const table = AliasNode.is(from) ? from.node : from;
    if (SelectQueryNode.is(table)) return [];
    if (!TableNode.is(table)) throw new Error('reading() takes tables and queries, no raw SQL.');
    const name = table.table.identifier.name;
    const filters = this.#filtered.get(name);
    if (!filters) throw new Error(`reading() knows no table ${name}.`);
    const alias = AliasNode.is(from) && IdentifierNode.is(from.alias) ? from.alias.name : name;
    return [
      ...(filters.tenant && this.#reach !== 'all' ? [this.#ofReach(alias)] : []),
      ...(filters.soft
        ? [condition(alias, 'deleted_at', 'is', ValueNode.createImmediate(null))]
        : []),
    ];
  }

  #ofReach(alias: string): OperationNode {
    return this.#reach === null
      ? condition(alias, 'restaurant_id', 'is', ValueNode.createImmediate(null))
      : condition(alias, 'restaurant_id', '=', ValueNode.create(this.#reach));
  }
}

function condition(
  ...[alias, column, operator, value]: [string, string, '=' | 'is', ValueNode]
): OperationNode {
  return BinaryOperationNode.create(
    ReferenceNode.create(ColumnNode.create(column), TableNode.create(alias)),
    OperatorNode.create(operator),
    value,
  );
}

/** An `or` in raw SQL would swallow what is added to it. */
function apart(condition: OperationNode): OperationNode {
  return ParensNode.create(condition);
}

function all(conditions: OperationNode[]): OperationNode {
  return conditions.reduce((left, right) => AndNode.create(left, right));
}
