import { defineEntity, p } from '@mikro-orm/core';
import { base, ownFilters } from '@comanda/storage/base.entity';
import { Account, Membership } from './auth.entity.ts';

const holder = {
  account: () => p.manyToOne(Account),
  /** The hat that is worn: a place of work, or none. */
  membership: () => p.manyToOne(Membership).strictNullable(),
};

const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    ...base,
    ...holder,
    /** How often the refresh token was rotated; the family's tokens are numbered by it. */
    counter: p.integer().default(0),
    tokenHash: p.string().length(64).hidden(),
    parentHash: p.string().length(64).strictNullable().hidden(),
    childSalt: p.string().length(64).strictNullable().hidden(),
    familyKey: p.string().length(64).hidden(),
    rotatedAt: p.datetime(3),
    idleUntil: p.datetime(3),
    expiresAt: p.datetime(3),
    endedAt: p.datetime(3).strictNullable(),
    endReason: p.string().length(30).strictNullable(),
    userAgent: p.string().length(300).strictNullable(),
    address: p.string().length(45).strictNullable(),
  },
  filters: ownFilters,
  indexes: [{ properties: ['account', 'endedAt'] }],
});
/** One sign-in on one device: a family of refresh tokens, of which one is good. */
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);

const DevicePassSchema = defineEntity({
  name: 'DevicePass',
  tableName: 'device_pass',
  properties: {
    ...base,
    ...holder,
    label: p.string().length(100),
    tokenHash: p.string().length(64).hidden().unique('device_pass_token_unique'),
    expiresAt: p.datetime(3),
    endedAt: p.datetime(3).strictNullable(),
    endReason: p.string().length(30).strictNullable(),
  },
  filters: ownFilters,
});
/** An opaque pass for a shared screen or a script; the token itself is kept nowhere. */
export class DevicePass extends DevicePassSchema.class {}
DevicePassSchema.setClass(DevicePass);

const ResetCodeSchema = defineEntity({
  name: 'ResetCode',
  tableName: 'reset_code',
  properties: {
    ...base,
    account: () => p.manyToOne(Account),
    codeHash: p.string().length(64).hidden(),
    issuedBy: p.string().length(36),
    tries: p.integer().default(0),
    expiresAt: p.datetime(3),
    usedAt: p.datetime(3).strictNullable(),
  },
  filters: ownFilters,
});
/** A one-use code with which a person sets a new password. */
export class ResetCode extends ResetCodeSchema.class {}
ResetCodeSchema.setClass(ResetCode);
