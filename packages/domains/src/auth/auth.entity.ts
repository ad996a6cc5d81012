import { defineEntity, p } from '@mikro-orm/core';
import { ROLES } from '@comanda/kernel/access';
import { base, ownFilters, tenantFilters, uuid } from '@comanda/storage/base.entity';
import { Restaurant } from '../restaurants/restaurants.entity.ts';

const AccountSchema = defineEntity({
  name: 'Account',
  tableName: 'account',
  properties: {
    ...base,
    username: p.string().length(60).strictNullable().unique('account_username_unique'),
    email: p.string().length(254).strictNullable().unique('account_email_unique'),
    phone: p.string().length(16).strictNullable().unique('account_phone_unique'),
    passwordHash: p.string().length(200).hidden(),
    firstName: p.string().length(100),
    lastName: p.string().length(100),
    /** The restaurant whose staff made it; null when its owner did. */
    madeIn: uuid().strictNullable(),
    lastLoginAt: p.datetime(3).strictNullable(),
    deactivatedAt: p.datetime(3).strictNullable(),
  },
  filters: ownFilters,
});
/** A person who can sign in. What they may do somewhere stands in their memberships. */
export class Account extends AccountSchema.class {}
AccountSchema.setClass(Account);

const MembershipSchema = defineEntity({
  name: 'Membership',
  tableName: 'membership',
  properties: {
    ...base,
    account: () => p.manyToOne(Account),
    restaurantId: () => p.manyToOne(Restaurant).mapToPk().joinColumn('restaurant_id'),
    role: p.enum(ROLES),
    /** A level below the role's own, when a manager lowered it. */
    level: p.integer().strictNullable(),
    hiredAt: p.datetime(3),
    /** How they were named when they were hired by a name of theirs; null once they have said yes. */
    invitedAs: p.string().length(254).strictNullable(),
    deactivatedAt: p.datetime(3).strictNullable(),
  },
  filters: tenantFilters,
  uniques: [{ properties: ['account', 'restaurantId'], name: 'membership_person_unique' }],
  indexes: [{ properties: ['restaurantId', 'id'] }],
});
/** One role of one person in one restaurant. */
export class Membership extends MembershipSchema.class {}
MembershipSchema.setClass(Membership);
