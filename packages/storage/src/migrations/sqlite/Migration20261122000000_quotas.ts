import { Migration } from '@mikro-orm/migrations';

export class Migration20261122000000_quotas extends Migration {

  override name = 'Migration20261122000000_quotas';

  override up(): void | Promise<void> {
    this.addSql(`create table \`role_budget\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`caller\` text not null, \`reads\` json null, \`writes\` json null);`);
    this.addSql(`create unique index \`role_budget_caller_unique\` on \`role_budget\` (\`caller\`);`);

    this.addSql(`create table \`usage_hour\` (\`slot\` text not null primary key, \`hour\` datetime not null, \`restaurant_id\` text null, \`account_id\` text null, \`role\` text not null, \`reads\` integer not null default 0, \`writes\` integer not null default 0, \`refused\` integer not null default 0);`);
    this.addSql(`create index \`usage_hour_restaurant_id_hour_index\` on \`usage_hour\` (\`restaurant_id\`, \`hour\`);`);
    this.addSql(`create index \`usage_hour_hour_index\` on \`usage_hour\` (\`hour\`);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists \`role_budget\`;`);
    this.addSql(`drop table if exists \`usage_hour\`;`);
  }

}
