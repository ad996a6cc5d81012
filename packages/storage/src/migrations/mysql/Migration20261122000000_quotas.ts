import { Migration } from '@mikro-orm/migrations';

export class Migration20261122000000_quotas extends Migration {

  override name = 'Migration20261122000000_quotas';

  override up(): void | Promise<void> {
    this.addSql(`create table \`role_budget\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`caller\` varchar(20) not null, \`reads\` json null, \`writes\` json null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`role_budget\` add unique \`role_budget_caller_unique\` (\`caller\`);`);

    this.addSql(`create table \`usage_hour\` (\`slot\` varchar(120) not null, \`hour\` datetime(3) not null, \`restaurant_id\` varchar(36) null, \`account_id\` varchar(36) null, \`role\` varchar(20) not null, \`reads\` int not null default 0, \`writes\` int not null default 0, \`refused\` int not null default 0, primary key (\`slot\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`usage_hour\` add index \`usage_hour_restaurant_id_hour_index\` (\`restaurant_id\`, \`hour\`);`);
    this.addSql(`alter table \`usage_hour\` add index \`usage_hour_hour_index\` (\`hour\`);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists \`role_budget\`;`);
    this.addSql(`drop table if exists \`usage_hour\`;`);
  }

}
