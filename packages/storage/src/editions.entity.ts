import { defineEntity, p } from '@mikro-orm/core';
import { uuid } from './base.entity.ts';

const EditionSchema = defineEntity({
  name: 'Edition',
  tableName: 'edition',
  properties: {
    /** Or `EVERYWHERE`. */
    restaurantId: uuid().primary(),
    /** Made anew by chance, and not counted up: after a restore a number would come twice. */
    name: p.string().length(16),
  },
});
/** What a restaurant shows to anybody, by a name that is another one after every change of it. */
export class Edition extends EditionSchema.class {}
EditionSchema.setClass(Edition);
