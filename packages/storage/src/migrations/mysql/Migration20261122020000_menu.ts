import { Migration } from '@mikro-orm/migrations';

export class Migration20261122020000_menu extends Migration {

  override name = 'Migration20261122020000_menu';

  override up(): void | Promise<void> {
    this.addSql(`create table \`category\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`restaurant_id\` varchar(36) not null, \`slug\` varchar(200) not null, \`title\` varchar(100) not null, \`position\` int not null, \`skips_kitchen\` tinyint(1) not null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`category\` add unique \`category_slug_unique\` (\`restaurant_id\`, \`slug\`);`);

    this.addSql(`create table \`menu_item\` (\`id\` varchar(36) not null, \`created_at\` datetime(3) not null, \`updated_at\` datetime(3) not null, \`deleted_at\` datetime(3) null, \`version\` int not null default 1, \`restaurant_id\` varchar(36) not null, \`category_id\` varchar(36) not null, \`name\` varchar(200) not null, \`sort_name\` varchar(200) not null, \`slug\` varchar(220) not null, \`description\` varchar(2000) not null, \`price\` bigint not null, \`tax_bps\` int not null, \`featured\` tinyint(1) not null, \`available\` tinyint(1) not null, \`allergens\` json not null, \`station\` varchar(40) null, \`prep_minutes\` int null, \`photo_id\` varchar(36) null, \`recipe_id\` varchar(36) null, \`options\` json not null, \`mealtimes\` json null, \`stock_mode\` enum('none','count','out') not null, \`stock_left\` int not null, \`stock_low\` int not null, primary key (\`id\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`menu_item\` add index \`menu_item_category_id_index\` (\`category_id\`);`);
    this.addSql(`alter table \`menu_item\` add index \`menu_item_restaurant_id_category_id_index\` (\`restaurant_id\`, \`category_id\`);`);
    this.addSql(`alter table \`menu_item\` add index \`menu_item_restaurant_id_sort_name_id_index\` (\`restaurant_id\`, \`sort_name\`, \`id\`);`);
    this.addSql(`alter table \`menu_item\` add index \`menu_item_restaurant_id_price_id_index\` (\`restaurant_id\`, \`price\`, \`id\`);`);
    this.addSql(`alter table \`menu_item\` add unique \`menu_item_slug_unique\` (\`restaurant_id\`, \`slug\`);`);

    this.addSql(`create table \`menu_word\` (\`item_id\` varchar(36) not null, \`word\` varchar(40) not null, \`restaurant_id\` varchar(36) not null, primary key (\`item_id\`, \`word\`)) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB;`);
    this.addSql(`alter table \`menu_word\` add index \`menu_word_restaurant_id_word_item_id_index\` (\`restaurant_id\`, \`word\`, \`item_id\`);`);

    this.addSql(`alter table \`menu_item\` add constraint \`menu_item_category_id_foreign\` foreign key (\`category_id\`) references \`category\` (\`id\`);`);
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table \`menu_item\` drop foreign key \`menu_item_category_id_foreign\`;`);

    this.addSql(`drop table if exists \`category\`;`);
    this.addSql(`drop table if exists \`menu_item\`;`);
    this.addSql(`drop table if exists \`menu_word\`;`);
  }

}
