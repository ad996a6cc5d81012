import { Migration } from '@mikro-orm/migrations';

export class Migration20261122040000_shifts extends Migration {

  override name = 'Migration20261122040000_shifts';

  override up(): void | Promise<void> {
    this.addSql(`create table \`timecard_correction\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`restaurant_id\` varchar(36) not null, \`card_id\` varchar(36) not null, \`by_id\` varchar(36) not null, \`by_name\` varchar(200) not null, \`reason\` varchar(300) not null, \`in_at\` datetime(3) not null, \`out_at\` datetime(3) null, \`breaks\` json not null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`timecard_correction\` add index \`timecard_correction_card_id_index\` (\`card_id\`);`);

    this.addSql(`create table \`reservation\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`restaurant_id\` varchar(36) not null, \`customer_id\` varchar(36) null, \`customer_name\` varchar(200) not null, \`phone\` varchar(30) null, \`party\` int not null, \`starts_at\` datetime(3) not null, \`ends_at\` datetime(3) not null, \`state\` enum('requested','confirmed','seated','completed','cancelled','no_show') not null, \`note\` varchar(500) not null, \`tables\` json not null, \`held_until\` datetime(3) not null, \`taken_by\` varchar(36) null, \`reason\` varchar(300) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`reservation\` add index \`reservation_restaurant_id_starts_at_id_index\` (\`restaurant_id\`, \`starts_at\`, \`id\`);`);
    this.addSql(`alter table \`reservation\` add index \`reservation_restaurant_id_customer_id_starts_at_id_index\` (\`restaurant_id\`, \`customer_id\`, \`starts_at\`, \`id\`);`);
    this.addSql(`alter table \`reservation\` add index \`reservation_state_starts_at_index\` (\`state\`, \`starts_at\`);`);

    this.addSql(`create table \`shift\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`restaurant_id\` varchar(36) not null, \`person_id\` varchar(36) not null, \`starts_at\` datetime(3) not null, \`ends_at\` datetime(3) not null, \`state\` enum('draft','published','cancelled') not null, \`note\` varchar(200) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`shift\` add index \`shift_restaurant_id_starts_at_id_index\` (\`restaurant_id\`, \`starts_at\`, \`id\`);`);
    this.addSql(`alter table \`shift\` add index \`shift_person_id_starts_at_index\` (\`person_id\`, \`starts_at\`);`);

    this.addSql(`create table \`table_hold\` (\`table_id\` varchar(36) not null, \`quarter\` int unsigned not null, \`restaurant_id\` varchar(36) not null, \`reservation_id\` varchar(36) not null, primary key (\`table_id\`, \`quarter\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`table_hold\` add index \`table_hold_reservation_id_index\` (\`reservation_id\`);`);
    this.addSql(`alter table \`table_hold\` add index \`table_hold_restaurant_id_quarter_index\` (\`restaurant_id\`, \`quarter\`);`);

    this.addSql(`create table \`timecard\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`restaurant_id\` varchar(36) not null, \`person_id\` varchar(36) not null, \`shift_id\` varchar(36) null, \`in_at\` datetime(3) not null, \`out_at\` datetime(3) null, \`open_for\` varchar(36) null, \`breaks\` json not null, \`reason\` varchar(300) null, \`opened_by\` varchar(200) null, \`flag\` enum('forgotten','deactivated') null, \`in_place\` json null, \`out_place\` json null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`timecard\` add unique \`timecard_open_unique\` (\`open_for\`);`);
    this.addSql(`alter table \`timecard\` add index \`timecard_restaurant_id_in_at_id_index\` (\`restaurant_id\`, \`in_at\`, \`id\`);`);
    this.addSql(`alter table \`timecard\` add index \`timecard_person_id_in_at_index\` (\`person_id\`, \`in_at\`);`);
    this.addSql(`alter table \`timecard\` add index \`timecard_shift_id_index\` (\`shift_id\`);`);

    this.addSql(`alter table \`restaurant\` add \`clock\` json null, add \`booking\` json null;`);

    this.addSql(`alter table \`membership\` add \`invited_as\` varchar(254) null;`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists \`timecard_correction\`;`);
    this.addSql(`drop table if exists \`reservation\`;`);
    this.addSql(`drop table if exists \`shift\`;`);
    this.addSql(`drop table if exists \`table_hold\`;`);
    this.addSql(`drop table if exists \`timecard\`;`);

    this.addSql(`alter table \`membership\` drop column \`invited_as\`;`);

    this.addSql(`alter table \`restaurant\` drop column \`clock\`, drop column \`booking\`;`);
  }

}
