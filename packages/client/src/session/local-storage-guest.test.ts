import { afterEach, expect, test, vi } from 'vitest';
import { localStorageGuest } from './local-storage-guest.ts';

/** A `localStorage` that holds what it is given. */
function storage() {
  const held = new Map<string, string>();
  return {
    held,
    getItem: (key: string) => held.get(key) ?? null,
    setItem: (key: string, text: string) => void held.set(key, text),
    removeItem: (key: string) => void held.delete(key),
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test('a guest in localStorage is known in every tab, and forgotten in every tab', async () => {
  vi.stubGlobal('localStorage', storage());
  const [one, other] = [localStorageGuest(), localStorageGuest()];

  const before = await other.read();
  await one.write('g1');
  const kept = await other.read();
  await other.write(undefined);

  expect([before, kept, await one.read()]).toEqual([undefined, 'g1', undefined]);
});

test('a guest in localStorage stands under a key of its own, or one that was chosen', async () => {
  const place = storage();

  await localStorageGuest({ storage: place }).write('g1');
  await localStorageGuest({ storage: place, key: 'shop' }).write('g2');

  expect([...place.held]).toEqual([
    ['comanda.guest', 'g1'],
    ['shop', 'g2'],
  ]);
});

test('a guest without localStorage is known as long as the page is', async () => {
  vi.stubGlobal('localStorage', undefined);
  const store = localStorageGuest();

  await store.write('g1');

  expect(await store.read()).toBe('g1');
});
