import { accessSync, constants, mkdirSync } from 'node:fs';
import { entities } from '@comanda/domains/entities';
import type { CallContext, House } from '@comanda/domains/context';
import type { Wakes } from '@comanda/domains/live/feed';
import { newId } from '@comanda/kernel/id';
import { systemClock } from '@comanda/kernel/time';
import { Announcement } from '@comanda/quotas/announcement';
import type { FastifyBaseLogger } from 'fastify';
import { connect, type Database, fileOf } from '@comanda/storage/connect';
import { lockDatabase } from '@comanda/storage/lock';
import { migrate } from '@comanda/storage/migrations';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import type { Config } from './config.ts';
import { openHouse, type QuotaStores } from './house.ts';
import { picturesIn } from './picture-folder.ts';
import { keepTidy } from './housekeeping.ts';
import { loadKeys } from './keys.ts';

export interface Opened {
  house: House;
  close(): Promise<void>;
}

/** Who opens: a server keeps its SQLite file to itself and shares its quotas; a command beside it does neither. */
type Opener = { server: FastifyBaseLogger } | 'command';

/** Opens the database of this configuration, brought up to date, and furnishes a house on it. */
export async function openFor(config: Config, opener: Opener): Promise<Opened> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  accessSync(config.dataDir, constants.W_OK);
  const log = opener === 'command' ? undefined : opener.server;
  const file = log && fileOf(config.databaseUrl);
  const lock = file === undefined ? undefined : lockDatabase(file);
  const database = await connect(config.databaseUrl, entities, config.databaseTls);
  await migrate(database);
  const shared = log && config.redisUrl ? await sharedAt(config.redisUrl, log) : undefined;
  const house = await houseOn({ database, ...shared }, config);
  const tidying = log && keepTidy(house, log);
  return {
    house,
    close: async () => {
      await house.live.close();
      await tidying?.stop();
      shared?.wakes.close();
      await shared?.stores.close();
      await database.close();
      lock?.release();
    },
  };
}

/** What it takes to speak to Redis is loaded only where there is one. */
async function sharedAt(url: string, log: FastifyBaseLogger) {
  const { sharedStores } = await import('./quota-stores.ts');
  const { RedisWakes } = await import('./redis-wakes.ts');
  return { stores: sharedStores(url, log), wakes: new RedisWakes(url) };
}

async function houseOn(
  parts: { database: Database; stores?: QuotaStores; wakes?: Wakes },
  config: Config,
): Promise<House> {
  return openHouse({
    ...parts,
    keys: await loadKeys(config.keys, systemClock.now()),
    issuer: config.publicUrl ?? 'comanda',
    preset: config.quotaPreset,
    settings: { shiftGate: config.shiftGate },
    pictures: picturesIn(config.filesDir),
  });
}

/** For a command: the audit log says which one it was. */
export function contextOfCommand(house: House, action: string): CallContext {
  const requestId = newId();
  const author = {
    actorId: null,
    actorName: null,
    role: 'system',
    action,
    requestId,
    address: null,
  };
  return {
    ...house,
    requestId,
    address: 'console',
    network: 'console',
    userAgent: null,
    shown: { kind: 'nothing' },
    guest: null,
    jar: null,
    calls: 1,
    announcement: new Announcement(),
    log: console,
    actor: null,
    restaurantId: null,
    restaurant: null,
    em: acrossRestaurants(house.database, { clock: house.clock, author }),
    afterCommit: (effect) => effect(),
  };
}
