import { Migration } from '@mikro-orm/migrations';

export class Migration20261122020000_menu extends Migration {

  override name = 'Migration20261122020000_menu';

  override up(): void | Promise<void> {
    this.addSql(`create table \`category\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`restaurant_id\` text not null, \`slug\` text not null, \`title\` text not null, \`position\` integer not null, \`skips_kitchen\` integer not null);`);
    this.addSql(`create unique index \`category_slug_unique\` on \`category\` (\`restaurant_id\`, \`slug\`);`);

    this.addSql(`create table \`menu_item\` (\`id\` text not null primary key, \`created_at\` datetime not null, \`updated_at\` datetime not null, \`deleted_at\` datetime null, \`version\` integer not null default 1, \`restaurant_id\` text not null, \`category_id\` text not null, \`name\` text not null, \`sort_name\` text not null, \`slug\` text not null, \`description\` text not null, \`price\` bigint not null, \`tax_bps\` integer not null, \`featured\` integer not null, \`available\` integer not null, \`allergens\` json not null, \`station\` text null, \`prep_minutes\` integer null, \`photo_id\` text null, \`recipe_id\` text null, \`options\` json not null, \`mealtimes\` json null, \`stock_mode\` text check (\`stock_mode\` in ('none', 'count', 'out')) not null, \`stock_left\` integer not null, \`stock_low\` integer not null, constraint \`menu_item_category_id_foreign\` foreign key (\`category_id\`) references \`category\` (\`id\`));`);
    this.addSql(`create index \`menu_item_category_id_index\` on \`menu_item\` (\`category_id\`);`);
    this.addSql(`create index \`menu_item_restaurant_id_category_id_index\` on \`menu_item\` (\`restaurant_id\`, \`category_id\`);`);
    this.addSql(`create index \`menu_item_restaurant_id_sort_name_id_index\` on \`menu_item\` (\`restaurant_id\`, \`sort_name\`, \`id\`);`);
    this.addSql(`create index \`menu_item_restaurant_id_price_id_index\` on \`menu_item\` (\`restaurant_id\`, \`price\`, \`id\`);`);
    this.addSql(`create unique index \`menu_item_slug_unique\` on \`menu_item\` (\`restaurant_id\`, \`slug\`);`);

    this.addSql(`create table \`menu_word\` (\`item_id\` text not null, \`word\` text not null, \`restaurant_id\` text not null, primary key (\`item_id\`, \`word\`));`);
    this.addSql(`create index \`menu_word_restaurant_id_word_item_id_index\` on \`menu_word\` (\`restaurant_id\`, \`word\`, \`item_id\`);`);
  }

  override down(): void | Promise<void> {

    this.addSql(`drop table if exists \`category\`;`);
    this.addSql(`drop table if exists \`menu_item\`;`);
    this.addSql(`drop table if exists \`menu_word\`;`);
  }

}
