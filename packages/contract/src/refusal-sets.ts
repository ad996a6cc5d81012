import { OF_ANY_CALL, type Contract, type Procedure } from './contract.ts';

/** Codes that many procedures share, under one name. */
export interface RefusalSet {
  name: string;
  codes: string[];
}

const SETS: { name: string; has: (procedure: Procedure) => boolean }[] = [
  { name: 'Always', has: () => true },
  { name: 'SignedIn', has: ({ access }) => access !== 'anyone' },
  { name: 'Allowed', has: ({ access }) => access !== 'anyone' && access !== 'signedIn' },
];

/** From the smallest to the largest: each holds the one before it. */
export function refusalSets({ procedures, refusals }: Contract): RefusalSet[] {
  const all = Object.keys(refusals);
  return SETS.map(({ name, has }) => {
    const members = Object.values(procedures).filter(has);
    const common = (code: string) => members.every((one) => codesOf(one).includes(code));
    return { name, codes: all.filter(common) };
  });
}

/** How a call can be refused: as its procedure declares, or as any call can. */
export function codesOf({ refusals }: Procedure): string[] {
  return [...new Set([...refusals, ...OF_ANY_CALL])];
}
