import type { Head } from '@comanda/storage/outbox';

/**
 * So many events are told to whoever comes back: what a very busy house tells while a server restarts and its
 * watchers wait their turn. Behind more than that, reading everything anew costs less.
 */
const MAX_BEHIND = 2_000;
const ID = /^([a-z0-9]{8})-(\d{1,19})$/;
/** Where nothing was ever told. No restaurant's events go by this name. */
const BEFORE_ALL = '00000000';

/** The id that an event goes by, or the place at which somebody has come in. */
export function idOf(
  place: { epoch: string; seq: number } = { epoch: BEFORE_ALL, seq: 0 },
): string {
  return `${place.epoch}-${place.seq}`;
}

/** The last event that a reader with this id has seen; nothing when we cannot go on from there. */
export function placeOf(id: string, head: Head | undefined): number | undefined {
  const [, epoch, digits] = ID.exec(id) ?? [];
  const seq = Number(digits);
  if (epoch !== (head?.epoch ?? BEFORE_ALL) && id !== idOf()) return undefined;
  const { seq: newest, trimmed } = head ?? { seq: 0, trimmed: 0 };
  return seq >= trimmed && seq <= newest && newest - seq <= MAX_BEHIND ? seq : undefined;
}
