import { Migration } from '@mikro-orm/migrations';

export class Migration20261122080000_editions extends Migration {

  override name = 'Migration20261122080000_editions';

  override up(): void | Promise<void> {
    this.addSql(`create table \`edition\` (\`restaurant_id\` varchar(36) not null, \`name\` varchar(16) not null, primary key (\`restaurant_id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);

  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists \`edition\`;`);
  }

}
