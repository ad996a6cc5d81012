import { defineEntity, p } from '@mikro-orm/core';
import { base, tenantFilters, uuid } from '@comanda/storage/base.entity';
import type { KeptBreak, KeptPlace } from './timecards.schema.ts';

const TimecardSchema = defineEntity({
  name: 'Timecard',
  tableName: 'timecard',
  properties: {
    ...base,
    restaurantId: uuid(),
    personId: uuid(),
    /** Null: work that nobody had planned. */
    shiftId: uuid().strictNullable(),
    inAt: p.datetime(3),
    outAt: p.datetime(3).strictNullable(),
    /** The person, for as long as the card is open: one is open at a time, wherever they work. */
    openFor: uuid().strictNullable().unique('timecard_open_unique'),
    breaks: p.json<KeptBreak[]>(),
    /** Why it was opened without a shift. */
    reason: p.string().length(300).strictNullable(),
    /** Whoever opened it for somebody else, as they were called. */
    openedBy: p.string().length(200).strictNullable(),
    /** Who closed it, if not the person: a look at it is due. */
    flag: p.enum(['forgotten', 'deactivated']).strictNullable(),
    inPlace: p.json<KeptPlace>().strictNullable(),
    outPlace: p.json<KeptPlace>().strictNullable(),
  },
  filters: tenantFilters,
  indexes: [
    { properties: ['restaurantId', 'inAt', 'id'] },
    { properties: ['personId', 'inAt'] },
    { properties: ['shiftId'] },
  ],
});
/** When somebody did work. */
export class Timecard extends TimecardSchema.class {}
TimecardSchema.setClass(Timecard);

const CorrectionSchema = defineEntity({
  name: 'Correction',
  tableName: 'timecard_correction',
  properties: {
    ...base,
    restaurantId: uuid(),
    cardId: uuid(),
    byId: uuid(),
    byName: p.string().length(200),
    reason: p.string().length(300),
    inAt: p.datetime(3),
    outAt: p.datetime(3).strictNullable(),
    breaks: p.json<KeptBreak[]>(),
  },
  filters: tenantFilters,
  indexes: [{ properties: ['cardId'] }],
});
/** What stood on a timecard before somebody corrected it. */
export class Correction extends CorrectionSchema.class {}
CorrectionSchema.setClass(Correction);
