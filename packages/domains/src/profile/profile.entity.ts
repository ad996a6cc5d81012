import { defineEntity, p } from '@mikro-orm/core';
import { base, ownFilters, uuid } from '@comanda/storage/base.entity';

const ProfileSchema = defineEntity({
  name: 'Profile',
  tableName: 'profile',
  properties: {
    ...base,
    accountId: uuid().unique('profile_account_unique'),
    bio: p.string().length(500),
    website: p.string().length(200).strictNullable(),
    avatarId: uuid().strictNullable(),
  },
  filters: ownFilters,
});
/** What a person says of themselves, beside their names. */
export class Profile extends ProfileSchema.class {}
ProfileSchema.setClass(Profile);
