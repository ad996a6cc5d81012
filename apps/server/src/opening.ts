import { accessSync, constants, mkdirSync } from 'node:fs';
import { entities } from '@comanda/domains/entities';
import type { CallContext, House } from '@comanda/domains/context';
import { newId } from '@comanda/kernel/id';
import { systemClock } from '@comanda/kernel/time';
import { connect, type Database, fileOf } from '@comanda/storage/connect';
import { lockDatabase } from '@comanda/storage/lock';
import { migrate } from '@comanda/storage/migrations';
import { acrossRestaurants } from '@comanda/storage/tenancy';
import type { Config } from './config.ts';
import { openHouse } from './house.ts';
import { loadKeys } from './keys.ts';

export interface Opened {
  house: House;
  close(): Promise<void>;
}

interface How {
  /** A server keeps its SQLite file to itself; a command beside it does not. */
  alone: boolean;
}

/** Opens the database of this configuration, brought up to date, and furnishes a house on it. */
export async function openFor(config: Config, { alone }: How): Promise<Opened> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  accessSync(config.dataDir, constants.W_OK);
  const file = alone ? fileOf(config.databaseUrl) : undefined;
  const lock = file === undefined ? undefined : lockDatabase(file);
  const database = await connect(config.databaseUrl, entities);
  await migrate(database);
  const house = await houseOn(database, config);
  return {
    house,
    close: async () => {
      await database.close();
      lock?.release();
    },
  };
}

async function houseOn(database: Database, config: Config): Promise<House> {
  return openHouse({
    database,
    keys: await loadKeys(config.keys, systemClock.now()),
    issuer: config.publicUrl ?? 'comanda',
    preset: config.loginPreset,
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
    jar: null,
    calls: 1,
    log: console,
    actor: null,
    restaurantId: null,
    em: acrossRestaurants(house.database, { clock: house.clock, author }),
    afterCommit: (effect) => effect(),
  };
}
