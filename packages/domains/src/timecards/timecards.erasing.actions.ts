import { blank, madeBy } from '@comanda/storage/erasing';
import type { Erasing } from '../context.ts';
import { Correction, Timecard } from './timecards.entity.ts';

/** Who worked when stays; where they stood and what they said goes, and the names under what they did for others. */
export const eraseTimecards: Erasing = async ({ em }, { accountId: personId }) => {
  const own = { reason: null, inPlace: null, outPlace: null };
  await blank(em, Timecard, { where: { personId }, set: own });
  for (const ids of await madeBy(em, Timecard, personId)) {
    await blank(em, Timecard, { where: { id: { $in: ids } }, set: { openedBy: null } });
  }
  for (const ids of await madeBy(em, Correction, personId)) {
    await blank(em, Correction, { where: { id: { $in: ids } }, set: { byName: '' } });
  }
};
