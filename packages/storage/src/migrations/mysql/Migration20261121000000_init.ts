import { Migration } from '@mikro-orm/migrations';

export class Migration20261121000000_init extends Migration {
  override name = 'Migration20261121000000_init';

  override up(): void | Promise<void> {
    this.addSql(`create table \`account\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`username\` varchar(60) null, \`email\` varchar(254) null, \`phone\` varchar(16) null, \`password_hash\` varchar(200) not null, \`first_name\` varchar(100) not null, \`last_name\` varchar(100) not null, \`made_in\` varchar(36) null, \`last_login_at\` datetime(3) null, \`deactivated_at\` datetime(3) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`account\` add unique \`account_username_unique\` (\`username\`);`);
    this.addSql(`alter table \`account\` add unique \`account_email_unique\` (\`email\`);`);
    this.addSql(`alter table \`account\` add unique \`account_phone_unique\` (\`phone\`);`);

    this.addSql(`create table \`audit_entry\` (\`id\` varchar(36) not null, \`at\` datetime(3) not null, \`actor_id\` varchar(36) null, \`actor_name\` varchar(200) null, \`role\` varchar(20) not null, \`restaurant_id\` varchar(36) null, \`action\` varchar(100) not null, \`change\` varchar(10) not null, \`target\` varchar(60) not null, \`target_id\` varchar(100) not null, \`before\` json null, \`after\` json null, \`request_id\` varchar(100) not null, \`address\` varchar(45) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`audit_entry\` add index \`audit_entry_restaurant_id_id_index\` (\`restaurant_id\`, \`id\`);`);
    this.addSql(`alter table \`audit_entry\` add index \`audit_entry_target_target_id_index\` (\`target\`, \`target_id\`);`);

    this.addSql(`create table \`reset_code\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`account_id\` varchar(36) not null, \`code_hash\` varchar(64) not null, \`issued_by\` varchar(36) not null, \`tries\` int not null default 0, \`expires_at\` datetime(3) not null, \`used_at\` datetime(3) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`reset_code\` add index \`reset_code_account_id_index\` (\`account_id\`);`);

    this.addSql(`create table \`restaurant\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`name\` varchar(200) not null, \`slug\` varchar(200) not null, \`address\` varchar(300) null, \`phone\` varchar(30) null, \`time_zone\` varchar(60) not null, \`currency\` varchar(3) not null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`restaurant\` add unique \`restaurant_slug_unique\` (\`slug\`);`);

    this.addSql(`create table \`membership\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`account_id\` varchar(36) not null, \`restaurant_id\` varchar(36) not null, \`role\` enum('customer','employee','delivery_crew','waiter','prep_cook','chef','sous_chef','head_chef','master_chef','manager','admin') not null, \`level\` int null, \`hired_at\` datetime(3) not null, \`deactivated_at\` datetime(3) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`membership\` add index \`membership_account_id_index\` (\`account_id\`);`);
    this.addSql(`alter table \`membership\` add index \`membership_restaurant_id_index\` (\`restaurant_id\`);`);
    this.addSql(`alter table \`membership\` add index \`membership_restaurant_id_id_index\` (\`restaurant_id\`, \`id\`);`);
    this.addSql(`alter table \`membership\` add unique \`membership_person_unique\` (\`account_id\`, \`restaurant_id\`);`);

    this.addSql(`create table \`device_pass\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`account_id\` varchar(36) not null, \`membership_id\` varchar(36) null, \`label\` varchar(100) not null, \`token_hash\` varchar(64) not null, \`expires_at\` datetime(3) not null, \`ended_at\` datetime(3) null, \`end_reason\` varchar(30) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`device_pass\` add index \`device_pass_account_id_index\` (\`account_id\`);`);
    this.addSql(`alter table \`device_pass\` add index \`device_pass_membership_id_index\` (\`membership_id\`);`);
    this.addSql(`alter table \`device_pass\` add unique \`device_pass_token_unique\` (\`token_hash\`);`);

    this.addSql(`create table \`session\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`account_id\` varchar(36) not null, \`membership_id\` varchar(36) null, \`counter\` int not null default 0, \`token_hash\` varchar(64) not null, \`parent_hash\` varchar(64) null, \`child_salt\` varchar(64) null, \`family_key\` varchar(64) not null, \`rotated_at\` datetime(3) not null, \`idle_until\` datetime(3) not null, \`expires_at\` datetime(3) not null, \`ended_at\` datetime(3) null, \`end_reason\` varchar(30) null, \`user_agent\` varchar(300) null, \`address\` varchar(45) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`session\` add index \`session_account_id_index\` (\`account_id\`);`);
    this.addSql(`alter table \`session\` add index \`session_membership_id_index\` (\`membership_id\`);`);
    this.addSql(`alter table \`session\` add index \`session_account_id_ended_at_index\` (\`account_id\`, \`ended_at\`);`);

    this.addSql(`alter table \`reset_code\` add constraint \`reset_code_account_id_foreign\` foreign key (\`account_id\`) references \`account\` (\`id\`);`);

    this.addSql(`alter table \`membership\` add constraint \`membership_account_id_foreign\` foreign key (\`account_id\`) references \`account\` (\`id\`);`);
    this.addSql(`alter table \`membership\` add constraint \`membership_restaurant_id_foreign\` foreign key (\`restaurant_id\`) references \`restaurant\` (\`id\`);`);

    this.addSql(`alter table \`device_pass\` add constraint \`device_pass_account_id_foreign\` foreign key (\`account_id\`) references \`account\` (\`id\`);`);
    this.addSql(`alter table \`device_pass\` add constraint \`device_pass_membership_id_foreign\` foreign key (\`membership_id\`) references \`membership\` (\`id\`) on delete set null;`);

    this.addSql(`alter table \`session\` add constraint \`session_account_id_foreign\` foreign key (\`account_id\`) references \`account\` (\`id\`);`);
    this.addSql(`alter table \`session\` add constraint \`session_membership_id_foreign\` foreign key (\`membership_id\`) references \`membership\` (\`id\`) on delete set null;`);
  }
}
