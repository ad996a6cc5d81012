import { Migration } from '@mikro-orm/migrations';

export class Migration20261122080000_editions extends Migration {

  override name = 'Migration20261122080000_editions';

  override up(): void | Promise<void> {
    this.addSql(`create table \`edition\` (\`restaurant_id\` text not null primary key, \`name\` text not null);`);

  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists \`edition\`;`);
  }

}
