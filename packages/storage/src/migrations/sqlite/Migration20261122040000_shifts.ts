import { Migration } from '@mikro-orm/migrations';

export class Migration20261122040000_shifts extends Migration {

  override name = 'Migration20261122040000_shifts';

  override up(): void | Promise<void> {
    this.addSql(`create table \`timecard_correction\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`restaurant_id\` text not null, \`card_id\` text not null, \`by_id\` text not null, \`by_name\` text not null, \`reason\` text not null, \`in_at\` datetime not null, \`out_at\` datetime null, \`breaks\` json not null);`);
    this.addSql(`create index \`timecard_correction_card_id_index\` on \`timecard_correction\` (\`card_id\`);`);

    this.addSql(`create table \`reservation\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`restaurant_id\` text not null, \`customer_id\` text null, \`customer_name\` text not null, \`phone\` text null, \`party\` integer not null, \`starts_at\` datetime not null, \`ends_at\` datetime not null, \`state\` text check (\`state\` in ('requested', 'confirmed', 'seated', 'completed', 'cancelled', 'no_show')) not null, \`note\` text not null, \`tables\` json not null, \`held_until\` datetime not null, \`taken_by\` text null, \`reason\` text null);`);
    this.addSql(`create index \`reservation_restaurant_id_starts_at_id_index\` on \`reservation\` (\`restaurant_id\`, \`starts_at\`, \`id\`);`);
    this.addSql(`create index \`reservation_restaurant_id_customer_id_starts_at_id_index\` on \`reservation\` (\`restaurant_id\`, \`customer_id\`, \`starts_at\`, \`id\`);`);
    this.addSql(`create index \`reservation_state_starts_at_index\` on \`reservation\` (\`state\`, \`starts_at\`);`);

    this.addSql(`create table \`shift\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`restaurant_id\` text not null, \`person_id\` text not null, \`starts_at\` datetime not null, \`ends_at\` datetime not null, \`state\` text check (\`state\` in ('draft', 'published', 'cancelled')) not null, \`note\` text null);`);
    this.addSql(`create index \`shift_restaurant_id_starts_at_id_index\` on \`shift\` (\`restaurant_id\`, \`starts_at\`, \`id\`);`);
    this.addSql(`create index \`shift_person_id_starts_at_index\` on \`shift\` (\`person_id\`, \`starts_at\`);`);

    this.addSql(`create table \`table_hold\` (\`table_id\` text not null, \`quarter\` integer not null, \`restaurant_id\` text not null, \`reservation_id\` text not null, primary key (\`table_id\`, \`quarter\`));`);
    this.addSql(`create index \`table_hold_reservation_id_index\` on \`table_hold\` (\`reservation_id\`);`);
    this.addSql(`create index \`table_hold_restaurant_id_quarter_index\` on \`table_hold\` (\`restaurant_id\`, \`quarter\`);`);

    this.addSql(`create table \`timecard\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`restaurant_id\` text not null, \`person_id\` text not null, \`shift_id\` text null, \`in_at\` datetime not null, \`out_at\` datetime null, \`open_for\` text null, \`breaks\` json not null, \`reason\` text null, \`opened_by\` text null, \`flag\` text check (\`flag\` in ('forgotten', 'deactivated')) null, \`in_place\` json null, \`out_place\` json null);`);
    this.addSql(`create unique index \`timecard_open_unique\` on \`timecard\` (\`open_for\`);`);
    this.addSql(`create index \`timecard_restaurant_id_in_at_id_index\` on \`timecard\` (\`restaurant_id\`, \`in_at\`, \`id\`);`);
    this.addSql(`create index \`timecard_person_id_in_at_index\` on \`timecard\` (\`person_id\`, \`in_at\`);`);
    this.addSql(`create index \`timecard_shift_id_index\` on \`timecard\` (\`shift_id\`);`);

    this.addSql(`alter table \`restaurant\` add column \`clock\` json null;`);
    this.addSql(`alter table \`restaurant\` add column \`booking\` json null;`);

    this.addSql(`alter table \`membership\` add column \`invited_as\` text null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists \`timecard_correction\`;`);
    this.addSql(`drop table if exists \`reservation\`;`);
    this.addSql(`drop table if exists \`shift\`;`);
    this.addSql(`drop table if exists \`table_hold\`;`);
    this.addSql(`drop table if exists \`timecard\`;`);

    this.addSql(`alter table \`membership\` drop column \`invited_as\`;`);

    this.addSql(`alter table \`restaurant\` drop column \`clock\`;`);
    this.addSql(`alter table \`restaurant\` drop column \`booking\`;`);
  }

}
