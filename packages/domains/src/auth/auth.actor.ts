import type { Role } from '@comanda/kernel/access';

/** A person as this call sees them: with the hat they wear, or as a customer. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly level: number;
  readonly membership: { readonly id: string; readonly restaurantId: string } | null;
  readonly via: {
    readonly kind: 'session' | 'pass' | 'guest';
    readonly id: string;
    readonly expiresAt: Date;
  };
}

/** A membership as tokens name it: another one, or a changed one, is another hat. Empty without one. */
export function hatOf(membership: { id: string; version: number } | null): string {
  return membership ? `${membership.id}.${membership.version}` : '';
}
