import { CallError } from '../errors.ts';
import { patiently } from '../links/waiting.ts';
import type { GuestStore } from './guest-store.ts';
import { held } from './held.ts';
import { queue } from './locks.ts';

/** Somebody who is not signed in, as far as they are known when a call begins. */
export interface Guest {
  token: string | undefined;
  /** Keeps another token in place of that one, or none; not if somebody else was faster. */
  becomes(token?: string): Promise<unknown>;
}

/** Tells the guest of now; waits for its store for a second at most, and rejects never. */
export type Guests = () => Promise<Guest>;

const PATIENCE_MS = 1_000;

export function guestsIn(store: GuestStore = held<string>()): Guests {
  const inTurn = queue();
  const read = async () => (await store.read()) || undefined;
  return async () => {
    const token = await patiently(PATIENCE_MS, read);
    const change = async (next?: string) => (await read()) === token && store.write(next);
    return {
      token,
      becomes: (next) => inTurn(() => patiently(PATIENCE_MS, () => change(next))),
    };
  };
}

/** Whether it was the guest who was refused. */
export function isGuestRefused(error: unknown): boolean {
  // As it was told: whether or not a call can end with it.
  return error instanceof CallError && error.data?.reason === 'GUEST_TOKEN_INVALID';
}
