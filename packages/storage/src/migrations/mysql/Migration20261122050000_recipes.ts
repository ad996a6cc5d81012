import { Migration } from '@mikro-orm/migrations';

export class Migration20261122050000_recipes extends Migration {

  override name = 'Migration20261122050000_recipes';

  override up(): void | Promise<void> {
    this.addSql(`create table \`book\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`owner_id\` varchar(36) not null, \`title\` varchar(200) not null, \`author\` varchar(100) not null, \`published_on\` varchar(10) null, \`isbn\` varchar(13) null, \`description\` varchar(2000) not null, \`cover_id\` varchar(36) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`book\` add unique \`book_isbn_unique\` (\`isbn\`);`);
    this.addSql(`alter table \`book\` add index \`book_owner_id_id_index\` (\`owner_id\`, \`id\`);`);

    this.addSql(`create table \`profile\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`account_id\` varchar(36) not null, \`bio\` varchar(500) not null, \`website\` varchar(200) null, \`avatar_id\` varchar(36) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`profile\` add unique \`profile_account_unique\` (\`account_id\`);`);

    this.addSql(`create table \`recipe\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`restaurant_id\` varchar(36) not null, \`name\` varchar(200) not null, \`secrecy\` enum('basic','advanced','top_secret') not null, \`difficulty\` enum('easy','hard','expert') null, \`ingredients\` json not null, \`allergens\` json not null, \`instructions\` text not null, \`author_id\` varchar(36) not null, \`author_name\` varchar(200) not null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`recipe\` add index \`recipe_restaurant_id_id_index\` (\`restaurant_id\`, \`id\`);`);
    this.addSql(`alter table \`recipe\` add index \`recipe_restaurant_id_author_id_index\` (\`restaurant_id\`, \`author_id\`);`);

    this.addSql(`create table \`task\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`owner_id\` varchar(36) not null, \`title\` varchar(100) not null, \`description\` varchar(2000) null, \`due_at\` datetime(3) null, \`done_at\` datetime(3) null, \`restaurant_id\` varchar(36) null, \`assigned_by_id\` varchar(36) null, \`assigned_by\` varchar(200) null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`task\` add index \`task_owner_id_id_index\` (\`owner_id\`, \`id\`);`);
    this.addSql(`alter table \`task\` add index \`task_assigned_by_id_id_index\` (\`assigned_by_id\`, \`id\`);`);

    this.addSql(`create table \`wine\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`restaurant_id\` varchar(36) not null, \`name\` varchar(200) not null, \`year\` int not null, \`price\` bigint not null, \`bottles\` int not null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`wine\` add index \`wine_restaurant_id_name_year_index\` (\`restaurant_id\`, \`name\`, \`year\`);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists \`book\`;`);
    this.addSql(`drop table if exists \`profile\`;`);
    this.addSql(`drop table if exists \`recipe\`;`);
    this.addSql(`drop table if exists \`task\`;`);
    this.addSql(`drop table if exists \`wine\`;`);
  }

}
