import findMyWay, { type HTTPMethod } from 'find-my-way';
import type { Operation } from './operations.ts';

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

interface Found {
  operation: Operation | undefined;
  params: Record<string, string>;
  /** The methods of that place, whichever was asked for. */
  allowed: string[];
}

/** Where every operation stands. Of the process, and not of each app: there are more than a hundred. */
export class Places {
  readonly #places = findMyWay({ maxParamLength: 512 });

  constructor(operations: Operation[]) {
    for (const operation of operations) {
      this.#places.on(operation.method, operation.url, () => undefined, operation);
    }
  }

  find(asked: string, path: string): Found {
    const found = this.#at(asked, path);
    if (found)
      return { operation: found.store as Operation, params: found.params as never, allowed: [] };
    const allowed = ['HEAD', ...METHODS].filter((one) => this.#at(one, path));
    return { operation: undefined, params: {}, allowed };
  }

  /** HEAD is GET, but for streams: of those there is nothing to tell without telling it. */
  #at(method: string, path: string) {
    if (method !== 'HEAD') return this.#places.find(method as HTTPMethod, path);
    const found = this.#places.find('GET', path);
    return found && (found.store as Operation).isStream ? null : found;
  }
}
