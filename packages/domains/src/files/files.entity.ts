import { defineEntity, p } from '@mikro-orm/core';
import { base, ownFilters, uuid } from '@comanda/storage/base.entity';

const PictureSchema = defineEntity({
  name: 'Picture',
  tableName: 'picture',
  properties: {
    ...base,
    ownerId: uuid(),
    width: p.integer(),
    height: p.integer(),
    /** Since when it hangs nowhere; null: it hangs somewhere. */
    looseSince: p.datetime(3).strictNullable(),
  },
  filters: ownFilters,
  indexes: [{ properties: ['ownerId'] }, { properties: ['looseSince'] }],
});
/** What somebody uploaded; the files themselves lie outside of the database, by its id. */
export class Picture extends PictureSchema.class {}
PictureSchema.setClass(Picture);
