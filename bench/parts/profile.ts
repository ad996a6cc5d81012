import { type Server, startServer } from '../../tests/faults/server.ts';
import type { CrowdOrder, CrowdReport } from '../crowd.ts';
import { hire } from '../crew.ts';
import { type Finding, type Pace, type Part, seriesOf } from '../findings.ts';
import { pagePath } from '../menu-pages.ts';
import { openOurHouse, type OurHouse } from '../our-house.ts';
import { profileFolder } from '../profiles.ts';

const FIRST = { limit: 20 };
/** With what is left out of the start. */
const LOOK_MS = 15_000;

interface Work extends Pick<CrowdOrder, 'turn' | 'told' | 'callers'> {
  title: string;
}

export const profile: Part = {
  name: 'profile',
  about: 'where the time goes: whose code the processor was in',
  run: async (pace) => {
    await using house = await openOurHouse();
    const flow = { tokens: house.tokens, itemIds: house.menu.map(({ id }) => id) };
    const works: Work[] = [
      { title: 'A page from the database', turn: 'page', told: { place: FIRST }, callers: 16 },
      { title: 'A kept page', turn: 'ask', told: { path: pagePath(FIRST) }, callers: 16 },
      { title: 'Three cart.add and orders.place', turn: 'flow', told: flow, callers: 4 },
    ];
    // A file is for one server, and the next is looked into.
    await stopped(house.server);
    const findings: Finding[] = [];
    for (const work of works) findings.push(await lookedInto(house, work, pace));
    return findings;
  },
};

/** In good order, so that it says what it has to say. */
async function stopped(server: Server): Promise<void> {
  server.kill('SIGTERM');
  await server.exited;
}

async function lookedInto({ premises }: OurHouse, work: Work, pace: Pace): Promise<Finding> {
  using folder = profileFolder();
  const { title, ...order } = work;
  const server = await startServer({ ...premises, env: { ...premises.env, ...folder.env } });
  {
    await using crowd = hire<CrowdOrder, CrowdReport>('./crowd.ts');
    const forMs = pace.quick ? LOOK_MS / 2 : LOOK_MS;
    await crowd.tell({ ...order, url: server.url, forMs });
  }
  await stopped(server);
  const shares = [...folder.shares()].toSorted(([, one], [, other]) => other - one);
  return {
    title,
    about: `What each layer did itself, of all that the server did; calls built into Node count for whoever made them.`,
    series: shares.map(([subject, share]) =>
      seriesOf({ subject, measure: 'share', unit: '%' }, [share]),
    ),
    targets: [],
  };
}
