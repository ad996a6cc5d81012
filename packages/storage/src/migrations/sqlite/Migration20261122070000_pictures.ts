import { Migration } from '@mikro-orm/migrations';

export class Migration20261122070000_pictures extends Migration {

  override name = 'Migration20261122070000_pictures';

  override up(): void | Promise<void> {
    this.addSql(`create table \`picture\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`owner_id\` text not null, \`width\` integer not null, \`height\` integer not null, \`loose_since\` datetime null);`);
    this.addSql(`create index \`picture_owner_id_index\` on \`picture\` (\`owner_id\`);`);
    this.addSql(`create index \`picture_loose_since_index\` on \`picture\` (\`loose_since\`);`);

    this.addSql(`create index \`audit_entry_actor_id_index\` on \`audit_entry\` (\`actor_id\`);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists \`picture\`;`);

    this.addSql(`drop index \`audit_entry_actor_id_index\`;`);
  }

}
