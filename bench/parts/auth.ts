import { PASSWORD } from '@comanda/testing/given';
import type { Finding, Pace, Part } from '../findings.ts';
import { type NaiveHouse, openNaiveHouse } from '../naive-house.ts';
import { openOurHouse, type OurHouse } from '../our-house.ts';
import { sideBySide } from '../rounds.ts';
import { called } from '../sides.ts';
import { signInsOf } from '../sign-ins.ts';

const LOGINS_AT_ONCE = 4;
/** A sign-in may be refreshed 30 times a minute: so many of them that none comes near that. */
const PEOPLE = 96;
const SIGN_INS_EACH = 10;

export const auth: Part = {
  name: 'auth',
  about: 'signing in, and trading a refresh token for new ones',
  run: async (pace) => {
    await using house = await openOurHouse();
    await using naive = await openNaiveHouse(house);
    return [await signingIn(pace, { house, naive }), await refreshing(pace, { house, naive })];
  },
};

interface Sides {
  house: OurHouse;
  naive: NaiveHouse;
}

async function signingIn(pace: Pace, { house, naive }: Sides): Promise<Finding> {
  const identifiers = house.customers.map(({ username }) => username);
  const told = { identifiers, password: PASSWORD };
  const common = { turn: 'login', told, callers: LOGINS_AT_ONCE } as const;
  const race = await sideBySide(pace, [
    { ...common, ...called(house) },
    { ...common, ...called(naive) },
  ]);
  return {
    title: 'Signing in',
    about: `Four at once. Nearly all of it is the password: argon2id over 19 MiB, twice, on both sides; Django’s
default is PBKDF2 with 260,000 rounds.`,
    series: race.series,
    targets: [],
  };
}

async function refreshing(pace: Pace, { house, naive }: Sides): Promise<Finding> {
  const people = await house.premises.hire(Array.from({ length: PEOPLE }, () => 'customer'));
  const refreshTokens = await signInsOf(house.premises, people, SIGN_INS_EACH);
  const theirs = refreshTokens.map(
    (_, nth) => naive.refreshTokens[nth % naive.refreshTokens.length] ?? '',
  );
  const common = { turn: 'refresh' } as const;
  const race = await sideBySide(pace, [
    { ...common, ...called(house), told: { refreshTokens } },
    { ...common, ...called(naive), told: { refreshTokens: theirs } },
  ]);
  return {
    title: 'Trading a refresh token',
    about: `Ours looks the sign-in up, takes the token out of use for good and signs by Ed25519; the naive stack and
simplejwt only check a signature and sign another (HS256), and can take nothing back.`,
    series: race.series,
    targets: [],
  };
}
