import type { SqlEntityManager } from '@mikro-orm/sql';
import {
  type CompiledQuery,
  Kysely,
  type QueryExecutor,
  type QueryId,
  type QueryResult,
  type RootOperationNode,
  SelectQueryNode,
} from 'kysely';
import { atHand } from './at-hand.ts';
import { type Marked, type Plan, type Plans } from './reading.plans.ts';
import type { Values } from './reading.slot.ts';
import type { Listener } from './statements.ts';

type Row = Record<string, unknown>;

/** Where statements are asked, and who hears of it. */
export interface Asking {
  executor: QueryExecutor;
  em: SqlEntityManager;
  /** That the query was begun in, if it was in one: it is asked in no other. */
  transaction: object | undefined;
  /** The restaurant whose rows are read, where it is one. */
  reach: string | null;
  listener: Listener | undefined;
}

/** Asks a planned statement with its values. */
export async function ask(
  { executor, em, transaction, reach, listener }: Asking,
  plan: Plan,
  values: Values,
): Promise<QueryResult<Row>> {
  const begun = listener ? performance.now() : 0;
  const { sql, node: query } = plan;
  const parameters = plan.bound(values, reach);
  const isHere = SelectQueryNode.is(query) && em.getTransactionContext() === transaction;
  const here = isHere ? atHand(em) : undefined;
  const result: QueryResult<Row> = here
    ? here.answer(sql, parameters)
    : await executor.executeQuery<Row>({ sql, query, parameters, queryId: ASKED });
  const told = result.rows.length === 0 ? result : { ...result, rows: plan.mapRows(result.rows) };
  listener?.({ text: sql, tookMs: performance.now() - begun, failed: false });
  return told;
}

/** Nothing is kept by it: the plan knows what plugins would. */
const ASKED: QueryId = { queryId: 'planned' };

/** A query whose plan is there. */
class Planned implements CompiledQuery {
  readonly plan: Plan;
  readonly values: Values;
  readonly #reach: string | null;
  readonly queryId = ASKED;

  constructor({ plan, values }: { plan: Plan; values: unknown[] }, reach: string | null) {
    this.plan = plan;
    this.values = values as unknown as Values;
    this.#reach = reach;
  }

  get sql(): string {
    return this.plan.sql;
  }

  get query(): RootOperationNode {
    return this.plan.node;
  }

  get parameters(): readonly unknown[] {
    return this.plan.bound(this.values, this.#reach);
  }
}

/** Lets Kysely build a query as ever, and then looks for its plan instead of compiling it. */
class PlanningExecutor implements QueryExecutor {
  readonly #asking: Asking;
  readonly #plans: Plans;
  readonly plugins = [];

  constructor(asking: Asking, plans: Plans) {
    this.#asking = asking;
    this.#plans = plans;
  }

  get adapter() {
    return this.#asking.executor.adapter;
  }

  transformQuery<Node extends RootOperationNode>(node: Node): Node {
    const marked: Node & Marked = { ...node, narrowing: this.#plans.narrowing };
    return marked;
  }

  compileQuery<Answer>(node: RootOperationNode): CompiledQuery<Answer> {
    const { executor, reach } = this.#asking;
    return new Planned(this.#plans.of(node, executor), reach);
  }

  async executeQuery<Answer>(query: CompiledQuery<Answer>): Promise<QueryResult<Answer>> {
    const { plan, values } = planned(query);
    return (await ask(this.#asking, plan, values)) as QueryResult<Answer>;
  }

  async *stream<Answer>(query: CompiledQuery<Answer>, size: number) {
    const { plan } = planned(query);
    for await (const result of this.#asking.executor.stream<Row>(query, size)) {
      yield { ...result, rows: plan.mapRows(result.rows) } as QueryResult<Answer>;
    }
  }

  provideConnection(): never {
    return refused();
  }

  withConnectionProvider(): never {
    return refused();
  }

  withPlugin(): never {
    return refused();
  }

  withPlugins(): never {
    return refused();
  }

  withPluginAtFront(): never {
    return refused();
  }

  withoutPlugins(): this {
    return this;
  }
}

function planned(query: CompiledQuery): Planned {
  return query instanceof Planned ? query : refused();
}

function refused(): never {
  throw new Error('reading() asks what it has built itself, and nothing else.');
}

/** A query builder whose statements are planned. */
export function planning<Schema>(asking: Asking, plans: Plans): Kysely<Schema> {
  return building(new PlanningExecutor(asking, plans));
}

/** A query builder on an executor; it opens no transaction and no connection. */
export function building<Schema>(executor: QueryExecutor): Kysely<Schema> {
  return new Kysely<Schema>({ config: NOTHING, dialect: NOTHING, driver: NOTHING, executor });
}

const NOTHING = {} as never;

/** Where an entity manager asks: in its transaction, if it has one. */
export function begunIn(em: SqlEntityManager): Pick<Asking, 'executor' | 'em' | 'transaction'> {
  const transaction = em.getTransactionContext<object>();
  return { executor: em.getKysely().getExecutor(), em, transaction };
}
