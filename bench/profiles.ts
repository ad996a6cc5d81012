import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Node {
  id: number;
  callFrame: { functionName: string; url: string };
  children?: number[];
}

/** What Node writes of a process that it looked into. */
interface Profile {
  nodes: Node[];
  samples: number[];
  timeDeltas: number[];
}

/** Whose code it is, by where it lies: the first that fits. */
const LAYERS: [RegExp, string][] = [
  [/better-sqlite3|storage\/src\/sqlite/, 'SQLite'],
  [/node_modules\/(kysely|@mikro-orm|mysql2|mariadb)\//, 'Kysely and MikroORM'],
  [/packages\/storage\//, 'our storage'],
  [/node_modules\/@trpc\//, 'tRPC'],
  [/node_modules\/zod\//, 'zod'],
  [/packages\/kernel\/src\/wire|node_modules\/superjson\//, 'writing the answer'],
  [/packages\/(domains|kernel|pictures)\//, 'our domains'],
  [/packages\/quotas\//, 'quotas'],
  [/apps\/server\//, 'our server'],
  [/node_modules\/prom-client\//, 'metrics'],
  [/node_modules\//, 'Fastify, its log and its hooks'],
  [/^node:/, 'Node: HTTP, sockets, promises'],
];
const COLLECTOR = '(garbage collector)';
const NOT_WORK = new Set(['(idle)', '(program)', '(root)']);
/** A server that starts does other things. */
const STARTING_US = 8_000_000;

/** A folder for the profile of one process, gone with the scope. */
export function profileFolder() {
  const path = mkdtempSync(join(tmpdir(), 'comanda-profile-'));
  return {
    /** For the environment of the process; written when it ends. */
    env: { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${path}` },
    shares: () => sharesIn(join(path, readdirSync(path)[0] ?? '')),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Of what a process did once it had started: how many percent each layer did itself. */
function sharesIn(file: string): Map<string, number> {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8')) as Profile;
  const layers = layersOf(nodes);
  const times = new Map<string, number>();
  let at = 0;
  let all = 0;
  for (const [nth, id] of samples.entries()) {
    const took = timeDeltas[nth] ?? 0;
    at += took;
    const layer = layers.get(id);
    if (at < STARTING_US || layer === undefined) continue;
    times.set(layer, (times.get(layer) ?? 0) + took);
    all += took;
  }
  return new Map([...times].map(([layer, took]) => [layer, (took / all) * 100]));
}

/** What is built into Node has no place of its own, and counts for whoever called it. */
function layersOf(nodes: readonly Node[]): Map<number, string | undefined> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const layers = new Map<number, string | undefined>();
  const walk = (node: Node, above: string | undefined): void => {
    const layer = layerOf(node) ?? above;
    layers.set(node.id, NOT_WORK.has(node.callFrame.functionName) ? undefined : layer);
    for (const id of node.children ?? []) {
      const child = byId.get(id);
      if (child) walk(child, layer);
    }
  };
  const [root] = nodes;
  if (root) walk(root, 'Node: HTTP, sockets, promises');
  return layers;
}

function layerOf({ callFrame: { functionName, url } }: Node): string | undefined {
  if (functionName === COLLECTOR) return 'collecting garbage';
  return url === '' ? undefined : LAYERS.find(([place]) => place.test(url))?.[1];
}
