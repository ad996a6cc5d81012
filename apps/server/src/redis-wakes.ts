import { randomUUID } from 'node:crypto';
import type { Wakes } from '@comanda/domains/live/feed';
import { SECOND } from '@comanda/kernel/time';
import { RedisLink } from '@comanda/quotas/redis-link';

const CHANNEL = 'live:wakes';
/** How often it is felt whether somebody is at the other end; a dead line would be listened to for ever. */
const FEEL_EVERY_MS = 5 * SECOND;

/**
 * Tells the servers that share a Redis what is new, and hears it from them. Opening it waits for nothing;
 * while Redis is away nobody is told, and everybody looks for themselves.
 */
export class RedisWakes implements Wakes {
  readonly #speaking: RedisLink;
  readonly #hearing: RedisLink;
  readonly #self = randomUUID();
  readonly #pulse: NodeJS.Timeout;

  constructor(url: string) {
    this.#speaking = new RedisLink(url);
    this.#hearing = new RedisLink(url);
    const { client } = this.#hearing;
    client.on('ready', () => void client.subscribe(CHANNEL).catch(() => undefined));
    this.#pulse = setInterval(
      () => ask(this.#hearing, (client) => client.ping()),
      FEEL_EVERY_MS,
    ).unref();
  }

  publish(restaurantId: string): void {
    ask(this.#speaking, (client) => client.publish(CHANNEL, `${this.#self} ${restaurantId}`));
  }

  onWake(listener: (restaurantId: string) => void): void {
    this.#hearing.client.on('message', (_: string, word: string) => {
      const [from, restaurantId = ''] = word.split(' ');
      if (from !== this.#self) listener(restaurantId);
    });
  }

  close(): void {
    clearInterval(this.#pulse);
    this.#speaking.close();
    this.#hearing.close();
  }
}

/** Leaves a line on which there is no answer for another one. */
function ask({ client }: RedisLink, question: (client: RedisLink['client']) => Promise<unknown>) {
  if (client.status !== 'ready') return;
  question(client).catch(() => {
    if (client.status === 'ready') client.disconnect(true);
  });
}
