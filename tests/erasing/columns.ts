import type { TestApp } from '@comanda/testing';
import { CANARY } from './canary.ts';

/**
 * Every column that can hold words, reviewed by hand. A new one is put where it belongs; what is personal
 * needs a domain that erases it, and a canary in it, too.
 */
export const PERSONAL = [
  'Account.email',
  'Account.firstName',
  'Account.lastName',
  'Account.phone',
  'Account.username',
  'AuditEntry.actorName',
  'AuditEntry.address',
  'AuditEntry.after',
  'AuditEntry.before',
  'Book.author',
  'Book.description',
  'Book.title',
  'Cart.lines',
  'Correction.byName',
  'DevicePass.label',
  'Membership.invitedAs',
  'Order.address',
  'Order.assigneeName',
  'Order.customerName',
  'Order.instructions',
  'Order.phone',
  'OrderItem.note',
  'OrderStep.byName',
  'OrderStep.reason',
  'Payment.byName',
  'Profile.bio',
  'Profile.website',
  'Recipe.authorName',
  'Reservation.customerName',
  'Reservation.note',
  'Reservation.phone',
  'Reservation.reason',
  'Session.address',
  'Session.userAgent',
  'Task.assignedBy',
  'Task.description',
  'Task.title',
  'Timecard.inPlace',
  'Timecard.openedBy',
  'Timecard.outPlace',
  'Timecard.reason',
];

/** They go by themselves: answers after three days, events after one. */
export const PASSING = ['KeyedAnswer.answer', 'OutboxEvent.data'];

/** The restaurant's own, digests, or words of the service. */
export const OTHERS = [
  'Account.passwordHash',
  'AuditEntry.action',
  'AuditEntry.change',
  'AuditEntry.requestId',
  'AuditEntry.role',
  'AuditEntry.target',
  'AuditEntry.targetId',
  'Book.isbn',
  'Book.publishedOn',
  'Category.slug',
  'Category.title',
  'Correction.breaks',
  'Correction.reason',
  'DevicePass.endReason',
  'DevicePass.tokenHash',
  'DiningTable.joinGroup',
  'DiningTable.name',
  'DiningTable.section',
  'Edition.name',
  'KeyedAnswer.asked',
  'KeyedAnswer.id',
  'KeyedAnswer.procedure',
  'MenuItem.allergens',
  'MenuItem.description',
  'MenuItem.mealtimes',
  'MenuItem.name',
  'MenuItem.options',
  'MenuItem.slug',
  'MenuItem.sortName',
  'MenuItem.station',
  'MenuWord.sortName',
  'MenuWord.word',
  'Order.currency',
  'Order.origin',
  'Order.tableName',
  'Order.totals',
  'OrderItem.name',
  'OrderItem.options',
  'OrderItem.station',
  'OrderStep.from',
  'OrderStep.to',
  'OrderStep.what',
  'OutboxEvent.topic',
  'Payment.method',
  'Payment.reason',
  'Recipe.allergens',
  'Recipe.ingredients',
  'Recipe.instructions',
  'Recipe.name',
  'Reservation.tables',
  'ResetCode.codeHash',
  'Restaurant.address',
  'Restaurant.booking',
  'Restaurant.clock',
  'Restaurant.currency',
  'Restaurant.hours',
  'Restaurant.name',
  'Restaurant.ordering',
  'Restaurant.pauseMessage',
  'Restaurant.phone',
  'Restaurant.slug',
  'Restaurant.timeZone',
  'RoleBudget.caller',
  'RoleBudget.reads',
  'RoleBudget.writes',
  'Session.childSalt',
  'Session.endReason',
  'Session.familyKey',
  'Session.parentHash',
  'Session.tokenHash',
  'Shift.note',
  'StreamHead.epoch',
  'Timecard.breaks',
  'UsageHour.role',
  'UsageHour.slot',
  'Wine.name',
];

interface Column {
  table: string;
  column: string;
}

/** Columns of text and of JSON, by their names here; ids and choices of a few words hold nobody's. */
export function wordyColumns({ house }: TestApp): Map<string, Column> {
  const found = new Map<string, Column>();
  for (const { className, tableName, props } of house.database.orm
    .getMetadata()
    .getAll()
    .values()) {
    for (const { name, runtimeType, customType, length, enum: isChoice, fieldNames } of props) {
      const isText = runtimeType === 'string' && length !== 36 && !isChoice;
      const [column] = fieldNames;
      if (column && (isText || customType?.constructor.name === 'JsonType')) {
        found.set(`${className}.${name}`, { table: tableName, column });
      }
    }
  }
  return found;
}

/** The columns in which a canary sits right now. */
export async function columnsWithCanary(app: TestApp): Promise<string[]> {
  const connection = app.house.database.orm.em.getConnection();
  const found: string[] = [];
  for (const [name, { table, column }] of wordyColumns(app)) {
    const rows: object[] = await connection.execute(`select \`${column}\` from \`${table}\``);
    if (CANARY.test(JSON.stringify(rows))) found.push(name);
  }
  return found.toSorted();
}
