import { Migration } from '@mikro-orm/migrations';

export class Migration20261122070000_pictures extends Migration {

  override name = 'Migration20261122070000_pictures';

  override up(): void | Promise<void> {
    this.addSql(`create table \`picture\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`owner_id\` varchar(36) not null, \`width\` int not null, \`height\` int not null, \`loose_since\` datetime(3) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`picture\` add index \`picture_owner_id_index\` (\`owner_id\`);`);
    this.addSql(`alter table \`picture\` add index \`picture_loose_since_index\` (\`loose_since\`);`);

    this.addSql(`alter table \`audit_entry\` add index \`audit_entry_actor_id_index\` (\`actor_id\`);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists \`picture\`;`);

    this.addSql(`alter table \`audit_entry\` drop index \`audit_entry_actor_id_index\`;`);
  }

}
