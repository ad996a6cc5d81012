import { Migration } from '@mikro-orm/migrations';

export class Migration20261121000000_init extends Migration {
  override name = 'Migration20261121000000_init';

  override up(): void | Promise<void> {
    this.addSql(`create table \`account\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`username\` text null, \`email\` text null, \`phone\` text null, \`password_hash\` text not null, \`first_name\` text not null, \`last_name\` text not null, \`made_in\` text null, \`last_login_at\` datetime null, \`deactivated_at\` datetime null);`);
    this.addSql(`create unique index \`account_username_unique\` on \`account\` (\`username\`);`);
    this.addSql(`create unique index \`account_email_unique\` on \`account\` (\`email\`);`);
    this.addSql(`create unique index \`account_phone_unique\` on \`account\` (\`phone\`);`);

    this.addSql(`create table \`audit_entry\` (\`id\` text not null primary key, \`at\` datetime not null, \`actor_id\` text null, \`actor_name\` text null, \`role\` text not null, \`restaurant_id\` text null, \`action\` text not null, \`change\` text not null, \`target\` text not null, \`target_id\` text not null, \`before\` json null, \`after\` json null, \`request_id\` text not null, \`address\` text null);`);
    this.addSql(`create index \`audit_entry_restaurant_id_id_index\` on \`audit_entry\` (\`restaurant_id\`, \`id\`);`);
    this.addSql(`create index \`audit_entry_target_target_id_index\` on \`audit_entry\` (\`target\`, \`target_id\`);`);

    this.addSql(`create table \`reset_code\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`account_id\` text not null, \`code_hash\` text not null, \`issued_by\` text not null, \`tries\` integer not null default 0, \`expires_at\` datetime not null, \`used_at\` datetime null, constraint \`reset_code_account_id_foreign\` foreign key (\`account_id\`) references \`account\` (\`id\`));`);
    this.addSql(`create index \`reset_code_account_id_index\` on \`reset_code\` (\`account_id\`);`);

    this.addSql(`create table \`restaurant\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`name\` text not null, \`slug\` text not null, \`address\` text null, \`phone\` text null, \`time_zone\` text not null, \`currency\` text not null);`);
    this.addSql(`create unique index \`restaurant_slug_unique\` on \`restaurant\` (\`slug\`);`);

    this.addSql(`create table \`membership\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`account_id\` text not null, \`restaurant_id\` text not null, \`role\` text check (\`role\` in ('customer', 'employee', 'delivery_crew', 'waiter', 'prep_cook', 'chef', 'sous_chef', 'head_chef', 'master_chef', 'manager', 'admin')) not null, \`level\` integer null, \`hired_at\` datetime not null, \`deactivated_at\` datetime null, constraint \`membership_account_id_foreign\` foreign key (\`account_id\`) references \`account\` (\`id\`), constraint \`membership_restaurant_id_foreign\` foreign key (\`restaurant_id\`) references \`restaurant\` (\`id\`));`);
    this.addSql(`create index \`membership_account_id_index\` on \`membership\` (\`account_id\`);`);
    this.addSql(`create index \`membership_restaurant_id_index\` on \`membership\` (\`restaurant_id\`);`);
    this.addSql(`create index \`membership_restaurant_id_id_index\` on \`membership\` (\`restaurant_id\`, \`id\`);`);
    this.addSql(`create unique index \`membership_person_unique\` on \`membership\` (\`account_id\`, \`restaurant_id\`);`);

    this.addSql(`create table \`device_pass\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`account_id\` text not null, \`membership_id\` text null, \`label\` text not null, \`token_hash\` text not null, \`expires_at\` datetime not null, \`ended_at\` datetime null, \`end_reason\` text null, constraint \`device_pass_account_id_foreign\` foreign key (\`account_id\`) references \`account\` (\`id\`), constraint \`device_pass_membership_id_foreign\` foreign key (\`membership_id\`) references \`membership\` (\`id\`) on delete set null);`);
    this.addSql(`create index \`device_pass_account_id_index\` on \`device_pass\` (\`account_id\`);`);
    this.addSql(`create index \`device_pass_membership_id_index\` on \`device_pass\` (\`membership_id\`);`);
    this.addSql(`create unique index \`device_pass_token_unique\` on \`device_pass\` (\`token_hash\`);`);

    this.addSql(`create table \`session\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`account_id\` text not null, \`membership_id\` text null, \`counter\` integer not null default 0, \`token_hash\` text not null, \`parent_hash\` text null, \`child_salt\` text null, \`family_key\` text not null, \`rotated_at\` datetime not null, \`idle_until\` datetime not null, \`expires_at\` datetime not null, \`ended_at\` datetime null, \`end_reason\` text null, \`user_agent\` text null, \`address\` text null, constraint \`session_account_id_foreign\` foreign key (\`account_id\`) references \`account\` (\`id\`), constraint \`session_membership_id_foreign\` foreign key (\`membership_id\`) references \`membership\` (\`id\`) on delete set null);`);
    this.addSql(`create index \`session_account_id_index\` on \`session\` (\`account_id\`);`);
    this.addSql(`create index \`session_membership_id_index\` on \`session\` (\`membership_id\`);`);
    this.addSql(`create index \`session_account_id_ended_at_index\` on \`session\` (\`account_id\`, \`ended_at\`);`);
  }
}
