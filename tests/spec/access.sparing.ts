import type { TestApp } from '@comanda/testing';
import { type answersTo, showing } from './access.calls.ts';

type Round = Parameters<typeof answersTo>[1];

/** Calls after which a token may be good no more. */
const ENDING = /^(auth|people)\./;

/** Shows one token with all calls that leave it good, and then another with each that may not. */
export async function sparingly<Told>(
  ask: (app: TestApp, round: Round) => Promise<Told>,
  app: TestApp,
  round: Round,
): Promise<Told> {
  const { paths, show } = round;
  const steady = paths.filter((path) => !ENDING.test(path));
  const ending = paths.filter((path) => ENDING.test(path));
  return {
    ...(await ask(app, { ...round, paths: steady, show: showing(await show()) })),
    ...(await ask(app, { ...round, paths: ending })),
  };
}
