import { defineEntity, p } from '@mikro-orm/core';
import { expect, test } from 'vitest';
import { addUp, forgetBefore } from './adding-up.ts';
import { connect } from './connect.ts';

const GuestTallySchema = defineEntity({
  name: 'GuestTally',
  tableName: 'guest_tally',
  properties: {
    tableName: p.string().length(20).primary(),
    dayOfVisit: p.datetime(3),
    guestsSeen: p.integer(),
  },
});
class GuestTally extends GuestTallySchema.class {}
GuestTallySchema.setClass(GuestTally);

test('columns are found by the names of their properties', async () => {
  const database = await connect('sqlite::memory:', [GuestTally]);
  const connection = database.orm.em.getConnection();
  await connection.execute(
    'create table guest_tally (table_name text primary key, day_of_visit datetime, guests_seen integer)',
  );
  const rows = () => connection.execute('select * from guest_tally');
  const dayOfVisit = new Date(86_400_000);
  const before = new Date(86_400_001);

  await addUp(database, GuestTally, [{ tableName: 'window', dayOfVisit, guestsSeen: 2 }]);
  await addUp(database, GuestTally, [{ tableName: 'window', dayOfVisit, guestsSeen: 3 }]);
  const counted = await rows();
  await forgetBefore(database, GuestTally, { property: 'dayOfVisit', before });

  expect(counted).toEqual([{ table_name: 'window', day_of_visit: 86_400_000, guests_seen: 5 }]);
  expect(await rows()).toEqual([]);
  await database.close();
});
