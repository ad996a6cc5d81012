import { HOUR } from '@comanda/kernel/time';
import { headOf } from '@comanda/storage/outbox';
import type { OpenOptions } from '@comanda/testing';
import { vi } from 'vitest';
import { openApp } from '../app.ts';
import { inside } from '../auth/looking.ts';
import { newFeedLab } from './feed.procedures.ts';
import { following } from './following.ts';

/** The service on a port, with the lab; nobody looks without a word unless it is said. */
export async function openFeed(options: OpenOptions = {}) {
  const { procedures, lab } = newFeedLab();
  const app = await openApp({
    lab: procedures,
    ...options,
    settings: { streamLookMs: HOUR, streamCheckMs: HOUR, ...options.settings },
  });
  const url = await app.listen();
  return {
    app,
    lab,
    url,
    follow: (from?: Parameters<typeof following>[2]) => following(app, url, from),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

export type Service = Awaited<ReturnType<typeof openFeed>>;

/** 1, 2, 3 … */
export const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

export async function epochOf({ app }: Service): Promise<string> {
  return (await headOf(inside(app), app.home.restaurantId))?.epoch ?? '';
}

export const SOON = { timeout: 10_000 };

/** Nobody watches any more. */
export async function allClosed({ app: { house } }: Service): Promise<void> {
  await vi.waitUntil(() => house.streams.open === 0 && house.live.watched === 0, {
    ...SOON,
    interval: 1,
  });
}
