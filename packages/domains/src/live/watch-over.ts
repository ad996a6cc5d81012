import { accessErrors } from '../access.errors.ts';
import type { Shown, StaffContext } from '../context.ts';

type Looked = Pick<StaffContext, 'clock' | 'standings' | 'settings' | 'shown' | 'actor'>;

/**
 * T13: refuses to go on once the session has expired or was ended; another role ends it, too. Throws at once
 * where it is known, and asks where it is not. `still` refuses for another reason, and is asked now and then.
 */
export function watchOver(
  { clock, standings, settings, shown, actor }: Looked,
  still: (() => Promise<void>) | undefined,
): () => Promise<void> | undefined {
  const { kind, expiresAt } = actor.via;
  const standing = () => {
    const now = clock.now();
    const isOver = now >= expiresAt;
    if (kind === 'guest') {
      if (isOver) throw accessErrors.GUEST_TOKEN_INVALID();
      return undefined;
    }
    if (isOver || !isToken(shown)) throw ended();
    const stands = standings.stands(shown, now);
    if (stands === false) throw ended();
    return stands ? undefined : standings.actorOf(shown).then(unlessNobody);
  };
  if (!still) return standing;
  let asked = clock.now().getTime();
  return () => {
    const now = clock.now().getTime();
    if (Math.abs(now - asked) < settings.streamCheckMs) return standing();
    asked = now;
    return still().then(standing);
  };
}

function isToken(shown: Shown): shown is Extract<Shown, { kind: 'session' | 'pass' }> {
  return shown.kind === 'session' || shown.kind === 'pass';
}

function unlessNobody(actor: object | undefined): void {
  if (!actor) throw ended();
}

function ended(): Error {
  return accessErrors.TOKEN_INVALID();
}
