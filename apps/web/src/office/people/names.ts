import type { PersonView } from '@comanda/client';

/** What somebody is called; whoever gave no name goes by that they sign in with. */
export function nameOf(person: PersonView): string {
  const { firstName, lastName, username, email, phone, invitedAs } = person;
  return `${firstName} ${lastName}`.trim() || (username ?? email ?? phone ?? invitedAs ?? '—');
}

/** By what they sign in, and can be reached. */
export function reachOf({ username, email, phone }: PersonView): string {
  return [username, email, phone].filter((one) => one !== null).join(' · ');
}
