import { breakingChanges } from './breaking.ts';
import type { Contract } from './contract.ts';

/** Why `now` may not follow `kept`: what breaks although both call themselves the same version. */
export function refusedChanges(kept: Contract, now: Contract): string[] {
  if (kept.version !== now.version) return [];
  const broken = breakingChanges(kept, now);
  if (broken.length === 0) return [];
  const part = now.version.startsWith('0.') ? 'minor' : 'major';
  return [
    ...broken,
    `Clients of version ${kept.version} would break. Raise the ${part} version in packages/client/package.json, or take it back.`,
  ];
}
