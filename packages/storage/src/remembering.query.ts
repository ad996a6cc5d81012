import { type Expression, type RootOperationNode, ValueNode } from 'kysely';
import { type Asking, ask } from './reading.executor.ts';
import type { Plan, Plans } from './reading.plans.ts';
import { Slot, type Values } from './reading.slot.ts';

/** What a query knows of its values while it is built: that they will be there. */
export type Placeholders<Asked> = {
  readonly [Key in keyof Asked]:
    | PlaceholderOf<Exclude<Asked[Key], undefined>>
    | Missing<Asked[Key]>;
};

/** One value that will be there. */
export type Placeheld<Value> = Expression<Value>;

type PlaceholderOf<Value> = [Value] extends [readonly (infer One)[]]
  ? readonly Expression<One>[]
  : Expression<Value>;

type Missing<Value> = undefined extends Value ? undefined : never;

export interface Built {
  toOperationNode(): RootOperationNode;
}

/** A way comes from a caller's input, and nobody is to fill the memory with what they make up. */
const MAX_SHAPES = 100;

/** The plans of one query, by database and narrowing. */
export class RememberedQuery {
  readonly #build: (asked: Record<string, unknown>, way: string) => Built;
  readonly #plans = new WeakMap<Plans, Map<string, Plan>>();

  constructor(build: (asked: Record<string, unknown>, way: string) => Built) {
    this.#build = build;
  }

  async ask(
    { asking, plans }: { asking: Asking; plans: Plans },
    asked: Values,
    way = '',
  ): Promise<Record<string, unknown>[]> {
    const shape = shapeOf(asked, way);
    const known = this.#plans.get(plans) ?? new Map<string, Plan>();
    this.#plans.set(plans, known);
    let plan = known.get(shape);
    if (!plan) {
      const built = this.#build(placeholdersFor(asked), way);
      plan = plans.make(built.toOperationNode(), asking.executor);
      if (known.size >= MAX_SHAPES) known.clear();
      known.set(shape, plan);
    }
    const { rows } = await ask(asking, plan, asked);
    return rows;
  }
}

function shapeOf(asked: Values, way: string): string {
  let shape = way;
  for (const key in asked) {
    const value = asked[key];
    if (value !== undefined) shape += `\n${key}:${Array.isArray(value) ? value.length : ''}`;
  }
  return shape;
}

function placeholdersFor(asked: Values): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(asked).map(([key, value]) => [key, placeholderFor(key, value)]),
  );
}

function placeholderFor(key: string, value: unknown): unknown {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) return new Placeholder(new Slot(key));
  return value.map((_, at) => new Placeholder(new Slot(key, at)));
}

class Placeholder implements Expression<unknown> {
  readonly #slot: Slot;

  constructor(slot: Slot) {
    this.#slot = slot;
  }

  get expressionType(): undefined {
    return undefined;
  }

  toOperationNode(): ValueNode {
    return ValueNode.create(this.#slot);
  }
}
