import { Migration } from '@mikro-orm/migrations';

export class Migration20261122050000_recipes extends Migration {

  override name = 'Migration20261122050000_recipes';

  override up(): void | Promise<void> {
    this.addSql(`create table \`book\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`owner_id\` text not null, \`title\` text not null, \`author\` text not null, \`published_on\` text null, \`isbn\` text null, \`description\` text not null, \`cover_id\` text null);`);
    this.addSql(`create unique index \`book_isbn_unique\` on \`book\` (\`isbn\`);`);
    this.addSql(`create index \`book_owner_id_id_index\` on \`book\` (\`owner_id\`, \`id\`);`);

    this.addSql(`create table \`profile\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`account_id\` text not null, \`bio\` text not null, \`website\` text null, \`avatar_id\` text null);`);
    this.addSql(`create unique index \`profile_account_unique\` on \`profile\` (\`account_id\`);`);

    this.addSql(`create table \`recipe\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`restaurant_id\` text not null, \`name\` text not null, \`secrecy\` text check (\`secrecy\` in ('basic', 'advanced', 'top_secret')) not null, \`difficulty\` text check (\`difficulty\` in ('easy', 'hard', 'expert')) null, \`ingredients\` json not null, \`allergens\` json not null, \`instructions\` text not null, \`author_id\` text not null, \`author_name\` text not null);`);
    this.addSql(`create index \`recipe_restaurant_id_id_index\` on \`recipe\` (\`restaurant_id\`, \`id\`);`);
    this.addSql(`create index \`recipe_restaurant_id_author_id_index\` on \`recipe\` (\`restaurant_id\`, \`author_id\`);`);

    this.addSql(`create table \`task\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`owner_id\` text not null, \`title\` text not null, \`description\` text null, \`due_at\` datetime null, \`done_at\` datetime null, \`restaurant_id\` text null, \`assigned_by_id\` text null, \`assigned_by\` text null);`);
    this.addSql(`create index \`task_owner_id_id_index\` on \`task\` (\`owner_id\`, \`id\`);`);
    this.addSql(`create index \`task_assigned_by_id_id_index\` on \`task\` (\`assigned_by_id\`, \`id\`);`);

    this.addSql(`create table \`wine\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`restaurant_id\` text not null, \`name\` text not null, \`year\` integer not null, \`price\` bigint not null, \`bottles\` integer not null);`);
    this.addSql(`create index \`wine_restaurant_id_name_year_index\` on \`wine\` (\`restaurant_id\`, \`name\`, \`year\`);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists \`book\`;`);
    this.addSql(`drop table if exists \`profile\`;`);
    this.addSql(`drop table if exists \`recipe\`;`);
    this.addSql(`drop table if exists \`task\`;`);
    this.addSql(`drop table if exists \`wine\`;`);
  }

}
