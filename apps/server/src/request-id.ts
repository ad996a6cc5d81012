import { newId } from '@comanda/kernel/id';

/** A caller may bring an id of their own, so that their logs and ours can be read together. */
export function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : newId();
}
